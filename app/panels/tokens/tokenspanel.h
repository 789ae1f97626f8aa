// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/panel.h"

#include <memory>

class QStackedWidget;

namespace claimsmith::app {

class JwePage;
class KeyPage;
class KeyPane;
struct KeyChoice;
class PaneRow;
class SubPage;
class TextRow;
class TimeRuler;
class TokenBench;
class TokenPane;
class TokensSide;

/// The workbench for tokens: encoded text, header, payload and claims that follow each other, the token's life, the key
/// that signs it, and what a verifier says.
class TokensPanel final : public Panel
{
    Q_OBJECT

public:
    explicit TokensPanel(AppContext& context, QWidget* parent = nullptr);
    ~TokensPanel() override;

    TokenBench& bench() const noexcept { return *m_bench; }

    void focusMain() override;
    QString subject() const override;
    void runPrimary() override;
    bool cancel() override;
    void focusFilter() override;
    void openLink(const Link& link) override;
    void runAction(const QString& id) override;
    void setSideVisible(bool visible) override;
    bool isSideVisible() const override;
    QUndoStack* undoStack() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeWorkbench();
    void makeKeyRow();
    TokenPane* makeLintPane();
    void wire();
    void showPage(SubPage* page);
    SubPage* shownPage() const;
    void leavePage();
    void explain();
    void showKey(const KeyChoice& choice);
    void showKeySets();
    void attack();
    void compare();
    JwePage& encryption();
    void showCurrent();
    void refreshRuler();
    void showCounters();
    void arrange();
    void paste();
    void copy();
    void use(bool send);
    void openCredential();
    void generateKey();
    void importKey();

    std::unique_ptr<TokenBench> m_bench;
    TokensSide* m_side;
    QStackedWidget* m_pages;
    TextRow* m_textRow = nullptr;
    TimeRuler* m_ruler = nullptr;
    PaneRow* m_keyRow = nullptr;
    KeyPane* m_keyPane = nullptr;
    KeyPage* m_keyPage = nullptr;
    SubPage* m_keySets = nullptr;
    SubPage* m_attack = nullptr;
    SubPage* m_compare = nullptr;
    JwePage* m_encryption = nullptr;
    SubPage* m_explain = nullptr; ///< made when it is asked for, as the other pages are
    int m_lintCount = 0;
};

/// The Tokens page, for panels/all.cpp.
PanelDescriptor tokensPanel();

} // namespace claimsmith::app

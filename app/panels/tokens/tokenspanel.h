// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/panel.h"

#include <memory>

class QStackedWidget;

namespace claimsmith::app {

class ClaimsPane;
class EncodedPane;
class JsonPane;
class KeyPane;
class PaneRow;
class Splitter;
class TimeRuler;
class TokenBench;
class TokenPane;
class TokensSide;
class UnderlineTabs;

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
    QWidget* makeTextRow();
    void makeKeyRow();
    void wire();
    void showCurrent();
    void refreshRuler();
    void arrange();
    void foldClaims(bool folded);
    void paste();
    void copy();
    void use(bool send);
    void openCredential();
    void generateKey();

    std::unique_ptr<TokenBench> m_bench;
    TokensSide* m_side;
    QStackedWidget* m_pages;
    Splitter* m_textRow = nullptr;
    TokenPane* m_encodedPane = nullptr;
    TokenPane* m_headerPane = nullptr;
    TokenPane* m_payloadPane = nullptr;
    TokenPane* m_claimsPane = nullptr;
    EncodedPane* m_encoded = nullptr;
    JsonPane* m_header = nullptr;
    JsonPane* m_payload = nullptr;
    ClaimsPane* m_claims = nullptr;
    UnderlineTabs* m_claimTabs = nullptr;
    QStackedWidget* m_claimStack = nullptr;
    TimeRuler* m_ruler = nullptr;
    PaneRow* m_keyRow = nullptr;
    KeyPane* m_keyPane = nullptr;
    bool m_claimsFolded = false;
};

/// The Tokens page, for panels/all.cpp.
PanelDescriptor tokensPanel();

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/signingkey.h"

#include <QWidget>

#include <optional>

class QMenu;

namespace claimsmith::app {

class SearchField;
class SideList;
class TokenBench;
class UndoBar;

/// Saved tokens above, keys below.
class TokensSide final : public QWidget
{
    Q_OBJECT

public:
    explicit TokensSide(TokenBench& bench, QWidget* parent = nullptr);

    SearchField* filter() const noexcept { return m_filter; }
    SideList* tokens() const noexcept { return m_tokens; }

signals:
    void generateKeyRequested();
    void importKeyRequested();
    void keyDetailsRequested(const claimsmith::app::KeyChoice& choice);
    void pasteRequested();

private:
    QWidget* makeTokens();
    QWidget* makeKeys();
    void refresh();
    void fillTemplates(QMenu& menu);
    void openMenu(const QPoint& globalPosition);
    void openTokenMenu(const QString& id, const QPoint& globalPosition);
    void remove(const QString& id);
    void openKeyMenu(const QString& id, const QPoint& globalPosition);
    std::optional<KeyChoice> keyOf(const QString& id) const;
    void chooseKey(const QString& id);
    void showKeyDetails(const QString& id);

    TokenBench& m_bench;
    SearchField* m_filter;
    SideList* m_tokens;
    SideList* m_keys;
    UndoBar* m_undo = nullptr;
};

} // namespace claimsmith::app

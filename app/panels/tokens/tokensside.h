// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

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
    void pasteRequested();

private:
    QWidget* makeTokens();
    QWidget* makeKeys();
    void refresh();
    void openMenu(const QPoint& globalPosition);
    void openTokenMenu(const QString& id, const QPoint& globalPosition);
    void remove(const QString& id);
    void chooseKey(const QString& id);

    TokenBench& m_bench;
    SearchField* m_filter;
    SideList* m_tokens;
    SideList* m_keys;
    UndoBar* m_undo = nullptr;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QMenu;
class QMenuBar;
class QToolButton;

namespace claimsmith::app {

class IconButton;
class PaletteField;
class TextButton;

/// The bar over everything: mark, menus, palette field, workspace, history and notices. 40 high.
class TopBar final : public QWidget
{
    Q_OBJECT

public:
    explicit TopBar(QWidget* parent = nullptr);

    QMenuBar* menuBar() const { return m_menus; }

    void setWorkspace(const QString& name);

    /// Filled anew each time before it opens.
    QMenu* workspaceMenu() const { return m_workspaceMenu; }

    QMenu* historyMenu() const { return m_historyMenu; }

    QMenu* noticeMenu() const { return m_noticeMenu; }

    void setNotices(int count);
    /// Below 1100 px: one button for all menus, a shorter field; below 1180 px the mark stands over a narrow rail.
    void setFolded(bool folded);
    void setRailWidth(int width);

signals:
    void paletteRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeField();

    QMenuBar* m_menus;
    IconButton* m_menuButton;
    QMenu* m_foldedMenu;
    PaletteField* m_field;
    TextButton* m_workspace;
    QMenu* m_workspaceMenu;
    QMenu* m_historyMenu;
    QMenu* m_noticeMenu;
    IconButton* m_history;
    IconButton* m_bell;
    QHBoxLayout* m_layout;
    int m_railWidth;
    int m_notices = 0;
};

} // namespace claimsmith::app

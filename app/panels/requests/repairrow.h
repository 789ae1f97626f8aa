// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>
#include <vector>

class QAction;
class QMenu;
class QPushButton;

namespace claimsmith::app {

/// The buttons of an explanation, the best first. Those that find no room are in the menu "More" behind the others.
class RepairRow final : public QWidget
{
    Q_OBJECT

public:
    explicit RepairRow(QWidget* parent = nullptr);

    void add(const QString& text, const QString& toolTip, bool isPrimary, const std::function<void()>& choose);
    bool isEmpty() const noexcept { return m_repairs.empty(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Entry
    {
        QPushButton* button;
        QAction* action;
    };

    std::size_t fitting() const;

    std::vector<Entry> m_repairs;
    QPushButton* m_more;
    QMenu* m_menu;
};

} // namespace claimsmith::app

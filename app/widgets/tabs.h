// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/paint.h"

#include <QTabBar>

namespace claimsmith::app {

/// Tabs with a line below the current one and an optional counter beside each: the tabs inside a page. 36 high.
class UnderlineTabs final : public QTabBar
{
    Q_OBJECT

public:
    explicit UnderlineTabs(QWidget* parent = nullptr);

    /// Empty text: no counter.
    void setCounter(int index, const QString& text, Tone tone = Tone::Neutral);
    /// Distance of the first tab's text from the left edge.
    void setInset(int pixels);

protected:
    void paintEvent(QPaintEvent* event) override;
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override;

private:
    int m_inset = 6;
};

/// The open requests: method, name, a dot when changed, a cross on the current and the hovered one. 36 high, movable.
/// A middle click or the cross asks for closing with tabCloseRequested().
class DocumentTabs final : public QTabBar
{
    Q_OBJECT

public:
    explicit DocumentTabs(QWidget* parent = nullptr);

    int addDocument(const QString& method, const QString& name);
    void setDocument(int index, const QString& method, const QString& name, bool modified);

protected:
    void paintEvent(QPaintEvent* event) override;
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QRect crossRect(int index) const;
    bool showsCross(int index) const;
    void setHovered(int index);

    int m_hovered = -1;
    int m_pressedCross = -1;
};

} // namespace claimsmith::app

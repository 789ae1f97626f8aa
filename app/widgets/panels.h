// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/roles.h"

#include <QSplitter>
#include <QWidget>

class QHBoxLayout;
class QScrollArea;
class QVBoxLayout;

namespace claimsmith::app {

class Label;

/// A plain ground in a role, with lines of one pixel at chosen edges.
class Pane : public QWidget
{
    Q_OBJECT

public:
    explicit Pane(Role ground, Qt::Edges lines = {}, QWidget* parent = nullptr);

    void setLines(Qt::Edges lines, Role role = Role::Line);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Role m_ground;
    Role m_line = Role::Line;
    Qt::Edges m_lines;
};

/// 40 high: a title, then at most three icon buttons at the right.
class PanelHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit PanelHeader(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// Beside the title.
    void addBeside(QWidget* widget);
    /// At the right edge, in the order of the calls.
    void addAction(QWidget* widget);

private:
    QHBoxLayout* m_layout;
    Label* m_title;
    int m_beside = 1;
};

/// A rounded surface with an optional titled header of 36.
class Card final : public QWidget
{
    Q_OBJECT

public:
    explicit Card(const QString& title = {}, QWidget* parent = nullptr);

    /// At the right of the title, in the order of the calls. Only for a card with a title.
    void addAction(QWidget* widget);
    /// Where the content goes; margins are the card's padding.
    QVBoxLayout* body() const { return m_body; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool m_titled;
    QHBoxLayout* m_header = nullptr;
    QVBoxLayout* m_body;
};

/// Scrolls `content` up and down, without a frame; its width is the area's. The content takes the ground.
QScrollArea* makeScrollArea(QWidget* content, Role ground = Role::BgSurface);

/// A splitter with handles of 5 px that are grabbed over 9. Panes keep their minimum size; sides fold away when asked
/// to.
class Splitter final : public QSplitter
{
    Q_OBJECT

public:
    explicit Splitter(Qt::Orientation orientation, QWidget* parent = nullptr);

    /// One line instead of two with a gap.
    void setThin();

protected:
    QSplitterHandle* createHandle() override;
};

} // namespace claimsmith::app

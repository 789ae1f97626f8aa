// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels.h"

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QSplitterHandle>
#include <QStyleOption>

namespace claimsmith::app {

Pane::Pane(Role ground, Qt::Edges lines, QWidget* parent) : QWidget(parent), m_ground(ground), m_lines(lines) {}

void Pane::setLines(Qt::Edges lines, Role role)
{
    m_lines = lines;
    m_line = role;
    update();
}

void Pane::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(m_ground));
    const QColor line = color(m_line);
    if (m_lines.testFlag(Qt::TopEdge))
        painter.fillRect(0, 0, width(), 1, line);
    if (m_lines.testFlag(Qt::BottomEdge))
        painter.fillRect(0, height() - 1, width(), 1, line);
    if (m_lines.testFlag(Qt::LeftEdge))
        painter.fillRect(0, 0, 1, height(), line);
    if (m_lines.testFlag(Qt::RightEdge))
        painter.fillRect(width() - 1, 0, 1, height(), line);
}

PanelHeader::PanelHeader(const QString& title, QWidget* parent)
    : QWidget(parent), m_layout(new QHBoxLayout(this)), m_title(new Label(title, TextStyle::Title))
{
    setFixedHeight(metrics::panelHeader);
    m_layout->setContentsMargins(12, 0, 6, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(m_title);
    m_layout->addStretch(1);
}

void PanelHeader::setTitle(const QString& title)
{
    m_title->setText(title);
}

void PanelHeader::addBeside(QWidget* widget)
{
    m_layout->insertSpacing(m_beside++, 8);
    m_layout->insertWidget(m_beside++, widget);
}

void PanelHeader::addAction(QWidget* widget)
{
    m_layout->addWidget(widget);
}

Card::Card(const QString& title, QWidget* parent) : QWidget(parent), m_titled(!title.isEmpty()), m_body(new QVBoxLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    if (m_titled) {
        auto* header = new QWidget;
        header->setFixedHeight(metrics::cardHeader);
        m_header = new QHBoxLayout(header);
        m_header->setContentsMargins(metrics::cardPadding + 1, 0, 6, 0);
        m_header->setSpacing(8);
        m_header->addWidget(new Label(title, TextStyle::Title));
        m_header->addStretch(1);
        layout->addWidget(header);
    }
    m_body->setContentsMargins(metrics::cardPadding + 1, metrics::cardPadding, metrics::cardPadding + 1,
                               metrics::cardPadding);
    m_body->setSpacing(8);
    layout->addLayout(m_body);
}

void Card::addAction(QWidget* widget)
{
    m_header->addWidget(widget);
}

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), metrics::radiusCard, color(Role::BgSurface), color(Role::Line));
    if (m_titled)
        painter.fillRect(1, metrics::cardHeader, width() - 2, 1, color(Role::LineSubtle));
}

QScrollArea* makeScrollArea(QWidget* content, Role ground)
{
    setFillRole(content, ground);
    auto* area = new QScrollArea;
    setFillRole(area, ground);
    setFillRole(area->viewport(), ground);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    return area;
}

namespace {

/// QSplitter lays out by contentsRect() and keeps handles on top, so margins are area to grab; the mask keeps them
/// unpainted. Qt does the same by itself, but only up to 5 px.
class SplitterHandle final : public QSplitterHandle
{
public:
    SplitterHandle(Qt::Orientation orientation, QSplitter* parent) : QSplitterHandle(orientation, parent)
    {
        setAttribute(Qt::WA_Hover);
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        const int margin = (metrics::splitterGrab - splitter()->handleWidth()) / 2;
        if (orientation() == Qt::Horizontal)
            setContentsMargins(margin, 0, margin, 0);
        else
            setContentsMargins(0, margin, 0, margin);
        setAttribute(Qt::WA_MouseNoMask);
        setMask(QRegion(contentsRect()));
        QWidget::resizeEvent(event);
    }

    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        QStyleOption option;
        option.initFrom(this);
        option.rect = contentsRect();
        option.state.setFlag(QStyle::State_Horizontal, orientation() == Qt::Horizontal);
        style()->drawControl(QStyle::CE_Splitter, &option, &painter, this);
    }
};

} // namespace

Splitter::Splitter(Qt::Orientation orientation, QWidget* parent) : QSplitter(orientation, parent)
{
    setHandleWidth(metrics::splitter);
    setChildrenCollapsible(false);
    setOpaqueResize(true);
}

void Splitter::setThin()
{
    setHandleWidth(1);
}

QSplitterHandle* Splitter::createHandle()
{
    return new SplitterHandle(orientation(), this);
}

} // namespace claimsmith::app

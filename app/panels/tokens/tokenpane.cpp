// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenpane.h"

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/label.h"
#include "widgets/messages.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

constexpr int ringRoom = 4; // of the focus ring around a button, which its parent would cut

} // namespace

class TokenPane::Outline final : public QWidget
{
public:
    explicit Outline(QWidget* parent) : QWidget(parent)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setPen(QPen(color(Role::BadSolid), 2));
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
};

TokenPane::TokenPane(const QString& title, Role titleRole, QWidget* parent)
    : Pane(Role::BgSurface, {}, parent), m_title(new Label(title, TextStyle::Title, titleRole)),
      m_count(new Label({}, TextStyle::Small, Role::Text3)), m_head(new QWidget), m_header(new QHBoxLayout),
      m_actions(new QWidget), m_body(new QVBoxLayout), m_message(new MessageBar), m_outline(new Outline(this))
{
    m_head->setFixedHeight(metrics::panelHeader);
    m_head->setLayout(m_header);
    m_header->setContentsMargins(metrics::cardPadding, 0, 8 - ringRoom, 0);
    m_header->setSpacing(8);
    m_header->addWidget(m_title);
    m_header->addWidget(m_count);
    m_header->addStretch(1);
    m_header->addWidget(m_actions);
    auto* actions = new QHBoxLayout(m_actions);
    actions->setContentsMargins(ringRoom, 0, ringRoom, 0);
    actions->setSpacing(8);
    m_count->hide();
    m_message->hide();
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(8, 0, 8, 8);
    foot->addWidget(m_message);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addLayout(m_body, 1);
    layout->addLayout(foot);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
}

void TokenPane::setTitle(const QString& title)
{
    m_title->setText(title);
}

void TokenPane::setHeaderGround(Role role)
{
    m_head->setAutoFillBackground(role != Role::BgSurface);
    setFillRole(m_head, role);
}

void TokenPane::setCount(const QString& text)
{
    m_count->setText(text);
    m_count->setVisible(!text.isEmpty());
}

void TokenPane::addBeside(QWidget* widget)
{
    m_header->insertWidget(m_beside++, widget);
}

void TokenPane::addAction(QWidget* widget)
{
    m_actions->layout()->addWidget(widget);
}

QWidget* TokenPane::takeActions()
{
    m_head->hide();
    return m_actions;
}

void TokenPane::giveActionsBack()
{
    m_header->addWidget(m_actions);
    m_actions->show();
    m_head->show();
}

void TokenPane::setProblem(const QString& text, const QList<QAbstractButton*>& buttons)
{
    m_outline->setVisible(!text.isEmpty());
    m_outline->raise();
    m_message->setVisible(!text.isEmpty());
    m_message->setButtons(buttons);
    if (!text.isEmpty())
        m_message->show(Tone::Bad, text);
}

void TokenPane::setNote(const QString& text, const QList<QAbstractButton*>& buttons)
{
    m_outline->hide();
    m_message->setVisible(!text.isEmpty());
    m_message->setButtons(buttons);
    if (!text.isEmpty())
        m_message->show(Tone::Warn, text);
}

void TokenPane::resizeEvent(QResizeEvent* event)
{
    Pane::resizeEvent(event);
    m_outline->setGeometry(rect());
}

} // namespace claimsmith::app

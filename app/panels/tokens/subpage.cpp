// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/subpage.h"

#include "theme/metrics.h"
#include "widgets/buttons.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace claimsmith::app {

SubPage::SubPage(const QString& title, QWidget* parent)
    : Pane(Role::BgSurface, {}, parent), m_bar(new QHBoxLayout),
      m_subject(new ElidedLabel({}, TextStyle::Small, Role::Text3)), m_body(new QVBoxLayout)
{
    auto* bar = new Pane(Role::BgSurface, Qt::BottomEdge);
    bar->setFixedHeight(metrics::toolbar + 1);
    bar->setLayout(m_bar);
    auto* back = new IconButton(QLatin1String("chevron-left"), tr("Back to the token"));
    back->setObjectName(QStringLiteral("backToToken"));
    m_back = back;
    m_subject->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_bar->setContentsMargins(12, 0, metrics::pagePadding, 1);
    m_bar->setSpacing(8);
    m_bar->addWidget(back);
    m_bar->addWidget(new Label(title, TextStyle::Section));
    m_bar->addWidget(m_subject);
    m_bar->addStretch(1);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addLayout(m_body, 1);
    connect(back, &QToolButton::clicked, this, &SubPage::left);
}

void SubPage::setSubject(const QString& subject)
{
    m_subject->setText(subject);
}

void SubPage::focusMain()
{
    m_back->setFocus();
}

void SubPage::addBeside(QWidget* widget)
{
    m_bar->insertWidget(m_beside++, widget);
}

void SubPage::addAction(QWidget* widget)
{
    m_bar->addWidget(widget);
}

} // namespace claimsmith::app

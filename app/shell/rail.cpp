// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/rail.h"

#include "shell/railbutton.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QPainter>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

constexpr int topMargin = 6;
constexpr int bottomMargin = 4;

} // namespace

Rail::Rail(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, topMargin, 1, bottomMargin);
    m_layout->setSpacing(0);
    m_layout->addStretch(1);
    setFixedWidth(metrics::rail);
    setAccessibleName(tr("Pages"));
}

void Rail::addPage(const QString& id, const QString& title, QLatin1String icon, bool atBottom)
{
    auto* button = new RailButton(title, icon);
    button->setObjectName(QStringLiteral("rail.") + id);
    button->setLabelVisible(m_labels);
    m_buttons.insert(id, button);
    if (atBottom)
        m_layout->addWidget(button);
    else
        m_layout->insertWidget(m_pages++, button);
    connect(button, &QToolButton::clicked, this, [this, id] { emit pageChosen(id); });
}

void Rail::setCurrentPage(const QString& id)
{
    for (auto entry = m_buttons.cbegin(); entry != m_buttons.cend(); ++entry)
        entry.value()->setChecked(entry.key() == id);
}

void Rail::setNews(const QString& id, bool news)
{
    if (RailButton* button = m_buttons.value(id))
        button->setNews(news);
}

void Rail::setLabels(bool visible)
{
    m_labels = visible;
    setFixedWidth(visible ? metrics::rail : metrics::railNarrow);
    for (RailButton* button : std::as_const(m_buttons))
        button->setLabelVisible(visible);
}

void Rail::setShortcutHint(const QString& id, const QString& keys)
{
    if (RailButton* button = m_buttons.value(id))
        button->setToolTip(QStringLiteral("%1 (%2)").arg(button->text(), keys));
}

void Rail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Role::BgRail));
    painter.fillRect(width() - 1, 0, 1, height(), color(Role::Line));
}

} // namespace claimsmith::app

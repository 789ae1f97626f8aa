// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/repairrow.h"

#include "theme/claimstyle.h"
#include "theme/metrics.h"
#include "widgets/buttons.h"

#include <QMenu>

namespace claimsmith::app {
namespace {

constexpr int gap = 8;

} // namespace

RepairRow::RepairRow(QWidget* parent)
    : QWidget(parent), m_more(makeButton(tr("More"), ButtonKind::Quiet)), m_menu(new QMenu(m_more))
{
    m_more->setParent(this);
    m_more->setObjectName(QStringLiteral("moreRepairs"));
    m_more->setMenu(m_menu);
    m_menu->setToolTipsVisible(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RepairRow::add(const QString& text, const QString& toolTip, bool isPrimary, const std::function<void()>& choose)
{
    auto* button = makeButton(text, isPrimary ? ButtonKind::Primary : ButtonKind::Default,
                              isPrimary ? QLatin1String("wand") : QLatin1String());
    button->setParent(this);
    button->setObjectName(isPrimary ? QStringLiteral("primaryRepair")
                                    : QStringLiteral("repair%1").arg(m_repairs.size() + 1));
    button->setToolTip(toolTip.isEmpty() ? text : toolTip);
    auto* action = m_menu->addAction(text);
    action->setToolTip(button->toolTip());
    connect(button, &QPushButton::clicked, this, choose);
    connect(action, &QAction::triggered, this, choose);
    m_repairs.push_back({button, action});
    if (m_repairs.size() > 1)
        setTabOrder(m_repairs[m_repairs.size() - 2].button, button);
    setTabOrder(button, m_more);
    updateGeometry();
}

QSize RepairRow::sizeHint() const
{
    int width = 0;
    for (const Entry& each : m_repairs)
        width += each.button->sizeHint().width() + gap;
    return {qMax(0, width - gap), metrics::control};
}

QSize RepairRow::minimumSizeHint() const
{
    return {m_repairs.empty() ? 0 : m_repairs.front().button->sizeHint().width(), metrics::control};
}

/// How many buttons stand side by side; the first one always does.
std::size_t RepairRow::fitting() const
{
    if (sizeHint().width() <= width())
        return m_repairs.size();
    int rest = width() - m_more->sizeHint().width();
    std::size_t count = 0;
    for (const Entry& each : m_repairs) {
        rest -= each.button->sizeHint().width() + gap;
        if (rest < 0 && count > 0)
            break;
        ++count;
    }
    return count;
}

void RepairRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const std::size_t shown = fitting();
    int x = 0;
    const auto place = [&](QPushButton& button) {
        const QSize size = button.sizeHint();
        button.setGeometry(x, (height() - size.height()) / 2, size.width(), size.height());
        x += size.width() + gap;
    };
    for (std::size_t i = 0; i < m_repairs.size(); ++i) {
        m_repairs[i].button->setVisible(i < shown);
        m_repairs[i].action->setVisible(i >= shown);
        if (i < shown)
            place(*m_repairs[i].button);
    }
    m_more->setVisible(shown < m_repairs.size());
    place(*m_more);
}

} // namespace claimsmith::app

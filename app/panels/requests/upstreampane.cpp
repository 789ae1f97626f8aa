// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/upstreampane.h"

#include "theme/fonts.h"
#include "theme/theme.h"
#include "widgets/messages.h"

#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace claimsmith::app {

namespace {

constexpr int signWidth = 14;
constexpr int partGap = 12;

} // namespace

UpstreamPane::UpstreamPane(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_table(new HeaderDiffView),
      m_empty(new EmptyState(QLatin1String("server"), tr("The upstream received nothing"),
                             tr("The gateway answered this request itself. Trace says why.")))
{
    m_table->setObjectName(QStringLiteral("upstreamTable"));
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
}

void UpstreamPane::setTrace(const gateway::Trace* trace)
{
    auto differences = trace == nullptr ? std::vector<HeaderDifference>() : headerDifferences(*trace);
    m_counts = countsOf(differences);
    m_pages->setCurrentIndex(differences.empty() ? 1 : 0);
    m_table->differences().setDifferences(std::move(differences));
}

DifferenceCounter::DifferenceCounter(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

std::vector<DifferenceCounter::Part> DifferenceCounter::parts() const
{
    return {{QStringLiteral("+"), tr("%1 added").arg(m_counts.added), Role::Ok},
            {QStringLiteral("~"), tr("%1 changed").arg(m_counts.changed), Role::Warn},
            {QStringLiteral("-"), tr("%1 removed").arg(m_counts.removed), Role::Bad}};
}

void DifferenceCounter::setCounts(const HeaderDifferenceCounts& counts)
{
    m_counts = counts;
    QStringList spoken;
    for (const Part& part : parts())
        spoken << part.text;
    setAccessibleName(spoken.join(QLatin1String(", ")));
    updateGeometry();
    update();
}

QSize DifferenceCounter::sizeHint() const
{
    const QFontMetrics font(textFont(TextStyle::Small));
    int width = 0;
    for (const Part& part : parts())
        width += signWidth + font.horizontalAdvance(part.text) + partGap;
    return {width, lineHeight(TextStyle::Small) + 4};
}

void DifferenceCounter::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    int left = 0;
    for (const Part& part : parts()) {
        painter.setFont(textFont(TextStyle::Mono));
        painter.setPen(color(part.role));
        painter.drawText(QRect(left, 0, signWidth, height()), Qt::AlignLeft | Qt::AlignVCenter, part.sign);
        left += signWidth;
        painter.setFont(textFont(TextStyle::Small));
        painter.setPen(color(Role::Text2));
        painter.drawText(QRect(left, 0, width() - left, height()), Qt::AlignLeft | Qt::AlignVCenter, part.text);
        left += painter.fontMetrics().horizontalAdvance(part.text) + partGap;
    }
}

} // namespace claimsmith::app

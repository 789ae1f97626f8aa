// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/comparisonpane.h"

#include "panels/requests/outcomecomparison.h"
#include "text/quantities.h"
#include "theme/metrics.h"
#include "widgets/buttons.h"
#include "widgets/label.h"
#include "widgets/messages.h"
#include "widgets/panels.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace claimsmith::app {

namespace {

enum Page { TablePage, SamePage };

} // namespace

ComparisonPane::ComparisonPane(QWidget* parent)
    : QWidget(parent), m_title(new Label({}, TextStyle::Small, Role::Text2)), m_pages(new QStackedWidget),
      m_table(new TextTable({{tr("What differs"), 3}, {tr("Then"), 5}, {tr("Now"), 5}}, QStringLiteral("\t"), true))
{
    m_table->setObjectName(QStringLiteral("comparison"));
    m_table->setAccessibleName(tr("Differences from the last good answer"));
    auto* close = new IconButton(QLatin1String("close"), tr("Close the comparison"));
    close->setObjectName(QStringLiteral("closeComparison"));
    close->setSmall();
    auto* head = new Pane(Role::BgSurface, Qt::BottomEdge);
    head->setFixedHeight(metrics::tabBar);
    auto* headLayout = new QHBoxLayout(head);
    headLayout->setContentsMargins(metrics::pagePadding, 0, 12, 0);
    headLayout->addWidget(m_title, 1);
    headLayout->addWidget(close);
    m_pages->addWidget(m_table);
    m_pages->addWidget(new EmptyState(QLatin1String("compare"), tr("Nothing differs"),
                                      tr("Request, gateway and answer were the same both times.")));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(m_pages, 1);
    connect(close, &QToolButton::clicked, this, &ComparisonPane::closeRequested);
}

void ComparisonPane::compare(const SendOutcome& before, const SendOutcome& now)
{
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(before.sentAt - now.sentAt);
    const QString distance =
        age.count() == 0 ? tr("just before this one") : tr("%1 before this one").arg(spanText(age));
    m_title->setText(tr("Compared with the %1 of %2, %3")
                         .arg(QString::number(before.response->head.status), clockText(before.sentAt), distance));
    auto rows = compareOutcomes(before, now);
    m_pages->setCurrentIndex(rows.empty() ? SamePage : TablePage);
    m_table->setRows(std::move(rows));
}

} // namespace claimsmith::app

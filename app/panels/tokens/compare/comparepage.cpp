// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/compare/comparepage.h"

#include "bridge/gatewaysession.h"
#include "bridge/requestsender.h"
#include "bridge/workspacesession.h"
#include "document/json.h"
#include "panels/tokens/tokenbench.h"
#include "text/claimnames.h"
#include "text/josetext.h"
#include "text/quantities.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"
#include "widgets/segment.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>

#include <array>

namespace claimsmith::app {

namespace {

using jose::MemberChange;

constexpr std::array<int, 4> widths{170, 260, 260, 190};

QString valueText(const std::optional<document::Value>& value)
{
    if (!value)
        return {};
    return QString::fromStdString(value->asString() ? *value->asString() : document::toJson(*value));
}

/// "act, client_id" for a pointer.
QString nameText(const std::string& pointer)
{
    QStringList parts;
    for (const std::string& token : document::splitPointer(pointer))
        parts += QString::fromStdString(token);
    return parts.join(u'.');
}

QString changeText(const jose::MemberDifference& difference)
{
    if (difference.shift && *difference.shift != 0)
        return *difference.shift > 0
                   ? ComparePage::tr("%1 later").arg(spanText(std::chrono::seconds(*difference.shift)))
                   : ComparePage::tr("%1 earlier").arg(spanText(std::chrono::seconds(-*difference.shift)));
    switch (difference.change) {
    case MemberChange::Same:
        return difference.isReordered ? ComparePage::tr("in another order") : ComparePage::tr("same");
    case MemberChange::Changed:
        return ComparePage::tr("changed");
    case MemberChange::Removed:
        return ComparePage::tr("removed");
    case MemberChange::Added:
        break;
    }
    return ComparePage::tr("added");
}

Role groundOf(MemberChange change)
{
    switch (change) {
    case MemberChange::Changed:
        return Role::DiffChangeBg;
    case MemberChange::Removed:
        return Role::DiffRemoveBg;
    case MemberChange::Added:
        return Role::DiffAddBg;
    case MemberChange::Same:
        break;
    }
    return Role::BgSurface;
}

} // namespace

ComparePage::ComparePage(TokenBench& bench, QWidget* parent)
    : SubPage(tr("Compare"), parent), m_bench(bench), m_others(new QComboBox), m_filter(new Segment),
      m_table(new QTableWidget), m_summary(new Label({}, TextStyle::Small, Role::Text2))
{
    setObjectName(QStringLiteral("comparePage"));
    m_others->setObjectName(QStringLiteral("otherToken"));
    m_others->setAccessibleName(tr("Token to compare with"));
    m_others->setMinimumContentsLength(20);
    m_filter->addItem(tr("Differences"));
    m_filter->addItem(tr("All"));
    m_filter->setAccessibleName(tr("Rows that are shown"));
    auto* paste = makeButton(tr("Paste the other"), ButtonKind::Default, QLatin1String("tokens"));
    paste->setObjectName(QStringLiteral("pasteOther"));
    addBeside(m_others);
    addAction(m_filter);
    addAction(paste);
    m_table->setObjectName(QStringLiteral("comparison"));
    m_table->setAccessibleName(tr("Claims of both tokens"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    setFillRole(m_table, Role::BgSurface);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight());
    m_table->horizontalHeader()->setFixedHeight(metrics::tableHeader);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_summary->setContentsMargins(metrics::pagePadding, 10, metrics::pagePadding, 10);
    m_summary->setObjectName(QStringLiteral("comparisonSummary"));
    body()->addWidget(m_summary);
    body()->addWidget(m_table, 1);
    connect(m_others, &QComboBox::activated, this, &ComparePage::refresh);
    connect(m_filter, &Segment::currentIndexChanged, this, &ComparePage::refresh);
    connect(paste, &QPushButton::clicked, this, &ComparePage::pasteOther);
    connect(&m_bench, &TokenBench::changed, this, &ComparePage::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &ComparePage::refresh);
}

void ComparePage::focusMain()
{
    m_others->setFocus();
}

void ComparePage::showEvent(QShowEvent* event)
{
    SubPage::showEvent(event);
    fillChoices();
    refresh();
}

void ComparePage::compareWith(const std::string& token, const QString& name)
{
    m_pasted = Other{name, token};
    fillChoices();
    refresh();
}

void ComparePage::pasteOther()
{
    TokenDraft draft; // takes off "Bearer " and whatever else comes with a copied token
    draft.typeEncoded(QGuiApplication::clipboard()->text().toStdString());
    compareWith(draft.error(TokenDraft::Pane::Encoded) ? QGuiApplication::clipboard()->text().toStdString()
                                                       : draft.token(),
                tr("pasted"));
}

void ComparePage::fillChoices()
{
    m_choices.clear();
    if (m_pasted)
        m_choices.push_back(*m_pasted);
    const auto* current = m_bench.current();
    for (const workspace::TokenRecipe& recipe : m_bench.context().workspace.workspace().tokens) {
        if (current && recipe.id == current->recipe().id)
            continue;
        if (auto token = m_bench.context().sender.signToken(recipe))
            m_choices.push_back({QString::fromStdString(recipe.name), std::move(token).value()});
    }
    const QSignalBlocker silent(m_others);
    const QString before = m_others->currentText();
    m_others->clear();
    for (const Other& each : m_choices)
        m_others->addItem(each.name);
    m_others->setCurrentIndex(m_pasted ? 0 : std::max(0, m_others->findText(before)));
}

void ComparePage::refresh()
{
    if (!isVisible() || !m_bench.current())
        return;
    setSubject(tr("%1 with").arg(QString::fromStdString(m_bench.current()->recipe().name)));
    m_table->setRowCount(0);
    const auto index = static_cast<std::size_t>(std::max(0, m_others->currentIndex()));
    if (index >= m_choices.size())
        return m_summary->setText(tr("Paste another token, or make a second one, to see both side by side."));
    TokenDraft shown = m_bench.current()->state().draft;
    shown.setForm({});
    const auto comparison = jose::compareTokens(shown.token(), m_choices[index].token);
    if (!comparison)
        return m_summary->setText(joseErrorText(comparison.error()));
    TokenDraft other;
    other.typeEncoded(m_choices[index].token);
    const auto snapshot = m_bench.context().gateway.snapshot();
    const auto minter = snapshot ? minterOf(*snapshot, other.header(), other.claims()) : std::nullopt;
    fill(*comparison, minter);
}

void ComparePage::fill(const jose::TokenComparison& comparison, const std::optional<Minter>& minter)
{
    QStringList columns{tr("Member"), QString::fromStdString(m_bench.current()->recipe().name), m_others->currentText(),
                        tr("Difference"), tr("Where it comes from")};
    m_table->setColumnCount(static_cast<int>(columns.size()));
    m_table->setHorizontalHeaderLabels(columns);
    m_table->setColumnHidden(4, !minter);
    int differences = 0;
    const auto part = [&](const QString& title, const std::vector<jose::MemberDifference>& members) {
        addHeading(title);
        for (const jose::MemberDifference& each : members) {
            const bool same = each.change == MemberChange::Same && !each.isReordered;
            differences += same ? 0 : 1;
            if (same && m_filter->currentIndex() == 0 && !minter)
                continue;
            addRow(each, minter && each.after ? provenance(*minter, each.pointer, same) : QString());
        }
    };
    part(tr("Header"), comparison.header);
    part(tr("Payload"), comparison.claims);
    for (std::size_t column = 0; column < widths.size(); ++column)
        m_table->setColumnWidth(static_cast<int>(column), widths[column]);
    QString summary = comparison.samePayload ? tr("The payloads are the same, octet for octet.")
                                             : tr("%n members differ.", nullptr, differences);
    if (comparison.sameSignature)
        summary += u' ' + tr("So are the signatures.");
    if (minter)
        summary += u' ' + tr("The second was minted by x-custom-jwt of %1.").arg(minter->scope);
    m_summary->setText(summary);
}

void ComparePage::addHeading(const QString& title)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    auto* item = new QTableWidgetItem(title);
    item->setFont(textFont(TextStyle::SmallStrong));
    item->setBackground(color(Role::BgPanel));
    item->setFlags(Qt::ItemIsEnabled);
    m_table->setItem(row, 0, item);
    m_table->setSpan(row, 0, 1, m_table->columnCount());
}

void ComparePage::addRow(const jose::MemberDifference& difference, const QString& source)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    const std::array<QString, 5> cells{nameText(difference.pointer), valueText(difference.before),
                                       valueText(difference.after), changeText(difference), source};
    const auto meaning = claimNameMeaning(document::splitPointer(difference.pointer).back());
    for (std::size_t column = 0; column < cells.size(); ++column) {
        auto* item = new QTableWidgetItem(cells[column]);
        item->setFont(textFont(column < 3 ? TextStyle::Mono : TextStyle::Small));
        item->setForeground(color(column == 0 ? Role::SynKey : Role::Text));
        item->setBackground(color(groundOf(difference.change)));
        item->setToolTip(column == 0 && meaning ? meaning->sentence : cells[column]);
        m_table->setItem(row, static_cast<int>(column), item);
    }
}

} // namespace claimsmith::app

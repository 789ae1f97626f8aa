// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/explain/explainpage.h"

#include "panels/tokens/tokenbench.h"
#include "theme/metrics.h"
#include "widgets/buttons.h"
#include "widgets/label.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int nameWidth = 136;
constexpr int valueWidth = 280;
constexpr int widest = 1040; ///< of a line that is still read with ease

bool sameNames(const std::vector<ExplainedMember>& a, const std::vector<ExplainedMember>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
        return one.name == other.name && one.value == other.value && one.isTrouble == other.isTrouble;
    });
}

} // namespace

ExplainPage::ExplainPage(TokenBench& bench, QWidget* parent)
    : SubPage(tr("Explain"), parent), m_bench(bench), m_grid(new QGridLayout)
{
    setObjectName(QStringLiteral("explainPage"));
    auto* copy = makeButton(tr("Copy as Markdown"), ButtonKind::Default, QLatin1String("copy"));
    copy->setObjectName(QStringLiteral("copyExplanation"));
    addAction(copy);
    connect(copy, &QPushButton::clicked, this, [this] {
        if (m_bench.current())
            QGuiApplication::clipboard()->setText(explanationMarkdown(
                QString::fromStdString(m_bench.current()->recipe().name), m_shown, m_bench.verdict()));
    });
    auto* content = new QWidget;
    auto* inner = new QWidget;
    inner->setMaximumWidth(widest);
    inner->setLayout(m_grid);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(0);
    m_grid->setColumnMinimumWidth(0, nameWidth);
    m_grid->setColumnMinimumWidth(1, valueWidth);
    m_grid->setColumnStretch(2, 1);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(metrics::pagePadding, metrics::pagePadding, metrics::pagePadding, metrics::pagePadding);
    column->addWidget(inner);
    column->addStretch(1);
    body()->addWidget(makeScrollArea(content), 1);
    connect(&m_bench, &TokenBench::changed, this, &ExplainPage::refresh);
    connect(&m_bench, &TokenBench::ticked, this, &ExplainPage::refresh);
}

void ExplainPage::showEvent(QShowEvent* event)
{
    SubPage::showEvent(event);
    refresh();
}

void ExplainPage::refresh()
{
    if (!isVisible() || !m_bench.current())
        return;
    setSubject(QString::fromStdString(m_bench.current()->recipe().name));
    Explanation now = explain(m_bench.current()->state().draft, m_bench.now(), m_bench.zone());
    const bool same = sameNames(now.header, m_shown.header) && sameNames(now.claims, m_shown.claims);
    m_shown = std::move(now);
    if (!same || m_titles.empty())
        return fill();
    std::size_t at = 0;
    for (const auto* part : {&m_shown.header, &m_shown.claims}) {
        for (const ExplainedMember& member : *part)
            m_titles[at++]->setText(member.title);
    }
}

void ExplainPage::fill()
{
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_titles.clear();
    addSection(tr("Header"), Role::JwtHeader, m_shown.header);
    addSection(tr("Payload"), Role::JwtPayload, m_shown.claims);
}

void ExplainPage::addSection(const QString& title, Role role, const std::vector<ExplainedMember>& members)
{
    auto* label = new Label(title, TextStyle::Title, role);
    label->setContentsMargins(0, 12, 0, 8);
    m_grid->addWidget(label, m_grid->rowCount(), 0, 1, 3);
    for (const ExplainedMember& member : members)
        addMember(member);
}

void ExplainPage::addMember(const ExplainedMember& member)
{
    const int row = m_grid->rowCount();
    auto* line = new Pane(Role::LineSubtle);
    line->setFixedHeight(1);
    m_grid->addWidget(line, row, 0, 1, 3);
    auto* name = new Label(member.name, TextStyle::Mono, Role::SynKey);
    auto* value = new Label(member.value, TextStyle::Mono);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* words = new QWidget;
    auto* column = new QVBoxLayout(words);
    column->setContentsMargins(0, 8, 0, 10);
    column->setSpacing(0);
    auto* title = new Label(member.title, TextStyle::Body, member.isTrouble ? Role::Bad : Role::Text);
    auto* sentence = new Label({}, TextStyle::Small, Role::Text2);
    sentence->setWordWrap(true);
    sentence->setParagraph(member.sentence);
    column->addWidget(title);
    column->addWidget(sentence);
    if (!member.standard.isEmpty())
        column->addWidget(new Label(member.standard, TextStyle::Small, Role::Text3));
    for (Label* each : {name, value}) {
        each->setContentsMargins(0, 8, 0, 10);
        m_grid->addWidget(each, row + 1, each == name ? 0 : 1, Qt::AlignTop);
    }
    m_grid->addWidget(words, row + 1, 2);
    m_titles.push_back(title);
}

} // namespace claimsmith::app

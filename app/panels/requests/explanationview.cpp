// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/explanationview.h"

#include "panels/requests/comparisontable.h"
#include "panels/requests/lifestrip.h"
#include "panels/requests/repairrow.h"
#include "text/explanationtext.h"
#include "theme/claimstyle.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/label.h"
#include "widgets/panels.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

using gateway::Finding;
using gateway::Step;

constexpr int headIcon = 20;
constexpr int checkHeight = 24;
constexpr int keyLabelWidth = 72;
constexpr int narrowWidth = 540; // of this view: less, and the credential goes below the checks

QString qstring(const std::string& text)
{
    return QString::fromStdString(text);
}

struct Look
{
    QLatin1String icon;
    Role role;
};

Look lookOf(const gateway::Explanation& explanation, const Step& step)
{
    const bool failed =
        step.verdict == Step::Verdict::Failed || (step.verdict == Step::Verdict::Answered && step.status >= 400);
    if (failed)
        return {QLatin1String(explanation.ruler.empty() ? "x-circle" : "clock"), Role::Bad};
    switch (step.verdict) {
    case Step::Verdict::Anonymous:
        return {QLatin1String("warning"), Role::Warn};
    case Step::Verdict::NotRun:
    case Step::Verdict::Skipped:
        return {QLatin1String("skip-circle"), Role::Text3};
    default:
        return {QLatin1String("check-circle"), Role::Ok};
    }
}

Look lookOf(Finding::State state)
{
    switch (state) {
    case Finding::State::Passed:
        return {QLatin1String("check-circle"), Role::Ok};
    case Finding::State::Failed:
        return {QLatin1String("x-circle"), Role::Bad};
    case Finding::State::NotChecked:
        break;
    }
    return {QLatin1String("skip-circle"), Role::Text3};
}

QWidget* checkRow(const Finding& finding)
{
    auto* row = new QWidget;
    row->setFixedHeight(checkHeight);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const Look look = lookOf(finding.state);
    auto* icon = new IconLabel(look.icon, metrics::iconRow, look.role);
    icon->setFixedSize(icon->sizeHint());
    layout->addWidget(icon);
    const bool checked = finding.state != Finding::State::NotChecked;
    layout->addWidget(new Label(checkText(finding), TextStyle::Small, checked ? Role::Text : Role::Text3));
    const QString value = checked ? checkValue(finding) : QString();
    if (!value.isEmpty())
        layout->addWidget(new ElidedLabel(value, TextStyle::MonoSmall, Role::Text2), 1);
    if (finding.state == Finding::State::Failed)
        layout->addWidget(new Label(ExplanationView::tr("failed"), TextStyle::SmallStrong, Role::Bad));
    if (!checked)
        layout->addWidget(new Label(ExplanationView::tr("not checked"), TextStyle::Small, Role::Text3));
    if (value.isEmpty())
        layout->addStretch(1);
    if (const QString quirk = quirkText(finding); !quirk.isEmpty()) {
        auto* note = new IconLabel(QLatin1String("info"), metrics::iconField, Role::Warn);
        note->setToolTip(quirk);
        layout->addWidget(note);
        row->setToolTip(quirk);
    }
    return row;
}

QHBoxLayout* keyRow(const QString& label, QWidget* value)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    auto* name = new Label(label, TextStyle::Small, Role::Text2);
    name->setFixedSize(keyLabelWidth, checkHeight);
    row->addWidget(name);
    row->addWidget(value);
    if (value->sizePolicy().horizontalPolicy() != QSizePolicy::Expanding)
        row->addStretch(1);
    return row;
}

} // namespace

ExplanationView::ExplanationView(QWidget* parent) : QScrollArea(parent)
{
    setObjectName(QStringLiteral("explanation"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setFillRole(this, Role::BgSurface);
    setFillRole(viewport(), Role::BgSurface);
}

void ExplanationView::show(const gateway::Explanation& explanation, const Step& step, std::int64_t now,
                           const Preview& preview)
{
    auto* content = new QWidget;
    setFillRole(content, Role::BgSurface);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(metrics::pagePadding, 14, metrics::pagePadding, metrics::pagePadding);
    layout->setSpacing(14);
    addHead(*layout, explanation, step);
    if (!explanation.comparison.empty()) {
        auto* table = new ComparisonTable;
        table->setRows(explanation.comparison, now);
        layout->addWidget(table);
    }
    if (explanation.ruler.size() > 1) {
        auto* strip = new LifeStrip;
        strip->setMarks(explanation.ruler);
        layout->addWidget(strip);
    }
    addRepairs(*layout, explanation, preview);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(24);
    m_columns = nullptr;
    addChecks(*columns, explanation, step);
    addCredential(*columns, explanation);
    if (columns->count() > 0) {
        auto* line = new Pane(Role::LineSubtle);
        line->setFixedHeight(1);
        layout->addWidget(line);
        layout->addLayout(columns);
        m_columns = columns;
        layColumns();
    } else {
        delete columns;
    }
    layout->addStretch(1);
    setWidget(content);
}

void ExplanationView::layColumns()
{
    if (m_columns != nullptr)
        m_columns->setDirection(width() < narrowWidth ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void ExplanationView::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    layColumns();
}

void ExplanationView::addHead(QVBoxLayout& layout, const gateway::Explanation& explanation, const Step& step)
{
    const Look look = lookOf(explanation, step);
    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    auto* icon = new IconLabel(look.icon, headIcon, look.role);
    icon->setFixedSize(icon->sizeHint());
    head->addWidget(icon, 0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(4);
    auto* title = new Label(plainText(explanation.title), TextStyle::Section);
    title->setObjectName(QStringLiteral("explanationTitle"));
    title->setWordWrap(true);
    title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    texts->addWidget(title);
    if (!explanation.sentence.id.empty()) {
        auto* sentence = new Label({}, TextStyle::Small, Role::Text2);
        sentence->setTextFormat(Qt::RichText);
        sentence->setText(richText(explanation.sentence, textFont(TextStyle::Mono).family()));
        sentence->setWordWrap(true);
        texts->addWidget(sentence);
    }
    head->addLayout(texts, 1);
    layout.addLayout(head);
}

void ExplanationView::addRepairs(QVBoxLayout& layout, const gateway::Explanation& explanation, const Preview& preview)
{
    auto* row = new RepairRow;
    for (const gateway::Repair& repair : explanation.repairs) {
        if (const auto change = preview(repair))
            row->add(plainText(repair.label), *change, repair.primary, [this, repair] { emit repairChosen(repair); });
    }
    if (row->isEmpty())
        delete row;
    else
        layout.addWidget(row);
}

void ExplanationView::addChecks(QBoxLayout& layout, const gateway::Explanation& explanation, const Step& step)
{
    if (explanation.checks.empty())
        return;
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    auto* title = new Label(tr("Checks made by %1").arg(qstring(step.name)), TextStyle::SmallBold, Role::Text2);
    column->addWidget(title);
    column->addSpacing(4);
    for (const Finding& finding : explanation.checks)
        column->addWidget(checkRow(finding));
    column->addStretch(1);
    layout.addLayout(column, 11);
}

void ExplanationView::addCredential(QBoxLayout& layout, const gateway::Explanation& explanation)
{
    if (!explanation.credential)
        return;
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(new Label(tr("Credential used"), TextStyle::SmallBold, Role::Text2));
    column->addSpacing(4);
    if (explanation.consumer) {
        const auto& consumer = *explanation.consumer;
        const QString name = qstring(consumer.name.empty() ? consumer.id : consumer.name);
        auto* chip = new ChipLabel({name, Tone::Outline, QLatin1String("user")});
        chip->setClickable(true);
        chip->setAccessibleName(tr("Consumer %1").arg(name));
        connect(chip, &QAbstractButton::clicked, this,
                [this, pointer = consumer.pointer] { emit entityClicked(pointer); });
        column->addLayout(keyRow(tr("Consumer"), chip));
    }
    auto* key = new ElidedLabel(qstring(explanation.credential->entity.name), TextStyle::Mono);
    key->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    column->addLayout(keyRow(tr("Key"), key));
    if (explanation.algorithm)
        column->addLayout(keyRow(tr("Algorithm"), new Label(qstring(*explanation.algorithm), TextStyle::Mono)));
    column->addStretch(1);
    layout.addLayout(column, 10);
}

} // namespace claimsmith::app

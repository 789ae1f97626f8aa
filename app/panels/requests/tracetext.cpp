// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/tracetext.h"

#include "text/explanationtext.h"
#include "text/quantities.h"
#include "widgets/tracestepsmodel.h"

#include <QCoreApplication>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(TraceText)
};

/// A cell of a Markdown table holds no bar and no line break.
QString cell(QString text)
{
    return text.simplified().replace(QLatin1Char('|'), QLatin1String("\\|"));
}

QString row(const QStringList& cells)
{
    QStringList escaped;
    for (const QString& each : cells)
        escaped << cell(each);
    return QLatin1String("| ") + escaped.join(QLatin1String(" | ")) + QLatin1String(" |\n");
}

QLatin1String mark(gateway::Finding::State state)
{
    switch (state) {
    case gateway::Finding::State::Passed:
        return QLatin1String("x");
    case gateway::Finding::State::Failed:
        return QLatin1String(" ");
    case gateway::Finding::State::NotChecked:
        break;
    }
    return QLatin1String("-");
}

} // namespace

QString traceMarkdown(const gateway::Trace& trace, const gateway::Explanation& explanation)
{
    QString out = QStringLiteral("## ") + plainText(explanation.title) + QLatin1String("\n\n");
    if (const QString sentence = plainText(explanation.sentence); !sentence.isEmpty())
        out += sentence + QLatin1String("\n\n");
    out += row({Tr::tr("Step"), Tr::tr("What"), Tr::tr("Outcome"), Tr::tr("Took")});
    out += QLatin1String("| --- | --- | --- | --- |\n");
    for (const auto& step : trace.steps) {
        const TraceStepText text = textOf(trace, step);
        const QString detail =
            text.priority.isEmpty() ? text.detail : text.detail + QLatin1String(", ") + text.priority;
        out += row({text.title, detail, text.outcome.text, text.duration});
    }
    if (!explanation.comparison.empty())
        out += QLatin1Char('\n');
    for (const auto& each : explanation.comparison)
        out += QStringLiteral("- %1: `%2`\n").arg(plainText(each.label), QString::fromStdString(each.value));
    if (!explanation.checks.empty())
        out += QLatin1Char('\n');
    for (const auto& finding : explanation.checks)
        out +=
            QStringLiteral("- [%1] %2 %3").arg(mark(finding.state), checkText(finding), checkValue(finding)).trimmed() +
            QLatin1Char('\n');
    out += QLatin1Char('\n') +
           Tr::tr("Request id %1, %2").arg(QString::fromStdString(trace.requestId), clockText(trace.time)) +
           QLatin1Char('\n');
    return out;
}

} // namespace claimsmith::app

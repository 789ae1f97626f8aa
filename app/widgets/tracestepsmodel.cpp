// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tracestepsmodel.h"

#include "document/json.h"
#include "http/message.h"
#include "text/quantities.h"

#include <QCoreApplication>
#include <QStringList>

namespace claimsmith::app {

namespace {

using gateway::Step;
using Kind = Step::Kind;
using Verdict = Step::Verdict;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(TraceSteps)
};

QString qstring(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The message in an answer of the gateway: that of `{"message": …}`, or the values of the object itself.
QString messageOf(const Bytes& answer)
{
    const auto value = document::parseJson(answer);
    const auto* object = value.hasValue() ? value->asObject() : nullptr;
    if (object == nullptr)
        return {};
    if (const auto* message = value->findString("message"); message != nullptr)
        return qstring(*message);
    QStringList texts;
    for (const auto& member : *object) {
        if (const auto* text = member.value.asString(); text != nullptr)
            texts << qstring(*text);
    }
    return texts.join(QLatin1String(", "));
}

QString pluginDetail(const Step& step)
{
    if (step.scope.empty() || step.scope == "global")
        return Tr::tr("global", "a plugin for all routes");
    return Tr::tr("on %1", "plugin on route api").arg(qstring(step.scope));
}

QString responseDetail(const gateway::Trace& trace)
{
    const QString status = QString::number(trace.response.status);
    if (trace.answer.empty())
        return Tr::tr("%1 %2", "status and its phrase").arg(status, qstring(http::reasonPhrase(trace.response.status)));
    return Tr::tr("%1 with %2", "status and body").arg(status, qstring(trace.answer).simplified());
}

Pill outcomeOf(const gateway::Trace& trace, const Step& step)
{
    switch (step.verdict) {
    case Verdict::NotRun:
        return {step.kind == Kind::Upstream ? Tr::tr("not reached") : Tr::tr("not run"), Tone::Neutral};
    case Verdict::Skipped:
        return {Tr::tr("skipped"), Tone::Neutral};
    case Verdict::Anonymous:
        return {Tr::tr("anonymous"), Tone::Warn};
    case Verdict::Answered:
        return {outcomeText(trace, step), step.status >= 400 ? Tone::Bad : Tone::Info};
    case Verdict::Failed:
        return {outcomeText(trace, step), Tone::Bad};
    case Verdict::Passed:
        break;
    }
    switch (step.kind) {
    case Kind::Route:
        return {Tr::tr("matched"), Tone::Ok};
    case Kind::Plugin:
        return {Tr::tr("passed"), Tone::Ok};
    case Kind::Upstream:
        return {step.status > 0 ? QString::number(step.status) : Tr::tr("answered"), Tone::Ok};
    case Kind::Received:
    case Kind::Response:
        break;
    }
    return {};
}

} // namespace

QString outcomeText(const gateway::Trace& trace, const Step& step)
{
    const int status = step.status > 0 ? step.status : trace.response.status;
    const QString message = step.verdict == Verdict::Answered ? messageOf(trace.answer) : qstring(step.detail);
    const QString phrase = message.isEmpty() ? qstring(http::reasonPhrase(status)) : message;
    return status > 0 ? QString::number(status) + QLatin1Char(' ') + phrase : phrase;
}

TraceStepText textOf(const gateway::Trace& trace, const Step& step)
{
    TraceStepText text;
    text.outcome = outcomeOf(trace, step);
    if (step.verdict != Verdict::NotRun)
        text.duration = durationText(step.duration);
    switch (step.kind) {
    case Kind::Received:
        text.title = Tr::tr("Request received");
        text.detail = Tr::tr("%1 %2 from %3", "method, path, address")
                          .arg(qstring(trace.request.method), qstring(trace.request.target), qstring(trace.peer));
        text.icon = QLatin1String("send");
        break;
    case Kind::Route:
        text.title = step.name.empty() ? Tr::tr("No route") : Tr::tr("Route %1").arg(qstring(step.name));
        text.detail = qstring(step.detail);
        text.icon = QLatin1String("route");
        break;
    case Kind::Plugin:
        text.title = qstring(step.name);
        text.detail = pluginDetail(step);
        text.priority = Tr::tr("priority %1").arg(step.priority);
        text.icon = QLatin1String("plugin");
        break;
    case Kind::Upstream:
        text.title = step.name.empty() ? Tr::tr("Upstream") : qstring(step.name);
        text.detail = trace.upstreamAddress.empty() ? qstring(step.detail) : qstring(trace.upstreamAddress);
        text.icon = QLatin1String("server");
        break;
    case Kind::Response:
        text.title = Tr::tr("Response sent");
        text.detail = responseDetail(trace);
        text.duration = durationText(trace.duration);
        text.icon = QLatin1String("sign-out");
        break;
    }
    return text;
}

TraceStepsModel::TraceStepsModel(QObject* parent) : QAbstractListModel(parent) {}

void TraceStepsModel::setTrace(std::shared_ptr<const gateway::Trace> trace)
{
    beginResetModel();
    m_trace = std::move(trace);
    m_texts.clear();
    if (m_trace) {
        for (const auto& step : m_trace->steps)
            m_texts.push_back(textOf(*m_trace, step));
    }
    endResetModel();
}

int TraceStepsModel::decisiveRow() const
{
    if (!m_trace)
        return -1;
    if (const Step* decisive = m_trace->decisive(); decisive != nullptr)
        return static_cast<int>(decisive - m_trace->steps.data());
    int last = -1;
    for (int row = 0; row < rowCount(); ++row) {
        if (step(row).kind == Kind::Plugin && step(row).verdict != Verdict::NotRun)
            last = row;
    }
    return last < 0 ? rowCount() - 1 : last;
}

int TraceStepsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_texts.size());
}

QVariant TraceStepsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const TraceStepText& each = text(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return each.title;
    case Qt::ToolTipRole:
        return each.detail;
    case Qt::AccessibleTextRole: {
        QStringList parts{each.title, each.detail, each.outcome.text, each.priority, each.duration};
        parts.removeAll(QString());
        return parts.join(QLatin1String(", "));
    }
    default:
        return {};
    }
}

} // namespace claimsmith::app

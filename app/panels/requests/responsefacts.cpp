// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/responsefacts.h"

#include "http/client/client.h"
#include "text/quantities.h"

#include <QCoreApplication>

#include <algorithm>

namespace claimsmith::app {

namespace {

using gateway::Step;
using http::ClientErrorCode;
using runner::PrepareErrorCode;
using Remedy = FailureText::Remedy;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Response)
};

QString qstring(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString parameter(const Error& error, std::string_view name)
{
    const auto found = std::find_if(error.parameters.begin(), error.parameters.end(),
                                    [&](const auto& each) { return each.first == name; });
    return found == error.parameters.end() ? QString() : qstring(found->second);
}

/// The code as a value of its enumeration, whose enumerators count from 0 to `last`; nothing when it is of another one.
template <class Enum>
std::optional<Enum> codeAs(const ErrorCode& code, Enum last)
{
    for (int value = 0; value <= static_cast<int>(last); ++value) {
        if (code == ErrorCode(static_cast<Enum>(value)))
            return static_cast<Enum>(value);
    }
    return {};
}

const Step* upstreamStep(const gateway::Trace& trace)
{
    const auto found = std::find_if(trace.steps.begin(), trace.steps.end(),
                                    [](const Step& step) { return step.kind == Step::Kind::Upstream; });
    return found == trace.steps.end() || found->verdict == Step::Verdict::NotRun ? nullptr : &*found;
}

QString splitText(const gateway::Trace& trace)
{
    const Step* upstream = upstreamStep(trace);
    if (upstream == nullptr)
        return Tr::tr("gateway %1, upstream not reached").arg(briefDurationText(trace.duration));
    const auto own = std::max(std::chrono::nanoseconds(0), trace.duration - upstream->duration);
    return Tr::tr("gateway %1, upstream %2").arg(briefDurationText(own), briefDurationText(upstream->duration));
}

void addChip(std::vector<FactChip>& chips, const std::optional<gateway::EntityRef>& entity, QLatin1String icon)
{
    if (entity)
        chips.push_back(
            {{qstring(entity->name.empty() ? entity->id : entity->name), Tone::Outline, icon}, entity->pointer});
}

/// The last plugin that changed the path, or null.
const Step* pathAuthor(const gateway::Trace& trace)
{
    const auto changesPath = [](const Step& step) {
        return step.kind == Step::Kind::Plugin &&
               std::ranges::any_of(step.requestChanges,
                                   [](const gateway::HeaderChange& change) { return change.name == ":path"; });
    };
    const auto found = std::find_if(trace.steps.rbegin(), trace.steps.rend(), changesPath);
    return found == trace.steps.rend() ? nullptr : &*found;
}

FailureText clientFailure(ClientErrorCode code, const workspace::Request& request, const QString& host)
{
    const bool viaGateway = request.via == workspace::Via::Gateway;
    switch (code) {
    case ClientErrorCode::ConnectionRefused:
        if (viaGateway)
            return {Tr::tr("The gateway refused the connection"),
                    Tr::tr("Nothing listens on %1.").arg(host),
                    {},
                    Remedy::StartGateway};
        return {Tr::tr("%1 refused the connection").arg(host), Tr::tr("Nothing listens there."), {}, Remedy::EditUrl};
    case ClientErrorCode::CannotResolve:
        return {Tr::tr("%1 has no address").arg(host.section(QLatin1Char(':'), 0, 0)),
                Tr::tr("The name could not be resolved. Check its spelling, or the network."),
                {},
                Remedy::EditUrl};
    case ClientErrorCode::CannotConnect:
        return {Tr::tr("%1 cannot be reached").arg(host),
                Tr::tr("There is no way there from this machine."),
                {},
                Remedy::EditUrl};
    case ClientErrorCode::TimedOut:
        return {
            Tr::tr("%1 did not answer in time").arg(host), Tr::tr("The connection was given up."), {}, Remedy::None};
    case ClientErrorCode::TlsHandshake:
        return {Tr::tr("%1 speaks no TLS that fits").arg(host),
                Tr::tr("No common version or cipher, or plain HTTP on that port."),
                {},
                Remedy::EditUrl};
    case ClientErrorCode::TlsCertificate:
        return {Tr::tr("The certificate of %1 is not trusted").arg(host),
                Tr::tr("It is expired, for another host, or signed by nobody this machine knows."),
                {},
                Remedy::None};
    case ClientErrorCode::BadUrl:
        return {Tr::tr("The URL cannot be sent to"),
                Tr::tr("It has to begin with http:// or https:// and name a host."),
                {},
                Remedy::EditUrl};
    case ClientErrorCode::BadRequest:
        return {Tr::tr("The request cannot go on the wire"),
                Tr::tr("A method or header holds a character that HTTP forbids."),
                {},
                Remedy::None};
    case ClientErrorCode::ClosedEarly:
        return {Tr::tr("%1 closed the connection before it had answered").arg(host), {}, {}, Remedy::None};
    case ClientErrorCode::BadResponse:
        return {Tr::tr("%1 answered with something that is not HTTP").arg(host), {}, {}, Remedy::None};
    case ClientErrorCode::BodyTooLarge:
        return {Tr::tr("The answer is too large to keep"), {}, {}, Remedy::None};
    case ClientErrorCode::Cancelled: {
        FailureText text{
            Tr::tr("Cancelled"), Tr::tr("The request was stopped before the answer was complete."), {}, Remedy::None};
        text.canceled = true;
        return text;
    }
    default:
        return {Tr::tr("The request to %1 failed").arg(host), {}, {}, Remedy::None};
    }
}

FailureText prepareFailure(PrepareErrorCode code, const Error& error)
{
    const QString name = parameter(error, "name");
    switch (code) {
    case PrepareErrorCode::Unresolved:
        return {Tr::tr("%1 has no value").arg(QStringLiteral("{{%1}}").arg(name)),
                Tr::tr("Define it in the environment, or choose another environment."),
                {},
                Remedy::EditUrl};
    case PrepareErrorCode::NoUrl:
        return {Tr::tr("There is no URL yet"),
                Tr::tr("Enter where to send the request, for example {{gateway}}/api."),
                {},
                Remedy::EditUrl};
    case PrepareErrorCode::GatewayStopped:
        return {Tr::tr("The gateway does not run"),
                Tr::tr("This request goes via the gateway. Start it, or send directly."),
                {},
                Remedy::StartGateway};
    case PrepareErrorCode::UnknownRecipe:
        return {Tr::tr("There is no token recipe %1").arg(name),
                Tr::tr("Choose another in Auth, or create it in Tokens."),
                {},
                Remedy::OpenRecipe};
    case PrepareErrorCode::UnknownCredential:
        return {Tr::tr("No credential to sign with"),
                Tr::tr("The gateway has no JWT credential %1 of consumer %2.")
                    .arg(parameter(error, "key"), parameter(error, "consumer")),
                {},
                Remedy::OpenRecipe};
    case PrepareErrorCode::KeyMissing:
        return {Tr::tr("The key %1 is not at hand").arg(name),
                Tr::tr("It is not in the keychain, or the keychain is locked."),
                {},
                Remedy::UnlockSecrets};
    case PrepareErrorCode::BadRecipe:
        return {Tr::tr("The token recipe is not JSON"),
                qstring(error.cause ? error.cause->toString() : error.detail),
                {},
                Remedy::OpenRecipe};
    case PrepareErrorCode::BodyFileUnreadable:
        return {Tr::tr("The body file cannot be read"), parameter(error, "file"), {}, Remedy::EditBody};
    }
    return {Tr::tr("The request could not be prepared"), qstring(error.detail), {}, Remedy::None};
}

} // namespace

std::optional<UpstreamPath> upstreamPathOf(const gateway::Trace& trace)
{
    if (!trace.upstream || trace.upstream->path() == trace.request.path())
        return {};
    UpstreamPath path{qstring(trace.request.path()), qstring(trace.upstream->path()), {}};
    std::vector<FactChip> chips;
    if (const Step* plugin = pathAuthor(trace))
        chips.push_back({{qstring(plugin->name), Tone::Outline, QLatin1String("plugin")}, plugin->pointer});
    else
        addChip(chips, trace.route, QLatin1String("route"));
    if (!chips.empty())
        path.by = std::move(chips.front());
    return path;
}

bool isRefusedByPlugin(const gateway::Trace& trace)
{
    const Step* decisive = trace.decisive();
    return decisive != nullptr && decisive->kind == Step::Kind::Plugin && trace.response.status >= 400;
}

ResponseFacts factsOf(const http::ClientResponse& response, TimePoint sentAt, const gateway::Trace* trace)
{
    ResponseFacts facts;
    const http::ResponseHead& head = response.head;
    const int status = head.status;
    const QString phrase = qstring(head.reason.empty() ? http::reasonPhrase(status) : std::string_view(head.reason));
    facts.status = {QString::number(status) + QLatin1Char(' ') + phrase, toneOfStatus(status)};
    facts.total = briefDurationText(response.timings.total);
    facts.size = sizeText(response.body.size());
    facts.sentAt = clockText(sentAt);
    if (trace != nullptr) {
        facts.split = splitText(*trace);
        addChip(facts.chips, trace->route, QLatin1String("route"));
        addChip(facts.chips, trace->service, QLatin1String("server"));
        addChip(facts.chips, trace->consumer, QLatin1String("user"));
    }
    return facts;
}

FailureText failureText(const Error& error, const workspace::Request& request, const QString& host)
{
    FailureText text;
    if (const auto code = codeAs(error.code, PrepareErrorCode::BodyFileUnreadable))
        text = prepareFailure(*code, error);
    else if (const auto client = codeAs(error.code, ClientErrorCode::Cancelled))
        text = clientFailure(*client, request, host);
    else
        text = {Tr::tr("The request failed"), qstring(error.toString()), {}, Remedy::None};
    if (!host.isEmpty() && !text.canceled)
        text.facts.emplace_back(Tr::tr("Tried"), host);
    if (!error.detail.empty() && !text.canceled)
        text.facts.emplace_back(Tr::tr("Reason"), qstring(error.detail));
    return text;
}

std::optional<FailureText> upstreamFailure(const gateway::Trace& trace)
{
    const Step* upstream = upstreamStep(trace);
    if (upstream == nullptr || upstream->verdict != Step::Verdict::Failed)
        return {};
    const QString service = upstream->name.empty() ? Tr::tr("The upstream") : qstring(upstream->name);
    const bool late = trace.response.status == 504;
    FailureText text{late ? Tr::tr("%1 did not answer in time").arg(service)
                          : Tr::tr("%1 could not be reached").arg(service),
                     Tr::tr("The gateway let the request through. The service behind it failed."),
                     {},
                     Remedy::OpenService};
    if (!trace.upstreamAddress.empty() || !upstream->detail.empty())
        text.facts.emplace_back(Tr::tr("Tried"),
                                qstring(trace.upstreamAddress.empty() ? upstream->detail : trace.upstreamAddress));
    text.facts.emplace_back(Tr::tr("Answer"), QString::number(trace.response.status) + QLatin1Char(' ') +
                                                  qstring(http::reasonPhrase(trace.response.status)));
    return text;
}

} // namespace claimsmith::app

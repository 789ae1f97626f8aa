// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/verdict.h"

#include "gateway/pipeline.h"
#include "gateway/sharedstate.h"
#include "gateway/snapshot.h"
#include "text/quantities.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(TokenVerdict)
};

using State = CheckLine::State;

constexpr std::string_view pluginName = "jwt";

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

/// How a check of the plugin reads. Values in braces are the finding's parameters, "{expected}" and "{found}".
struct CheckWords
{
    std::string_view check;
    const char* passed; ///< null: not shown when it passed, because a later line says more
    const char* failed;
    const char* skipped; ///< null: not shown when not checked
    const char* detail;  ///< beside the line when it passed or failed
};

#define WORDS(check, passed, failed, skipped, detail)                                                                  \
    CheckWords                                                                                                         \
    {                                                                                                                  \
        check, passed, failed, skipped, detail                                                                         \
    }
#define T(text) QT_TRANSLATE_NOOP("TokenVerdict", text)

constexpr std::array checkWords{
    WORDS("jwt.token-found", nullptr, T("The plugin finds no token"), nullptr, "{expected}"),
    WORDS("jwt.single-token", nullptr, T("There are several tokens"), nullptr, nullptr),
    WORDS("jwt.token-is-text", nullptr, T("The token is no text"), nullptr, nullptr),
    WORDS("jwt.decodes", T("Three parts, valid base64url"), T("The {part} does not decode"), T("Not taken apart"),
          nullptr),
    WORDS("jwt.algorithm-known", nullptr, T("Algorithm {found} is not known to jwt"), nullptr, nullptr),
    WORDS("jwt.key-claim", nullptr, T("The token has no usable {claim}"), nullptr, "key_claim_name {claim}"),
    WORDS("jwt.credential-found", T("{claim} has a credential"), T("No consumer has the key {key}"),
          T("Credential not looked for"), "key_claim_name {claim}"),
    WORDS("jwt.algorithm-fits", T("Algorithm matches"), T("The credential expects {expected}"),
          T("Algorithm not compared"), "{found}"),
    WORDS("jwt.key-usable", nullptr, T("The credential's key cannot be used"), nullptr, nullptr),
    WORDS("jwt.signature-valid", T("Signature is valid"), T("Signature does not match"), T("Signature not checked"),
          nullptr),
    WORDS("jwt.exp", T("exp is in the future"), T("exp is {problem}"), T("exp is not checked here"), nullptr),
    WORDS("jwt.nbf", T("nbf is in the past"), T("nbf is {problem}"), T("nbf is not checked here"), nullptr),
    WORDS("jwt.maximum-expiration", T("exp is near enough"), T("exp is too far away"), T("No lifetime limit here"),
          "maximum_expiration {expected}"),
};
#undef T
#undef WORDS

QString problemText(std::string_view problem)
{
    if (problem == "not-a-number")
        return Tr::tr("not a number");
    if (problem == "past")
        return Tr::tr("in the past");
    if (problem == "future")
        return Tr::tr("in the future");
    return text(problem);
}

QString filled(const char* words, const gateway::Finding& finding, bool translate)
{
    if (!words)
        return {};
    QString result = translate ? Tr::tr(words) : QString::fromLatin1(words);
    result.replace(QStringLiteral("{problem}"), problemText(finding.parameter("problem")));
    result.replace(QStringLiteral("{expected}"), text(finding.expected));
    result.replace(QStringLiteral("{found}"), text(finding.found));
    for (const auto& [name, value] : finding.parameters)
        result.replace(u'{' + QString::fromStdString(name) + u'}', QString::fromStdString(value));
    return result;
}

State stateOf(gateway::Finding::State state)
{
    switch (state) {
    case gateway::Finding::State::Passed:
        return State::Passed;
    case gateway::Finding::State::Failed:
        return State::Failed;
    case gateway::Finding::State::NotChecked:
        break;
    }
    return State::Skipped;
}

/// The distance of a time that was checked, and for a skipped check what would have asked for it.
QString timeDetail(const gateway::Finding& finding)
{
    if (finding.state == gateway::Finding::State::NotChecked)
        return finding.parameter("reason").empty() ? Tr::tr("not reached") : QStringLiteral("claims_to_verify");
    bool isNumber = false;
    const double time = text(finding.found).toDouble(&isNumber);
    const double now = text(finding.parameter("now")).toDouble();
    return isNumber ? spanText(std::chrono::seconds(static_cast<std::int64_t>(time - now))) : text(finding.found);
}

QString detailOf(const gateway::Finding& finding, const CheckWords& words, bool allReached)
{
    if (finding.check == "jwt.exp" || finding.check == "jwt.nbf")
        return timeDetail(finding);
    if (finding.state != gateway::Finding::State::NotChecked)
        return filled(words.detail, finding, false);
    if (finding.check == "jwt.maximum-expiration" && allReached)
        return QStringLiteral("maximum_expiration 0");
    return Tr::tr("not reached");
}

/// A request that this route matches. Regular expressions of paths are not turned round: such a route is set by hand.
gateway::ClientRequest requestFor(const gateway::Route& route)
{
    gateway::ClientRequest request;
    request.head.method = route.methods.empty() ? "GET" : route.methods.front();
    const auto plain = std::find_if(route.paths.begin(), route.paths.end(),
                                    [](const std::string& path) { return !path.starts_with('~'); });
    request.head.target = plain == route.paths.end() ? "/" : *plain;
    request.head.headers.add("Host", route.hosts.empty() ? "localhost" : route.hosts.front());
    for (const auto& [name, values] : route.headers)
        request.head.headers.add(name, values.empty() ? "" : values.front());
    if (!route.allows("http"))
        request.scheme = request.forwardedScheme = gateway::Scheme::Https;
    request.forwardedHost = route.hosts.empty() ? "localhost" : route.hosts.front();
    request.peer.address = request.local.address = request.clientAddress = "127.0.0.1";
    return request;
}

const gateway::PluginInstance* guardOf(const gateway::Snapshot& snapshot, const gateway::Route& route)
{
    for (const gateway::ChainSlot& slot : snapshot.chainOf(&route)) {
        if (slot.descriptor->name == pluginName)
            return slot.instance;
    }
    return nullptr;
}

/// Puts the token where this plugin looks first.
void carryToken(gateway::ClientRequest& request, const gateway::PluginInstance& guard, const std::string& token)
{
    const auto first = [&](std::string_view setting) -> const std::string* {
        const auto* config = guard.entity->fields.find("config");
        const auto* names = config ? config->find(setting) : nullptr;
        const auto* list = names ? names->asArray() : nullptr;
        return list && !list->empty() ? list->front().asString() : nullptr;
    };
    if (const auto* header = first("header_names"))
        request.head.headers.set(*header, "Bearer " + token);
    else if (const auto* argument = first("uri_param_names"))
        request.head.target += '?' + *argument + '=' + token;
    else if (const auto* cookie = first("cookie_names"))
        request.head.headers.set("Cookie", *cookie + '=' + token);
}

const gateway::Route* findRoute(const gateway::Snapshot& snapshot, const std::string& id)
{
    const auto& routes = snapshot.routes();
    const auto found = std::find_if(routes.begin(), routes.end(), [&](const auto& route) { return route->id == id; });
    return found == routes.end() ? nullptr : found->get();
}

std::string nameOf(const gateway::Route& route)
{
    return route.name.empty() ? route.id : route.name;
}

Verdict openVerdict(const QString& title, const QString& sentence)
{
    Verdict verdict;
    verdict.title = title;
    verdict.sentence = sentence;
    return verdict;
}

void sumUp(Verdict& verdict, const gateway::Exchange& exchange, const gateway::Step& step, const gateway::Route& route)
{
    using Kind = gateway::Step::Verdict;
    const QString name = text(nameOf(route));
    const gateway::Consumer* consumer = exchange.identity.consumer;
    const QString who = consumer ? text(consumer->username.empty() ? consumer->id : consumer->username) : QString();
    const gateway::Finding* failure = step.failure();
    verdict.signatureFailed = failure && failure->check == "jwt.signature-valid";
    if (step.verdict == Kind::Passed) {
        verdict.outcome = Verdict::Outcome::Good;
        verdict.title = Tr::tr("Route %1 will accept this token").arg(name);
        verdict.sentence = Tr::tr("as consumer %1").arg(who);
    } else if (step.verdict == Kind::Anonymous) {
        verdict.outcome = Verdict::Outcome::Bad;
        verdict.title = Tr::tr("Route %1 will refuse this token").arg(name);
        verdict.sentence = Tr::tr("and let the request pass as the anonymous consumer %1").arg(who);
    } else if (step.verdict == Kind::NotRun) {
        verdict.title = Tr::tr("Another plugin of route %1 answers first").arg(name);
        verdict.sentence = Tr::tr("the token is not looked at");
    } else {
        verdict.outcome = Verdict::Outcome::Bad;
        verdict.title = Tr::tr("Route %1 will refuse this token").arg(name);
        verdict.sentence = step.status > 0 ? Tr::tr("with status %1").arg(step.status) : text(step.detail);
    }
}

} // namespace

CheckLine checkLine(const gateway::Finding& finding, bool allReached)
{
    CheckLine line;
    line.state = stateOf(finding.state);
    line.toolTip = text(finding.standard);
    const auto* words = std::find_if(checkWords.begin(), checkWords.end(),
                                     [&](const CheckWords& each) { return each.check == finding.check; });
    if (words == checkWords.end()) {
        line.text = text(finding.check);
        return line;
    }
    const char* chosen = line.state == State::Passed   ? words->passed
                         : line.state == State::Failed ? words->failed
                                                       : words->skipped;
    line.text = filled(chosen, finding, true);
    line.detail = detailOf(finding, *words, allReached);
    // A check that was never reached must not read as if the route left it out.
    if (line.state == State::Skipped && line.detail == Tr::tr("not reached")) {
        if (finding.check == "jwt.exp" || finding.check == "jwt.nbf")
            line.text = Tr::tr("%1 not reached").arg(text(finding.check.substr(4)));
        else if (finding.check == "jwt.maximum-expiration")
            line.text = Tr::tr("Lifetime limit not reached");
        line.detail.clear();
    }
    return line;
}

std::vector<GuardedRoute> guardedRoutes(const gateway::Snapshot& snapshot)
{
    std::vector<GuardedRoute> result;
    for (const auto& route : snapshot.routes()) {
        if (guardOf(snapshot, *route))
            result.push_back({route->id, nameOf(*route)});
    }
    return result;
}

Verdict routeVerdict(const std::string& token, const std::string& routeId,
                     const std::shared_ptr<const gateway::Snapshot>& snapshot, const Clock& clock)
{
    const gateway::Route* route = snapshot ? findRoute(*snapshot, routeId) : nullptr;
    const gateway::PluginInstance* guard = route ? guardOf(*snapshot, *route) : nullptr;
    if (!guard)
        return openVerdict(Tr::tr("Nothing checks the token"), Tr::tr("the route is gone, or has no jwt plugin"));

    gateway::SharedState shared; // counters begin anew: a look at a token uses up no limit
    gateway::Exchange exchange(snapshot, clock, shared);
    exchange.request = requestFor(*route);
    carryToken(exchange.request, *guard, token);
    exchange.trace = std::make_unique<gateway::Trace>();
    const gateway::Routing routing = gateway::Pipeline::route(exchange);
    if (!exchange.match || exchange.match->route != route)
        return openVerdict(Tr::tr("No plain request reaches route %1").arg(text(nameOf(*route))),
                           Tr::tr("another route takes it first; send it to see"));
    if (!routing.answer)
        gateway::Pipeline::access(exchange);

    const auto& steps = exchange.trace->steps;
    const auto step = std::find_if(steps.begin(), steps.end(), [](const gateway::Step& each) {
        return each.kind == gateway::Step::Kind::Plugin && each.name == pluginName;
    });
    if (step == steps.end())
        return openVerdict(Tr::tr("Nothing checks the token"),
                           Tr::tr("route %1 answers before").arg(text(nameOf(*route))));
    Verdict verdict;
    for (const gateway::Finding& finding : step->findings) {
        CheckLine line = checkLine(finding, step->failure() == nullptr);
        if (!line.text.isEmpty())
            verdict.checks.push_back(std::move(line));
    }
    sumUp(verdict, exchange, *step, *route);
    return verdict;
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/requestsender.h"

#include "bridge/gatewaysession.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "runner/recipetokens.h"

#include <map>

namespace claimsmith::app {
namespace {

constexpr std::string_view requestIdHeader = "X-Kong-Request-Id";

} // namespace

class RequestSender::Implementation
{
public:
    Implementation(RequestSender& owner, const WorkspaceSession& theWorkspace, const SecretService& theSecrets,
                   const GatewaySession& theGateway, const Clock& theClock)
        : q(owner), workspace(theWorkspace), secrets(theSecrets), gateway(theGateway), clock(theClock)
    {
    }

    struct Sending
    {
        std::shared_ptr<SendOutcome> outcome;
        http::Client::RequestId id = 0;
    };

    Result<workspace::Variables> variables() const
    {
        CLAIMSMITH_TRY(workspace::Variables found,
                       workspace::Variables::of(workspace.workspace(), workspace.environment().toStdString()));
        if (const QString address = gateway.proxyAddress(); !address.isEmpty())
            found.addBuiltIn("gateway", "http://" + address.toStdString());
        return found;
    }

    runner::Context context(const workspace::Variables& variables) const
    {
        return {workspace.workspace(),           variables, secrets,
                gateway.snapshot().get(),        clock,     gateway.proxyAddress().toStdString(),
                workspace.folder().toStdString()};
    }

    Result<runner::Prepared> prepare(const workspace::Request& request) const
    {
        CLAIMSMITH_TRY(const workspace::Variables found, variables());
        return runner::prepare(request, context(found));
    }

    quint64 send(const workspace::Request& request)
    {
        const quint64 number = ++last;
        auto outcome = std::make_shared<SendOutcome>(
            SendOutcome{request.id, {}, clock.now(), Error{http::ClientErrorCode::Cancelled}, nullptr, nullptr});
        auto prepared = prepare(request);
        if (!prepared) {
            outcome->response = std::move(prepared).error();
            QMetaObject::invokeMethod(
                &q, [this, number, outcome] { emit q.finished(number, outcome); }, Qt::QueuedConnection);
            return number;
        }
        outcome->prepared = std::move(*prepared);
        http::ClientRequest wire = runner::toClientRequest(outcome->prepared);
        if (request.via == workspace::Via::Gateway) {
            outcome->snapshot = gateway.snapshot();
            const auto [name, nonce] = gateway.traceHeader();
            if (!name.empty())
                wire.headers.set(name, nonce);
        }
        sendings[number].outcome = std::move(outcome);
        sendings[number].id = client.send(std::move(wire), callbacks(number));
        return number;
    }

    http::ClientCallbacks callbacks(quint64 number)
    {
        // Called on the client's thread, which the destructor joins before anything of this object goes.
        RequestSender* const target = &q;
        return {[this, target, number](Result<http::ClientResponse> response) {
                    auto shared = std::make_shared<Result<http::ClientResponse>>(std::move(response));
                    QMetaObject::invokeMethod(
                        target, [this, number, shared] { complete(number, std::move(*shared)); }, Qt::QueuedConnection);
                },
                [target, number](const http::ClientProgress& progress) {
                    QMetaObject::invokeMethod(
                        target, [target, number, progress] { emit target->progressed(number, progress); },
                        Qt::QueuedConnection);
                }};
    }

    void complete(quint64 number, Result<http::ClientResponse> response)
    {
        const auto found = sendings.find(number);
        if (found == sendings.end())
            return;
        const std::shared_ptr<SendOutcome> outcome = found->second.outcome;
        sendings.erase(found);
        outcome->response = std::move(response);
        const std::string requestId =
            outcome->response ? std::string(outcome->response->head.headers.value(requestIdHeader)) : std::string();
        if (outcome->prepared.via == workspace::Via::Gateway && !requestId.empty())
            outcome->trace = gateway.findTrace(requestId);
        emit q.finished(number, outcome);
    }

    RequestSender& q;
    const WorkspaceSession& workspace;
    const SecretService& secrets;
    const GatewaySession& gateway;
    const Clock& clock;
    quint64 last = 0;
    std::map<quint64, Sending> sendings;
    http::Client client; ///< last: goes first, and with it every callback
};

RequestSender::RequestSender(const WorkspaceSession& workspace, const SecretService& secrets,
                             const GatewaySession& gateway, const Clock& clock, QObject* parent)
    : QObject(parent), m(std::make_unique<Implementation>(*this, workspace, secrets, gateway, clock))
{
}

RequestSender::~RequestSender() = default;

Result<runner::Prepared> RequestSender::prepare(const workspace::Request& request) const
{
    return m->prepare(request);
}

Result<std::string> RequestSender::signToken(const workspace::TokenRecipe& recipe) const
{
    CLAIMSMITH_TRY(const workspace::Variables found, m->variables());
    return runner::signToken(recipe, m->context(found));
}

workspace::Resolution RequestSender::resolve(std::string_view text) const
{
    const auto found = m->variables();
    const workspace::Variables none;
    const workspace::Variables& variables = found ? *found : none;
    const runner::Context context = m->context(variables);
    const runner::RecipeTokens tokens(context);
    return workspace::resolve(text, variables, {&m->secrets, &tokens});
}

Result<workspace::Variables> RequestSender::variables() const
{
    return m->variables();
}

quint64 RequestSender::send(const workspace::Request& request)
{
    return m->send(request);
}

void RequestSender::cancel(quint64 sending)
{
    if (const auto found = m->sendings.find(sending); found != m->sendings.end())
        m->client.cancel(found->second.id);
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/providerserver.h"

#include "http/net/signal.h"
#include "http/server/serverconnection.h"

namespace claimsmith::identity {
namespace {

constexpr std::uint64_t maximumBody = 1U << 20U; ///< bytes: forms are small

class ProviderHandler final : public http::StreamHandler
{
public:
    explicit ProviderHandler(Provider& provider) : m_provider(provider) {}

    http::Task<void> handle(http::ServerConnection& connection) override
    {
        http::Request request;
        while (!connection.isBodyComplete() && !connection.bodyError()) {
            const BytesView piece = co_await connection.readBody();
            request.body += piece;
        }
        if (connection.bodyError()) {
            const http::Response refusal = refuse(connection, *connection.bodyError());
            co_await connection.send(refusal.head, refusal.body);
            co_return;
        }
        request.head = connection.request();
        request.remoteAddress = connection.peer().address;
        const ProviderAnswer answer = m_provider.answer(request);
        if (answer.delay.count() > 0) {
            http::Signal timer(connection.worker().context());
            co_await timer.wait(std::chrono::steady_clock::now() + answer.delay);
        }
        if (!answer.truncated || answer.response.body.empty()) {
            co_await connection.send(answer.response.head, answer.response.body);
            co_return;
        }
        const BytesView body = answer.response.body;
        connection.begin(answer.response.head, {http::BodyFraming::Kind::Length, body.size()});
        co_await connection.write(body.substr(0, body.size() / 2));
        co_await connection.flush();
        connection.abort();
    }

private:
    Provider& m_provider;
};

} // namespace

ProviderServer::~ProviderServer()
{
    if (m_server)
        m_server->stop(std::chrono::milliseconds(0));
}

Result<std::unique_ptr<ProviderServer>>
ProviderServer::start(const http::Authority& listen, ProviderConfiguration configuration, ProviderOptions options)
{
    std::unique_ptr<ProviderServer> server(new ProviderServer());
    CLAIMSMITH_TRY(server->m_provider, Provider::create(std::move(configuration), std::move(options)));
    http::ServerOptions settings;
    settings.listeners = {{listen}};
    settings.limits.maximumBody = maximumBody;
    Provider& provider = *server->m_provider;
    CLAIMSMITH_TRY(server->m_server, http::Server::start(settings, [&provider](http::Worker&) {
                       return std::make_unique<ProviderHandler>(provider);
                   }));
    server->m_address = {listen.host, server->m_server->address().port};
    provider.setUrl("http://" + server->m_address.toString());
    return server;
}

} // namespace claimsmith::identity

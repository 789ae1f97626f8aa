// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/server/http2client.h"
#include "http/net/signal.h"
#include "http/server/http2connection.h"
#include "http/server/server.h"
#include "http/server/serverconnection.h"
#include "support/testing.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

/// What tests of HTTP/2 share: a server whose handlers do what paths say, and its clients' contexts.
namespace claimsmith::http::testing {

using claimsmith::test::Http2Client;

using Fields = Http2Client::Fields;

inline constexpr std::uint32_t protocolError = 1;
inline constexpr std::uint32_t internalError = 2;
inline constexpr std::uint32_t flowControlError = 3;
inline constexpr std::uint32_t frameSizeError = 6;
inline constexpr std::uint32_t compressionError = 9;
inline constexpr std::uint32_t enhanceYourCalm = 11;

/// What the handlers of a test leave for it to look at.
struct Seen
{
    std::atomic<int> handled{0};
    std::atomic<int> waiting{0};   ///< in /wait
    std::atomic<int> gone{0};      ///< clients that left /wait
    std::atomic<bool> goOn{false}; ///< lets /wait answer
    std::atomic<std::uint64_t> sent{0};
    std::atomic<std::uint64_t> received{0};
};

/// Does what the path says.
class Performer final : public StreamHandler
{
public:
    Performer(const crypto::TlsIdentity& identity, Seen& seen) : m_identity(identity), m_seen(seen) {}

    crypto::TlsOffer offer(std::string_view) override { return {&m_identity}; }

    Task<void> handle(ServerConnection& connection) override
    {
        ++m_seen.handled;
        const std::string path(connection.request().path());
        if (path == "/wait")
            co_await wait(connection);
        else if (path == "/nothing")
            co_return;
        else if (path.starts_with("/give/"))
            co_await give(connection, std::strtoull(path.c_str() + 6, nullptr, 10));
        else if (path == "/ignore")
            co_await answer(connection, "ignored");
        else if (path == "/hold")
            co_await hold(connection);
        else
            co_await describe(connection);
    }

private:
    static Task<void> answer(ServerConnection& connection, std::string body)
    {
        ResponseHead head;
        head.headers = {{"Content-Type", "text/plain"},
                        {"Connection", "X-Drop"},
                        {"X-Drop", "1"},
                        {"Keep-Alive", "1"},
                        {"Upgrade", "x"},
                        {"X-Mixed", "a\r\nb"}};
        co_await connection.send(head, body);
    }

    static Task<void> describe(ServerConnection& connection)
    {
        const RequestHead& head = connection.request();
        std::string body = head.method + ' ' + head.target + ' ' + std::to_string(head.version.major) + '\n';
        for (const HeaderField& field : head.headers)
            body.append(field.name).append(": ").append(field.value).append("\n");
        body += '\n';
        while (!connection.isBodyComplete() && !connection.bodyError()) {
            const BytesView piece = co_await connection.readBody();
            body += piece;
        }
        if (connection.bodyError())
            body = "error " + std::to_string(statusOf(*connection.bodyError()));
        co_await answer(connection, std::move(body));
    }

    Task<void> give(ServerConnection& connection, std::uint64_t total)
    {
        const std::string piece(100'000, 'x');
        connection.begin({}, {BodyFraming::Kind::UntilClose});
        for (std::uint64_t left = total; left > 0;) {
            const BytesView part = BytesView(piece).substr(0, std::min<std::uint64_t>(left, piece.size()));
            const bool isTaken = co_await connection.write(part);
            if (!isTaken)
                co_return;
            left -= part.size();
            m_seen.sent += part.size();
        }
        co_await connection.end();
    }

    /// Answers when the test says so, or when the client has left.
    Task<void> wait(ServerConnection& connection)
    {
        ++m_seen.waiting;
        Signal tick(connection.worker().context());
        while (!m_seen.goOn && !connection.isClientGone())
            co_await tick.wait(std::chrono::steady_clock::now() + std::chrono::milliseconds(5));
        if (connection.isClientGone())
            ++m_seen.gone;
        --m_seen.waiting;
        co_await answer(connection, "waited");
    }

    /// Does not read until the test says so.
    Task<void> hold(ServerConnection& connection)
    {
        Signal tick(connection.worker().context());
        while (!m_seen.goOn && !connection.isClientGone())
            co_await tick.wait(std::chrono::steady_clock::now() + std::chrono::milliseconds(5));
        while (!connection.isBodyComplete() && !connection.bodyError()) {
            const BytesView piece = co_await connection.readBody();
            m_seen.received += piece.size();
        }
        co_await answer(connection, "held");
    }

    const crypto::TlsIdentity& m_identity;
    Seen& m_seen;
};

/// A server that speaks HTTP/2 under TLS and does what paths say, and what its clients need.
class Http2Bench
{
protected:
    std::unique_ptr<Server> serve(ServerLimits limits = {})
    {
        ServerOptions options;
        crypto::TlsServerOptions tls;
        tls.protocols = {std::string(Http2Connection::protocolName), "http/1.1"};
        options.listeners.front().tls = *crypto::TlsServerContext::create(tls);
        options.limits = limits;
        auto server =
            Server::start(options, [this](Worker&) { return std::make_unique<Performer>(*m_identity, *m_seen); });
        return server ? std::move(server).value() : nullptr;
    }

    /// In the clear.
    std::unique_ptr<Server> serveClear(bool http2)
    {
        ServerOptions options;
        options.listeners.front().http2 = http2;
        auto server =
            Server::start(options, [this](Worker&) { return std::make_unique<Performer>(*m_identity, *m_seen); });
        return server ? std::move(server).value() : nullptr;
    }

    void prepare()
    {
        auto identity = crypto::TlsIdentity::selfSigned();
        CLAIMSMITH_VERIFY_RESULT(identity);
        m_identity = std::move(identity).value();
        crypto::TlsClientOptions options;
        m_plain = *crypto::TlsClientContext::create(options);
        options.protocols = {"h2"};
        m_h2 = *crypto::TlsClientContext::create(options);
    }

    std::optional<crypto::TlsIdentity> m_identity;
    std::shared_ptr<const crypto::TlsClientContext> m_h2;
    std::shared_ptr<const crypto::TlsClientContext> m_plain; ///< for clients that do not know HTTP/2
    std::unique_ptr<Seen> m_seen;
};

} // namespace claimsmith::http::testing

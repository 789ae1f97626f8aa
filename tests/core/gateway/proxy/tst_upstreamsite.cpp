// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/upstreamsite.h"

#include "http/net/deadlines.h"
#include "http/net/mailbox.h"
#include "support/testing.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <map>

using namespace claimsmith;
using namespace claimsmith::gateway;

/// Connections to a name that has several addresses.
class TestUpstreamSite : public QObject
{
    Q_OBJECT

private slots:
    void givesEachAddressItsTurn_data();
    void givesEachAddressItsTurn();
    void goesOnWhereNobodyListens();
};

namespace {

namespace asio = http::asio;

/// A pool with a site whose name has these endpoints.
struct Bench
{
    asio::io_context context;
    http::Deadlines deadlines;
    std::shared_ptr<http::Mailbox> mailbox = std::make_shared<http::Mailbox>(context);
    UpstreamPool pool{context, deadlines, mailbox, KeepaliveSettings{}};
    UpstreamSite& site;

    explicit Bench(std::vector<http::Tcp::endpoint> endpoints) : site(pool.site("several.test", 80))
    {
        site.endpoints = std::move(endpoints);
        site.resolvedAt = std::chrono::steady_clock::now();
    }

    /// What one request uses: a connection that is there, or a new one.
    std::unique_ptr<UpstreamConnection> take()
    {
        if (auto connection = pool.reuse(site))
            return connection;
        std::unique_ptr<UpstreamConnection> made;
        asio::co_spawn(context, connect(made), asio::detached);
        context.restart();
        context.run_until(std::chrono::steady_clock::now() + std::chrono::seconds(10));
        return made;
    }

    http::Task<void> connect(std::unique_ptr<UpstreamConnection>& made)
    {
        UpstreamPool::Loan loan = co_await pool.connect(site, {}, std::chrono::seconds(10));
        made = std::move(loan.connection);
        context.stop();
    }
};

http::TcpAcceptor listenerAt(asio::io_context& context, const asio::ip::address& address)
{
    return http::TcpAcceptor(context, {address, 0});
}

} // namespace

void TestUpstreamSite::givesEachAddressItsTurn_data()
{
    QTest::addColumn<bool>("isKept");
    QTest::newRow("new connections") << false;
    QTest::newRow("connections that are kept") << true;
}

void TestUpstreamSite::givesEachAddressItsTurn()
{
    QFETCH(bool, isKept);
    asio::io_context context;
    const auto loopback = asio::ip::address_v4::loopback();
    const http::TcpAcceptor listeners[] = {listenerAt(context, loopback), listenerAt(context, loopback),
                                           listenerAt(context, loopback)};
    std::vector<http::Tcp::endpoint> endpoints;
    for (const http::TcpAcceptor& listener : listeners)
        endpoints.push_back(listener.local_endpoint());
    // Of the other family: only where there are none of the first.
    endpoints.emplace_back(asio::ip::address_v6::loopback(), endpoints.front().port());
    Bench bench(endpoints);
    std::map<unsigned short, int> uses;
    for (int i = 0; i < 6; ++i) {
        auto connection = bench.take();
        QVERIFY(connection != nullptr);
        ++uses[connection->endpoint.port()];
        if (isKept)
            bench.pool.giveBack(bench.site, std::move(connection));
    }
    QCOMPARE(uses.size(), std::size_t(3));
    for (const auto& [port, count] : uses)
        QCOMPARE(count, 2);
    QCOMPARE(bench.site.idle.size(), isKept ? std::size_t(3) : std::size_t(0));
}

void TestUpstreamSite::goesOnWhereNobodyListens()
{
    asio::io_context context;
    const auto loopback = asio::ip::address_v4::loopback();
    http::Tcp::endpoint closed;
    {
        const auto listener = listenerAt(context, loopback);
        closed = listener.local_endpoint();
    }
    const auto open = listenerAt(context, loopback);
    Bench bench({closed, open.local_endpoint()});
    for (int i = 0; i < 3; ++i) {
        const auto connection = bench.take();
        QVERIFY(connection != nullptr);
        QVERIFY(connection->endpoint == open.local_endpoint());
    }
}

QTEST_APPLESS_MAIN(TestUpstreamSite)
#include "tst_upstreamsite.moc"

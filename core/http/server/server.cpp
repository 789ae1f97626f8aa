// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server/server.h"

#include "base/log.h"
#include "http/net/descriptors.h"
#include "http/server/clientconnection.h"
#include "http/server/simplehandler.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <unordered_set>

namespace claimsmith::http {
namespace {

std::string_view serverCodeName(int code) noexcept
{
    static constexpr std::array names = {"address-in-use", "address-not-local", "not-permitted", "bad-address",
                                         "listen-failed"};
    return names[static_cast<std::size_t>(code)];
}

Error listenError(const Authority& address, const boost::system::error_code& error)
{
    ServerErrorCode code = ServerErrorCode::ListenFailed;
    if (error == asio::error::address_in_use)
        code = ServerErrorCode::AddressInUse;
    else if (error == boost::system::errc::address_not_available)
        code = ServerErrorCode::AddressNotLocal;
    else if (error == asio::error::access_denied)
        code = ServerErrorCode::NotPermitted;
    else if (error == asio::error::invalid_argument)
        code = ServerErrorCode::BadAddress;
    Error result{code};
    result.place.pointer = address.toString();
    result.detail = "cannot listen on " + address.toString() + ": " + error.message();
    result.parameters = {{"address", address.host}, {"port", std::to_string(address.port)}};
    return result;
}

bool isOutOfDescriptors(const boost::system::error_code& error) noexcept
{
    return error == boost::system::errc::too_many_files_open ||
           error == boost::system::errc::too_many_files_open_in_system || error == asio::error::no_buffer_space ||
           error == asio::error::no_memory;
}

/// When this share of the connections is all that is left, as many idle ones are closed.
constexpr std::size_t sheddingShare = 16;

/// How many clients there may be if each of them needs an upstream too: without descriptors for these, nobody would get
/// an answer.
std::size_t connectionBudget() noexcept
{
    constexpr std::size_t others = 32; // files, listeners, queues
    const std::size_t descriptors = descriptorLimit();
    return std::max<std::size_t>((descriptors - std::min(others, descriptors)) / 2, 1);
}

} // namespace

const ErrorDomain& errorDomain(ServerErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"http-server", serverCodeName};
    return domain;
}

class Server::Private
{
public:
    /// A worker with its handler and what it serves. `open` belongs to the worker's thread.
    struct Lane
    {
        explicit Lane(std::size_t index) : worker(index) {}

        std::unique_ptr<StreamHandler> handler; // destroyed after the coroutines that use it
        std::unordered_set<ClientConnection*> open;
        Worker worker;
        bool draining = false;
        std::atomic<bool> isRelieving{false}; ///< has been asked to close idle connections, and has not yet
    };

    /// A listener with its socket.
    struct Door
    {
        Listener listener;
        TcpAcceptor acceptor;
    };

    explicit Private(const ServerOptions& options) : limits(options.limits)
    {
        limits.maximumConnections = std::min(limits.maximumConnections, connectionBudget());
        for (std::size_t i = 0; i < std::max<std::size_t>(options.threads, 1); ++i)
            lanes.push_back(std::make_unique<Lane>(i));
    }

    Result<void> listen(const Listener& listener)
    {
        const Authority& wanted = listener.address;
        boost::system::error_code error;
        const auto ip = asio::ip::make_address(wanted.host == "localhost" ? "127.0.0.1" : wanted.host, error);
        if (error)
            return listenError(wanted, asio::error::invalid_argument);
        const Tcp::endpoint endpoint(ip, wanted.port);
        TcpAcceptor acceptor(lanes.front()->worker.context());
        acceptor.open(endpoint.protocol(), error);
        if (!error)
            acceptor.set_option(TcpAcceptor::reuse_address(true), error);
        if (!error && ip.is_v6())
            acceptor.set_option(asio::ip::v6_only(true), error);
        if (!error)
            acceptor.bind(endpoint, error);
        if (!error)
            acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error)
            return listenError(wanted, error);
        addresses.push_back({ip.to_string(), acceptor.local_endpoint(error).port()});
        doors.push_back(std::make_unique<Door>(Door{listener, std::move(acceptor)}));
        return {};
    }

    void run()
    {
        for (const auto& door : doors)
            asio::co_spawn(lanes.front()->worker.context(), accept(*door), asio::detached);
        for (const auto& lane : lanes)
            lane->worker.start();
    }

    Task<void> accept(Door& door);
    Task<void> serve(Lane& lane, const Door& door, TcpSocket socket);
    void relieve();
    static void closeLongestIdle(Lane& lane);
    bool stop(std::chrono::milliseconds grace);

    Lane& leastBusy() noexcept
    {
        return **std::ranges::min_element(
            lanes, {}, [](const auto& lane) { return lane->worker.connections.load(std::memory_order_relaxed); });
    }

    std::size_t connections() const noexcept
    {
        std::size_t count = 0;
        for (const auto& lane : lanes)
            count += lane->worker.connections.load(std::memory_order_relaxed);
        return count;
    }

    ServerLimits limits;
    std::vector<Authority> addresses;
    std::vector<std::unique_ptr<Lane>> lanes;
    std::vector<std::unique_ptr<Door>> doors;
    std::mutex mutex;
    std::condition_variable changed; ///< a connection was closed
    bool stopped = false;
};

Task<void> Server::Private::accept(Door& door)
{
    SteadyTimer pause(lanes.front()->worker.context());
    while (door.acceptor.is_open()) {
        Lane& lane = leastBusy();
        auto [error, socket] = co_await door.acceptor.async_accept(lane.worker.context().get_executor(), useTask);
        if (error == asio::error::operation_aborted || !door.acceptor.is_open())
            co_return;
        if (error) {
            // The connection stays in the queue: trying again at once would spin.
            if (isOutOfDescriptors(error)) {
                log(LogLevel::Warning, "http", "cannot accept a connection: " + error.message());
                pause.expires_after(std::chrono::milliseconds(100));
                co_await pause.async_wait(useTask);
            }
            continue;
        }
        if (connections() >= limits.maximumConnections - limits.maximumConnections / sheddingShare)
            relieve();
        if (connections() >= limits.maximumConnections)
            continue;
        lane.worker.connections.fetch_add(1, std::memory_order_relaxed);
        asio::co_spawn(lane.worker.context(), serve(lane, door, std::move(socket)), asio::detached);
    }
}

Task<void> Server::Private::serve(Lane& lane, const Door& door, TcpSocket socket)
{
    {
        ClientConnection connection(std::move(socket), lane.worker, limits, *lane.handler, door.listener);
        lane.open.insert(&connection);
        if (lane.draining)
            connection.drain();
        try {
            co_await connection.run();
        } catch (const std::exception& error) {
            log(LogLevel::Error, "http", std::string("a request ended in an exception: ") + error.what());
        }
        lane.open.erase(&connection);
    }
    {
        // Under the lock, so that stop() does not miss the last one between its look and its wait.
        const std::lock_guard lock(mutex);
        lane.worker.connections.fetch_sub(1, std::memory_order_relaxed);
    }
    changed.notify_all();
}

/// Asks the workers to close those that have been idle longest, so that clients that only hold connections do not keep
/// out those that want something.
void Server::Private::relieve()
{
    for (const auto& lane : lanes) {
        if (lane->isRelieving.exchange(true))
            continue;
        asio::post(lane->worker.context(), [&lane = *lane] {
            closeLongestIdle(lane);
            lane.isRelieving = false;
        });
    }
}

/// Closes a share of all, so that looking at each of them costs little for each that comes instead.
void Server::Private::closeLongestIdle(Lane& lane)
{
    std::vector<ClientConnection*> idle;
    std::ranges::copy_if(lane.open, std::back_inserter(idle), &ClientConnection::isIdle);
    const std::size_t count = std::min(idle.size(), lane.open.size() / sheddingShare + 1);
    const auto end = idle.begin() + static_cast<std::ptrdiff_t>(count);
    std::ranges::partial_sort(idle, end, {}, &ClientConnection::lastActive);
    std::for_each(idle.begin(), end, [](ClientConnection* connection) { connection->drain(); });
}

bool Server::Private::stop(std::chrono::milliseconds grace)
{
    if (std::exchange(stopped, true))
        return true;
    asio::post(lanes.front()->worker.context(), [this] {
        boost::system::error_code ignored;
        for (const auto& door : doors)
            door->acceptor.close(ignored);
    });
    for (const auto& lane : lanes) {
        asio::post(lane->worker.context(), [&lane = *lane] {
            lane.draining = true;
            for (ClientConnection* connection : lane.open)
                connection->drain();
        });
    }
    bool complete = false;
    {
        std::unique_lock lock(mutex);
        complete = changed.wait_for(lock, grace, [this] { return connections() == 0; });
    }
    for (const auto& lane : lanes)
        lane->worker.stop();
    doors.clear();
    for (const auto& lane : lanes) {
        if (lane->handler)
            lane->handler->release();
    }
    for (const auto& lane : lanes)
        lane->worker.destroy();
    return complete;
}

Server::Server(std::unique_ptr<Private> implementation) : d(std::move(implementation)) {}

Server::~Server()
{
    d->stop(std::chrono::milliseconds(0));
}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, const HandlerFactory& factory)
{
    auto implementation = std::make_unique<Private>(options);
    for (const Listener& listener : options.listeners)
        CLAIMSMITH_CHECK(implementation->listen(listener));
    for (const auto& lane : implementation->lanes)
        lane->handler = factory(lane->worker);
    implementation->run();
    return std::unique_ptr<Server>(new Server(std::move(implementation)));
}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, SimpleHandler handler,
                                              const crypto::TlsIdentity* shown)
{
    return start(options, [&](Worker&) { return std::make_unique<SimpleStreamHandler>(handler, shown); });
}

const Authority& Server::address() const noexcept
{
    return d->addresses.front();
}

const std::vector<Authority>& Server::addresses() const noexcept
{
    return d->addresses;
}

std::size_t Server::connections() const noexcept
{
    return d->connections();
}

bool Server::stop(std::chrono::milliseconds grace)
{
    return d->stop(grace);
}

} // namespace claimsmith::http

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/net/tunnel.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <memory>

namespace claimsmith::http {
namespace {

using std::chrono::steady_clock;

/// What both directions share.
struct Shared
{
    Shared(asio::io_context& context, TunnelLimits chosen) : limits(chosen), backEnded(context)
    {
        backEnded.expires_at(steady_clock::time_point::max());
    }

    TunnelLimits limits;
    TunnelBytes bytes;
    steady_clock::time_point lastMove = steady_clock::now();
    SteadyTimer backEnded; ///< cancelled when isBackOver
    bool isBackOver = false;
};

/// Waits for input. Silence of one side does no harm while the other one talks.
Task<IoStatus> awaitInput(const Shared& shared, Stream& from)
{
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(shared.lastMove + shared.limits.idle - steady_clock::now());
        const IoStatus status = co_await from.fill(std::max(left, std::chrono::milliseconds(1)));
        if (status != IoStatus::TimedOut || steady_clock::now() >= shared.lastMove + shared.limits.idle)
            co_return status;
    }
}

Task<void> pass(Shared& shared, Stream& from, Stream& to, std::uint64_t& count)
{
    for (;;) {
        const std::string_view piece = from.buffered();
        if (!piece.empty()) {
            shared.lastMove = steady_clock::now();
            const IoStatus sent = co_await to.write(piece, {}, shared.limits.send);
            if (sent != IoStatus::Ok)
                break;
            count += piece.size();
            from.consume(piece.size());
            continue;
        }
        const IoStatus status = co_await awaitInput(shared, from);
        if (status != IoStatus::Ok)
            break;
    }
    to.shutdownSend();
    from.close();
    to.close();
}

Task<void> passBack(std::shared_ptr<Shared> shared, Stream& from, Stream& to)
{
    co_await pass(*shared, from, to, shared->bytes.back);
    shared->isBackOver = true;
    shared->backEnded.cancel();
}

} // namespace

Task<TunnelBytes> tunnel(asio::io_context& context, Stream& a, Stream& b, TunnelLimits limits)
{
    const auto shared = std::make_shared<Shared>(context, limits);
    asio::co_spawn(context, passBack(shared, b, a), asio::detached);
    co_await pass(*shared, a, b, shared->bytes.forth);
    while (!shared->isBackOver)
        co_await shared->backEnded.async_wait(useTask);
    co_return shared->bytes;
}

} // namespace claimsmith::http

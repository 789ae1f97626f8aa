// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/net/asio.h"
#include "http/net/mailbox.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace claimsmith::gateway {

/// What became of a name.
struct Resolved
{
    enum class State {
        Found,
        Unknown, ///< the name does not exist
        Failed,  ///< no answer, or an answer that is none
    };
    State state = State::Failed;
    std::vector<http::asio::ip::address> addresses = {};
    std::string error = {};
};

/// Turns names into addresses without blocking the worker. Numeric addresses and "localhost" are known at once;
/// everything else is asked of the system (hosts file included) on a thread that nobody waits for, because getaddrinfo
/// can't be stopped.
class Resolver final
{
public:
    Resolver(http::asio::io_context& context, std::shared_ptr<http::Mailbox> mailbox) noexcept;

    /// The addresses in the order in which to try them.
    http::Task<Resolved> resolve(std::string host, std::chrono::milliseconds limit);

private:
    http::asio::io_context& m_context;
    std::shared_ptr<http::Mailbox> m_mailbox;
};

} // namespace claimsmith::gateway

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/resolver.h"

#include "base/text.h"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <thread>

namespace claimsmith::gateway {
namespace {

namespace asio = http::asio;

struct FreeAddresses
{
    void operator()(addrinfo* list) const noexcept { ::freeaddrinfo(list); }
};

Resolved lookUp(const std::string& host)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* list = nullptr;
    const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &list);
    const std::unique_ptr<addrinfo, FreeAddresses> owner(list);
    if (error != 0) {
        const bool isUnknown = error == EAI_NONAME || error == EAI_NODATA;
        return {isUnknown ? Resolved::State::Unknown : Resolved::State::Failed, {}, ::gai_strerror(error)};
    }
    Resolved result{Resolved::State::Found};
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        http::Tcp::endpoint endpoint;
        std::copy_n(static_cast<const char*>(static_cast<const void*>(entry->ai_addr)),
                    std::min<std::size_t>(entry->ai_addrlen, endpoint.capacity()),
                    static_cast<char*>(static_cast<void*>(endpoint.data())));
        if (std::ranges::find(result.addresses, endpoint.address()) == result.addresses.end())
            result.addresses.push_back(endpoint.address());
    }
    // IPv4 first, as Kong's resolver orders them.
    std::ranges::stable_partition(result.addresses, [](const asio::ip::address& address) { return address.is_v4(); });
    return result;
}

/// Where a lookup leaves its answer. The waiting coroutine owns it.
struct Answer
{
    explicit Answer(asio::io_context& context) : arrived(context) {}
    http::SteadyTimer arrived; ///< cancelled when `resolved` is there
    std::optional<Resolved> resolved;
};

} // namespace

Resolver::Resolver(asio::io_context& context, std::shared_ptr<http::Mailbox> mailbox) noexcept
    : m_context(context), m_mailbox(std::move(mailbox))
{
}

http::Task<Resolved> Resolver::resolve(std::string host, std::chrono::milliseconds limit)
{
    boost::system::error_code notNumeric;
    const auto address = asio::ip::make_address(host, notNumeric);
    if (!notNumeric)
        co_return Resolved{Resolved::State::Found, {address}};
    if (equalIgnoringCase(host, "localhost"))
        co_return Resolved{Resolved::State::Found,
                           {asio::ip::address_v4::loopback(), asio::ip::address_v6::loopback()}};

    const auto answer = std::make_shared<Answer>(m_context);
    answer->arrived.expires_after(limit);
    try {
        std::thread([name = std::move(host), mailbox = m_mailbox, weak = std::weak_ptr(answer)] {
            mailbox->post([weak, resolved = lookUp(name)]() mutable {
                if (const auto waiting = weak.lock()) {
                    waiting->resolved = std::move(resolved);
                    waiting->arrived.cancel();
                }
            });
        }).detach();
    } catch (const std::system_error& error) {
        co_return Resolved{Resolved::State::Failed, {}, error.what()};
    }
    co_await answer->arrived.async_wait(http::useTask);
    if (answer->resolved)
        co_return *std::move(answer->resolved);
    co_return Resolved{Resolved::State::Failed, {}, "timeout"};
}

} // namespace claimsmith::gateway

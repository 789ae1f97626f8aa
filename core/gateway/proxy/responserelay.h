// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"
#include "http/net/stream.h"
#include "http/server/serverconnection.h"
#include "http/wire/framing.h"

#include <chrono>
#include <cstdint>
#include <functional>

namespace claimsmith::gateway {

/// The body of one response on its way from the upstream to the client, in bounded memory, past the plugins that watch
/// it or, then held back until it is whole, change it. Lives for one exchange, on its worker.
class ResponseRelay final
{
public:
    /// `onAnswer` is called when all that the client will be sent is decided on, before anything of it is sent; it has
    /// to outlive this. `limit`: for each piece that the upstream sends.
    ResponseRelay(Exchange& exchange, http::ServerConnection& client, const std::function<void()>& onAnswer,
                  std::chrono::milliseconds limit);
    ResponseRelay(const ResponseRelay&) = delete;
    ResponseRelay& operator=(const ResponseRelay&) = delete;

    /// Sends exchange.response, which plugins have seen, and the body that `stream` holds next. `answer`: the
    /// upstream's headers. False when either side failed: the client sees that the response is incomplete.
    http::Task<bool> run(http::Stream& stream, const http::HeaderMap& answer, http::BodyFraming framing, BodyUse use);

    /// Of the body, to the client.
    std::uint64_t bytes() const noexcept { return m_bytes; }

private:
    http::Task<bool> relayNoBody(const http::HeaderMap& answer);
    http::Task<bool> relayChunks(http::Stream& stream);
    http::Task<bool> relayPlain(http::Stream& stream, http::BodyFraming framing);
    void begin(http::BodyFraming framing);
    http::Task<bool> passOn(BytesView piece);
    http::Task<bool> filter(BytesView piece);
    http::Task<bool> end();
    http::BodyFraming changedFraming() const;
    http::Task<bool> endFiltered();

    Exchange& m_exchange;
    http::ServerConnection& m_client;
    const std::function<void()>& m_onAnswer;
    std::chrono::milliseconds m_limit;
    BodyUse m_use = BodyUse::None; ///< Change: the head waits until the body is whole, in m_kept
    Bytes m_kept;
    std::uint64_t m_bytes = 0;
};

} // namespace claimsmith::gateway

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"
#include "http/bodystore.h"
#include "http/net/stream.h"
#include "http/server/serverconnection.h"
#include "http/wire/framing.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace claimsmith::gateway {

/// The body of one request on its way from the client to its upstream, in bounded memory: a small one is read before
/// the upstream is asked, so that a failed try can be repeated, a large one is streamed, and a chunked one waits in a
/// BodyStore until its length is known, unless its route does not buffer requests. Lives for one exchange, on its
/// worker.
class RequestBody final
{
public:
    /// Bodies up to this size are held in memory while the upstream is asked.
    static constexpr std::uint64_t heldBody = 64 * 1024;

    RequestBody(Exchange& exchange, http::ServerConnection& client);
    RequestBody(const RequestBody&) = delete;
    RequestBody& operator=(const RequestBody&) = delete;

    /// Decides where the body comes from, and reads it when it is small or of unknown length; false when the client
    /// failed to send it. Kong too reads before it sends, and announces the length of what came in chunks.
    http::Task<bool> collect();

    /// How it is announced to the upstream. After collect().
    http::BodyFraming framing() const noexcept;

    /// Whether it goes from the client's connection to the upstream's: what was sent can't be sent again.
    bool isStreamed() const noexcept { return m_streams; }

    /// Sends it behind `head`. What is streamed goes on while the answer is awaited: `stream` has to live until
    /// endUpload(). `limit` holds for each piece.
    http::Task<bool> send(http::Stream& stream, BytesView head, std::chrono::milliseconds limit);

    /// Whether it still goes on.
    bool isUploading() const noexcept;

    /// Whether the upstream has been given all of it: otherwise it would take what follows for the rest.
    bool isSent() const noexcept { return m_isSent; }

    /// Whether the upstream took nothing more of it for too long: its connection is of no use then.
    bool isLate() const noexcept { return m_isLate; }

    /// The same once reading from the upstream has failed: a write that runs out of time ends the read as well, which
    /// is told first.
    http::Task<bool> hasBecomeLate();

    /// Waits until nothing uses the client's connection for reading any more; closes `stream`, when there is one, to
    /// end what goes on.
    http::Task<void> endUpload(http::Stream* stream);

private:
    /// What a body that is streamed shares with the coroutine that streams it.
    struct Upload;

    bool isTaken(http::IoStatus status) noexcept;
    http::Task<void> collectUnbuffered();
    http::Task<bool> sendStored(http::Stream& stream, std::chrono::milliseconds limit);
    http::Task<void> upload(std::shared_ptr<Upload> state, http::Stream& stream, std::chrono::milliseconds limit);

    Exchange& m_exchange;
    http::ServerConnection& m_client;
    std::string m_held; ///< a body read from the client, when it is small
    BytesView m_body;   ///< what is sent from memory: m_held, or what a plugin or the reader left in the exchange
    std::optional<http::BodyStore> m_store; ///< a chunked body
    std::shared_ptr<Upload> m_upload;       ///< null: nothing was streamed
    bool m_isSent = false;
    bool m_isLate = false;
    bool m_streams = false; ///< the body goes from the client's connection to the upstream's, behind m_body
};

} // namespace claimsmith::gateway

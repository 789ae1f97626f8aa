// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "crypto/tls.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::test {

/// A blocking TCP client that sends and reads exact bytes: what a test needs to be a malformed, slow or rude peer.
/// Every wait ends after `patience`.
class RawClient final
{
public:
    static constexpr std::chrono::seconds patience{10};

    explicit RawClient(std::uint16_t port, int receiveBuffer = 0);
    /// The same under TLS; not connected when the handshake fails. Ask for `serverName`, demand `verifiedName`.
    RawClient(std::uint16_t port, const crypto::TlsClientContext& tls, const std::string& serverName,
              const std::string& verifiedName = {});
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    ~RawClient();

    bool isConnected() const noexcept { return m_socket >= 0; }

    /// What was agreed on under TLS.
    crypto::TlsPeer peer() const { return m_tls->peer(); }

    bool send(std::string_view bytes);
    /// Everything up to and with `end`; what came so far when the peer closes first.
    std::string readUntil(std::string_view end);
    std::string readExactly(std::size_t count);
    /// One response: head, and the body that its Content-Length or chunks announce (chunks as they are on the wire).
    std::string readResponse(bool hasBody = true);
    /// Everything until the peer closes; nothing when it does not.
    std::optional<std::string> readToEnd();
    /// Whether the peer has closed, waiting for it.
    bool isClosedByPeer();
    void shutdownSend() noexcept;
    /// Closes with a reset, as a client that crashed does.
    void reset() noexcept;

private:
    bool receive();

    int m_socket = -1;
    std::unique_ptr<crypto::TlsSession> m_tls;
    std::string m_buffer;
};

/// The status of a response text, 0 when there is none.
int statusOf(std::string_view response) noexcept;
/// What follows the empty line.
std::string_view bodyOf(std::string_view response) noexcept;
/// The value of a header line, "" when absent.
std::string headerOf(std::string_view response, std::string_view name);

} // namespace claimsmith::test

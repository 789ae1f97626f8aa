// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/server/protocol.h"

namespace claimsmith::http {

/// HTTP/1.1 and 1.0 (RFC 9112). Requests of one connection are handled one after the other, also when they came
/// together.
class Http1Connection final : public Protocol, public ServerConnection
{
public:
    explicit Http1Connection(const ProtocolParts& parts);

    Task<void> run() override;
    void drain() noexcept override;

    bool isIdle() const noexcept override { return m_idle; }

    std::chrono::steady_clock::time_point lastActive() const noexcept override { return m_receivedAt; }

    using ServerConnection::readBody;
    Task<BytesView> readBody(bool mayWait) override;
    void stopReading() noexcept override;
    Task<bool> continueIfExpected() override;
    Task<bool> send(const ResponseHead& head, BytesView body) override;
    void begin(const ResponseHead& head, BodyFraming framing) override;
    Task<bool> write(BytesView data) override;
    Task<bool> flush() override;
    Task<bool> end() override;
    Task<bool> sendInterim(const ResponseHead& head) override;
    Task<Stream*> switchProtocols(const ResponseHead& head) override;
    bool isClientGone() noexcept override;
    void abort() noexcept override;

private:
    enum class HeadOutcome { Ready, Closed, Refused };

    Task<HeadOutcome> readHead();
    HeadResult parseHead();
    bool mayBeComplete() const noexcept;
    Task<HeadOutcome> acceptHead();
    Task<void> refuse(WireErrorCode error);
    Task<bool> discardBody();
    void resetForRequest() noexcept;
    void appendHead(const ResponseHead& head, BodyFraming framing);
    void appendConnection(const HeaderMap& headers);

    Stream& m_stream;
    const ServerLimits& m_limits;
    StreamHandler& m_handler;
    ChunkDecoder m_decoder;
    std::chrono::milliseconds m_bodyTime{}; ///< for the next piece of the body
    std::uint64_t m_bodyLeft = 0;           ///< of a body with a length
    std::size_t m_parsed = 0;               ///< size of the input when the head was looked at last
    std::size_t m_toConsume = 0;            ///< buffered bytes behind the last view that readBody() gave
    std::string m_out;                      ///< what waits to be sent
    bool m_draining = false;
    bool m_idle = true;          ///< between two requests
    bool m_chunked = false;      ///< the answer is
    bool m_stopsReading = false; ///< what is left of the body matters to nobody
};

} // namespace claimsmith::http

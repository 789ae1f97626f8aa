// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/certificate.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct ssl_ctx_st;
struct ssl_st;

namespace claimsmith::crypto {

enum class TlsVersion { Tls10, Tls11, Tls12, Tls13 };

enum class TlsErrorCode {
    BadCiphers,    ///< no cipher of the list is known
    BadParameters, ///< versions that make no range, a protocol name that is too long
};
const ErrorDomain& errorDomain(TlsErrorCode) noexcept;

struct TlsServerOptions
{
    TlsVersion minimum = TlsVersion::Tls12;
    TlsVersion maximum = TlsVersion::Tls13;
    std::string ciphers = {}; ///< of TLS 1.2 and older, as OpenSSL writes them; empty: OpenSSL's choice
    bool prefersOwnCiphers = true;
    bool tickets = true; ///< sessions can be resumed (RFC 8446 §2.2)
    std::chrono::seconds sessionLifetime{24 * 60 * 60};
    std::vector<std::string> protocols = {}; ///< ALPN (RFC 7301), the preferred one first; empty: none is agreed on
};

/// What all connections of a listener have in common. Immutable; any number of threads.
class TlsServerContext final
{
public:
    static Result<std::shared_ptr<const TlsServerContext>> create(const TlsServerOptions& options);

    /// Private to core/crypto.
    ssl_ctx_st* handle() const noexcept { return m_context.get(); }

private:
    explicit TlsServerContext(std::shared_ptr<ssl_ctx_st> context) : m_context(std::move(context)) {}
    std::shared_ptr<ssl_ctx_st> m_context;
    std::vector<unsigned char> m_protocols; ///< length-prefixed, as OpenSSL wants them
};

/// What a server shows to one client.
struct TlsOffer
{
    const TlsIdentity* identity = nullptr;    ///< null: the handshake fails
    const TlsIdentity* alternative = nullptr; ///< with a key of another kind, for clients that prefer it
    bool asksForCertificate = false;          ///< whoever gets the client's certificate has to verify it
};

/// Decides by the name that a client asks for (SNI, RFC 6066 §3), as sent; empty when it asks for none. What the offer
/// points to has to live until it returns to the handshake's caller.
using TlsChooser = std::function<TlsOffer(std::string_view serverName)>;

struct TlsClientOptions
{
    TlsVersion minimum = TlsVersion::Tls12;
    TlsVersion maximum = TlsVersion::Tls13;
    std::string ciphers = {};                 ///< as above
    std::optional<TrustStore> trust = {};     ///< none: any certificate will do
    int depth = 100;                          ///< as VerifyOptions::depth
    std::optional<TlsIdentity> identity = {}; ///< shown to servers that ask for one
    std::vector<std::string> protocols = {};  ///< ALPN (RFC 7301), the preferred one first; empty: not spoken of
};

/// What all connections to a kind of server have in common. Immutable; any number of threads.
class TlsClientContext final
{
public:
    static Result<std::shared_ptr<const TlsClientContext>> create(const TlsClientOptions& options);

    /// Private to core/crypto.
    ssl_ctx_st* handle() const noexcept { return m_context.get(); }

private:
    explicit TlsClientContext(std::shared_ptr<ssl_ctx_st> context) : m_context(std::move(context)) {}
    std::shared_ptr<ssl_ctx_st> m_context;
};

enum class TlsStatus {
    Done,
    WantRead,  ///< call again when the socket has input
    WantWrite, ///< call again when the socket takes output
    Ended,     ///< the peer has sent everything it will send
    Failed,
};

/// What both sides agreed on.
struct TlsPeer
{
    std::string serverName;                ///< that the client asked for; empty when it asked for none
    std::string version;                   ///< "TLSv1.3"
    std::string cipher;                    ///< as OpenSSL names it
    std::string protocol;                  ///< by ALPN; empty when none was agreed on
    std::vector<Certificate> certificates; ///< the peer's own first
};

/// TLS on a connected, non-blocking socket (RFC 8446, RFC 5246). It reads and writes the socket but neither owns it nor
/// waits for it: every call does what can be done now. For one thread. A peer that closes without saying so counts as
/// having ended: servers and clients that do are common, and HTTP tells by itself whether a message is complete.
class TlsSession final
{
public:
    /// `chooser` is asked once, within handshake(); it and the context have to live that long.
    static std::unique_ptr<TlsSession> accept(const TlsServerContext& context, int socket, const TlsChooser& chooser);
    /// `serverName`: what to ask for; left out when it is empty or an address. `verifiedName`: name or address that the
    /// server's certificate has to speak for when the context trusts somebody.
    static std::unique_ptr<TlsSession> connect(const TlsClientContext& context, int socket,
                                               const std::string& serverName, const std::string& verifiedName);
    ~TlsSession();
    TlsSession(const TlsSession&) = delete;
    TlsSession& operator=(const TlsSession&) = delete;

    TlsStatus handshake() noexcept;
    /// At least one byte when Done. `count` is 0 otherwise.
    TlsStatus read(char* into, std::size_t size, std::size_t& count) noexcept;
    /// Done when at least one byte was taken; the rest is to be given again, from wherever it is by then.
    TlsStatus write(BytesView bytes, std::size_t& count) noexcept;
    /// What read() would say, without taking anything.
    TlsStatus peek() noexcept;
    /// Tells the peer that nothing more comes, if that goes at once.
    void endSending() noexcept;
    /// The socket is gone: everything fails from now on.
    void detach() noexcept { m_socket = -1; }

    /// After the handshake.
    TlsPeer peer() const;
    /// Why it failed, for logs and traces: "certificate has expired", "wrong version number".
    const std::string& failure() const noexcept { return m_failure; }

    /// Private to core/crypto.
    TlsOffer choose(std::string_view serverName);
    int socket() const noexcept { return m_socket; }

private:
    TlsSession(ssl_ctx_st* context, int socket);
    TlsStatus statusOf(int result) noexcept;

    struct Free
    {
        void operator()(ssl_st* session) const noexcept;
    };
    std::unique_ptr<ssl_st, Free> m_ssl;
    int m_socket;
    const TlsChooser* m_chooser = nullptr;
    std::string m_serverName;
    std::string m_failure;
};

} // namespace claimsmith::crypto

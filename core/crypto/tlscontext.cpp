// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/openssl.h"
#include "crypto/tls.h"
#include "crypto/tlscallbacks.h"

#include <openssl/ssl.h>

#include <array>

namespace claimsmith::crypto {
namespace {

constexpr std::array<std::string_view, 2> codeNames = {"bad-ciphers", "bad-parameters"};
constexpr ErrorDomain domain{"tls", [](int code) noexcept { return codeNames[static_cast<std::size_t>(code)]; }};

using Context = std::shared_ptr<SSL_CTX>;

int numberOf(TlsVersion version) noexcept
{
    static constexpr std::array numbers = {TLS1_VERSION, TLS1_1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION};
    return numbers[static_cast<std::size_t>(version)];
}

/// What servers and clients have in common.
Result<Context> makeContext(const SSL_METHOD* method, TlsVersion minimum, TlsVersion maximum,
                            const std::string& ciphers)
{
    Context context(SSL_CTX_new(method), SSL_CTX_free);
    if (!context)
        return ossl::failure(CryptoErrorCode::LibraryFailure);
    if (minimum > maximum)
        return Error{.code = TlsErrorCode::BadParameters, .detail = "the versions make no range"};
    SSL_CTX_set_min_proto_version(context.get(), numberOf(minimum));
    SSL_CTX_set_max_proto_version(context.get(), numberOf(maximum));
    // OpenSSL's list for TLS 1.2 may be empty when nothing older than 1.3 is spoken.
    if (!ciphers.empty() && SSL_CTX_set_cipher_list(context.get(), ciphers.c_str()) != 1)
        return Error{.code = TlsErrorCode::BadCiphers, .detail = "no cipher is known in '" + ciphers + "'"};
    SSL_CTX_set_options(context.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    // Idle connections hold no buffers; what is not written at once may come from another place the next time.
    SSL_CTX_set_mode(context.get(),
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    // One call to the system for a record instead of two.
    SSL_CTX_set_read_ahead(context.get(), 1);
    return context;
}

/// Protocol names as ALPN writes them: each behind its length.
Result<std::vector<unsigned char>> encodeProtocols(const std::vector<std::string>& names)
{
    std::vector<unsigned char> encoded;
    for (const std::string& name : names) {
        if (name.empty() || name.size() > 255)
            return Error{.code = TlsErrorCode::BadParameters, .detail = "a protocol's name has 1 to 255 octets"};
        encoded.push_back(static_cast<unsigned char>(name.size()));
        encoded.insert(encoded.end(), name.begin(), name.end());
    }
    return encoded;
}

/// The first of our protocols that the client offers too (RFC 7301 §3.2); without one the connection goes on.
int chooseProtocol(SSL* /*session*/, const unsigned char** out, unsigned char* outSize, const unsigned char* in,
                   unsigned int inSize, void* own)
{
    const auto& protocols = *static_cast<const std::vector<unsigned char>*>(own);
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, outSize, protocols.data(), static_cast<unsigned int>(protocols.size()), in,
                              inSize) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

} // namespace

const ErrorDomain& errorDomain(TlsErrorCode) noexcept
{
    return domain;
}

Result<std::shared_ptr<const TlsServerContext>> TlsServerContext::create(const TlsServerOptions& options)
{
    const ossl::ErrorQueueGuard guard;
    CLAIMSMITH_TRY(Context context,
                   makeContext(TLS_server_method(), options.minimum, options.maximum, options.ciphers));
    std::shared_ptr<TlsServerContext> made(new TlsServerContext(std::move(context)));
    CLAIMSMITH_TRY(made->m_protocols, encodeProtocols(options.protocols));
    SSL_CTX* const handle = made->handle();
    if (options.prefersOwnCiphers)
        SSL_CTX_set_options(handle, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    if (!options.tickets) {
        SSL_CTX_set_options(handle, SSL_OP_NO_TICKET);
        SSL_CTX_set_num_tickets(handle, 0);
    }
    // Sessions live in the clients' tickets: nothing is shared by the workers.
    SSL_CTX_set_session_cache_mode(handle, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_timeout(handle, static_cast<long>(options.sessionLifetime.count()));
    static constexpr std::string_view sessionContext = "claimsmith";
    SSL_CTX_set_session_id_context(handle, ossl::octets(sessionContext), sessionContext.size());
    SSL_CTX_set_dh_auto(handle, 1);
    SSL_CTX_set_client_hello_cb(handle, &onClientHello, nullptr);
    // Written out, here and in the session: OpenSSL's macros for it cast as C does.
    SSL_CTX_callback_ctrl(handle, SSL_CTRL_SET_TLSEXT_SERVERNAME_CB,
                          reinterpret_cast<void (*)()>(&acknowledgeServerName));
    if (!made->m_protocols.empty())
        SSL_CTX_set_alpn_select_cb(handle, &chooseProtocol, &made->m_protocols);
    return std::shared_ptr<const TlsServerContext>(std::move(made));
}

Result<std::shared_ptr<const TlsClientContext>> TlsClientContext::create(const TlsClientOptions& options)
{
    const ossl::ErrorQueueGuard guard;
    CLAIMSMITH_TRY(Context context,
                   makeContext(TLS_client_method(), options.minimum, options.maximum, options.ciphers));
    if (options.trust) {
        SSL_CTX_set1_cert_store(context.get(), options.trust->handle());
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
        SSL_CTX_set_verify_depth(context.get(), options.depth);
    } else {
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
    }
    if (options.identity && !useIdentity(context.get(), *options.identity))
        return ossl::failure(CryptoErrorCode::KeyUnfit);
    CLAIMSMITH_TRY(const std::vector<unsigned char> protocols, encodeProtocols(options.protocols));
    if (!protocols.empty())
        SSL_CTX_set_alpn_protos(context.get(), protocols.data(), static_cast<unsigned int>(protocols.size()));
    return std::shared_ptr<const TlsClientContext>(new TlsClientContext(std::move(context)));
}

} // namespace claimsmith::crypto

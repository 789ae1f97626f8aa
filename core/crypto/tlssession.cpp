// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/openssl.h"
#include "crypto/tls.h"
#include "crypto/tlscallbacks.h"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <sys/socket.h>

#include <cerrno>

namespace claimsmith::crypto {
namespace {

/// A list that does not own what is in it.
struct FreeList
{
    void operator()(STACK_OF(X509) * list) const noexcept { sk_X509_free(list); }
};
using CertificateList = std::unique_ptr<STACK_OF(X509), FreeList>;

CertificateList issuersOf(const TlsIdentity& identity)
{
    CertificateList issuers(sk_X509_new_null());
    for (std::size_t i = 1; i < identity.chain().size(); ++i)
        sk_X509_push(issuers.get(), identity.chain()[i].handle());
    return issuers;
}

Certificate shared(::X509* certificate)
{
    X509_up_ref(certificate);
    return Certificate(std::shared_ptr<::X509>(certificate, X509_free));
}

/// The host name of the server_name extension (RFC 6066 §3), as sent; empty when there is none or it is malformed,
/// which OpenSSL refuses a moment later.
std::string_view serverNameIn(SSL* ssl)
{
    const unsigned char* data = nullptr;
    std::size_t size = 0;
    if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &data, &size) != 1 || size < 5)
        return {};
    // A list with its length, and in it one name with its kind and length.
    const auto number = [data](std::size_t at) { return static_cast<std::size_t>(data[at]) << 8U | data[at + 1]; };
    const std::size_t length = number(3);
    if (number(0) != size - 2 || data[2] != TLSEXT_NAMETYPE_host_name || length > size - 5)
        return {};
    return {reinterpret_cast<const char*>(data + 5), length};
}

// --- The socket, as OpenSSL sees it. Its own would raise SIGPIPE.

int writeSocket(BIO* bio, const char* data, int size)
{
    const auto& session = *static_cast<const TlsSession*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    const ssize_t count = ::send(session.socket(), data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        BIO_set_retry_write(bio);
    return static_cast<int>(count);
}

int readSocket(BIO* bio, char* data, int size)
{
    const auto& session = *static_cast<const TlsSession*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    const ssize_t count = ::recv(session.socket(), data, static_cast<std::size_t>(size), 0);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        BIO_set_retry_read(bio);
    if (count == 0)
        BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    return static_cast<int>(count);
}

long controlSocket(BIO* bio, int command, long /*number*/, void* /*pointer*/)
{
    if (command == BIO_CTRL_FLUSH)
        return 1;
    if (command == BIO_CTRL_EOF)
        return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
    return 0;
}

const BIO_METHOD* socketMethod()
{
    static const std::unique_ptr<BIO_METHOD, ossl::Deleter<BIO_meth_free>> method = [] {
        std::unique_ptr<BIO_METHOD, ossl::Deleter<BIO_meth_free>> made(
            BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "claimsmith socket"));
        if (!made)
            ossl::fatal("no memory for a socket's methods");
        BIO_meth_set_write(made.get(), &writeSocket);
        BIO_meth_set_read(made.get(), &readSocket);
        BIO_meth_set_ctrl(made.get(), &controlSocket);
        return made;
    }();
    return method.get();
}

bool isAddress(const std::string& name)
{
    const std::unique_ptr<ASN1_OCTET_STRING, ossl::Deleter<ASN1_OCTET_STRING_free>> address(
        a2i_IPADDRESS(name.c_str()));
    return address != nullptr;
}

} // namespace

bool useIdentity(SSL_CTX* context, const TlsIdentity& identity)
{
    const CertificateList issuers = issuersOf(identity);
    return SSL_CTX_use_cert_and_key(context, identity.certificate().handle(), identity.key().handle(), issuers.get(),
                                    1) == 1;
}

bool useIdentity(SSL* ssl, const TlsIdentity& identity)
{
    const CertificateList issuers = issuersOf(identity);
    return SSL_use_cert_and_key(ssl, identity.certificate().handle(), identity.key().handle(), issuers.get(), 1) == 1;
}

int onClientHello(SSL* ssl, int* alert, void* /*unused*/)
{
    auto& session = *static_cast<TlsSession*>(SSL_get_app_data(ssl));
    const TlsOffer offer = session.choose(serverNameIn(ssl));
    *alert = SSL_AD_UNRECOGNIZED_NAME;
    if (offer.identity == nullptr || !useIdentity(ssl, *offer.identity))
        return SSL_CLIENT_HELLO_ERROR;
    if (offer.alternative != nullptr && !useIdentity(ssl, *offer.alternative))
        return SSL_CLIENT_HELLO_ERROR;
    if (offer.asksForCertificate) {
        // Whether it is trusted depends on the route: the plugin that wants it decides.
        SSL_set_verify(ssl, SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
        SSL_set_options(ssl, SSL_OP_NO_TICKET);
    }
    return SSL_CLIENT_HELLO_SUCCESS;
}

int acknowledgeServerName(SSL* ssl, int* /*alert*/, void* /*unused*/)
{
    return SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) != nullptr ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

void TlsSession::Free::operator()(ssl_st* session) const noexcept
{
    SSL_free(session);
}

TlsSession::TlsSession(ssl_ctx_st* context, int socket) : m_ssl(SSL_new(context)), m_socket(socket)
{
    BIO* const bio = m_ssl ? BIO_new(socketMethod()) : nullptr;
    if (bio == nullptr)
        ossl::fatal("no memory for a TLS session");
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(m_ssl.get(), bio, bio);
    SSL_set_app_data(m_ssl.get(), this);
}

TlsSession::~TlsSession() = default;

std::unique_ptr<TlsSession> TlsSession::accept(const TlsServerContext& context, int socket, const TlsChooser& chooser)
{
    std::unique_ptr<TlsSession> session(new TlsSession(context.handle(), socket));
    session->m_chooser = &chooser;
    SSL_set_accept_state(session->m_ssl.get());
    return session;
}

std::unique_ptr<TlsSession> TlsSession::connect(const TlsClientContext& context, int socket,
                                                const std::string& serverName, const std::string& verifiedName)
{
    const ossl::ErrorQueueGuard guard;
    std::unique_ptr<TlsSession> session(new TlsSession(context.handle(), socket));
    SSL* const ssl = session->m_ssl.get();
    // Addresses are no server names (RFC 6066 §3).
    if (!serverName.empty() && !isAddress(serverName)) {
        session->m_serverName = serverName;
        SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, session->m_serverName.data());
    }
    if (!verifiedName.empty()) {
        X509_VERIFY_PARAM* const parameters = SSL_get0_param(ssl);
        if (X509_VERIFY_PARAM_set1_ip_asc(parameters, verifiedName.c_str()) != 1)
            X509_VERIFY_PARAM_set1_host(parameters, verifiedName.c_str(), verifiedName.size());
    }
    SSL_set_connect_state(ssl);
    return session;
}

TlsOffer TlsSession::choose(std::string_view serverName)
{
    m_serverName = serverName;
    return m_chooser == nullptr ? TlsOffer{} : (*m_chooser)(serverName);
}

TlsStatus TlsSession::statusOf(int result) noexcept
{
    switch (SSL_get_error(m_ssl.get(), result)) {
    case SSL_ERROR_WANT_READ:
        return TlsStatus::WantRead;
    case SSL_ERROR_WANT_WRITE:
        return TlsStatus::WantWrite;
    case SSL_ERROR_ZERO_RETURN:
        return TlsStatus::Ended;
    default:
        break;
    }
    const long verified = SSL_get_verify_result(m_ssl.get());
    const unsigned long latest = ERR_peek_last_error();
    if (verified != X509_V_OK && SSL_get_verify_mode(m_ssl.get()) != SSL_VERIFY_NONE && m_chooser == nullptr)
        m_failure = X509_verify_cert_error_string(verified);
    else if (const char* const reason = latest == 0 ? nullptr : ERR_reason_error_string(latest))
        m_failure = reason;
    else
        m_failure = "the connection broke";
    ERR_clear_error();
    return TlsStatus::Failed;
}

TlsStatus TlsSession::handshake() noexcept
{
    ERR_clear_error();
    const int result = SSL_do_handshake(m_ssl.get());
    return result == 1 ? TlsStatus::Done : statusOf(result);
}

TlsStatus TlsSession::read(char* into, std::size_t size, std::size_t& count) noexcept
{
    ERR_clear_error();
    count = 0;
    const int result = SSL_read_ex(m_ssl.get(), into, size, &count);
    return result == 1 ? TlsStatus::Done : statusOf(result);
}

TlsStatus TlsSession::write(BytesView bytes, std::size_t& count) noexcept
{
    ERR_clear_error();
    count = 0;
    const int result = SSL_write_ex(m_ssl.get(), bytes.data(), bytes.size(), &count);
    const TlsStatus status = result == 1 ? TlsStatus::Done : statusOf(result);
    // OpenSSL answers so for any fault behind the peer's end; for who writes that end means nothing.
    return status == TlsStatus::Ended ? TlsStatus::Failed : status;
}

TlsStatus TlsSession::peek() noexcept
{
    ERR_clear_error();
    char byte = 0;
    std::size_t count = 0;
    const int result = SSL_peek_ex(m_ssl.get(), &byte, 1, &count);
    return result == 1 ? TlsStatus::Done : statusOf(result);
}

void TlsSession::endSending() noexcept
{
    if (m_socket < 0 || SSL_is_init_finished(m_ssl.get()) == 0)
        return;
    ERR_clear_error();
    SSL_shutdown(m_ssl.get());
    ERR_clear_error();
}

TlsPeer TlsSession::peer() const
{
    const ossl::ErrorQueueGuard guard;
    TlsPeer peer;
    peer.serverName = m_serverName;
    peer.version = SSL_get_version(m_ssl.get());
    peer.cipher = SSL_get_cipher_name(m_ssl.get());
    const unsigned char* protocol = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(m_ssl.get(), &protocol, &size);
    if (size > 0)
        peer.protocol.assign(reinterpret_cast<const char*>(protocol), size);
    if (::X509* const own = SSL_get0_peer_certificate(m_ssl.get()))
        peer.certificates.push_back(shared(own));
    STACK_OF(X509)* const chain = SSL_get_peer_cert_chain(m_ssl.get());
    // A client's list begins with the server's own certificate, a server's with the one behind the client's.
    const int first = SSL_is_server(m_ssl.get()) != 0 ? 0 : 1;
    for (int i = first; chain != nullptr && i < sk_X509_num(chain); ++i)
        peer.certificates.push_back(shared(sk_X509_value(chain, i)));
    return peer;
}

} // namespace claimsmith::crypto

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "crypto/key.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct x509_st;
struct x509_store_st;

namespace claimsmith::crypto {

enum class CertificateErrorCode {
    NotACertificate, ///< neither PEM nor DER of one
    KeyMismatch,     ///< certificate and private key do not belong together
    Untrusted,       ///< no trusted issuer, a broken signature, not for this purpose: parameter "reason" says which
    Expired,
    NotYetValid,
    NameMismatch, ///< it does not speak for the name that was asked for
};
const ErrorDomain& errorDomain(CertificateErrorCode) noexcept;

/// What a certificate says beside its key (RFC 5280). Nothing of it is checked: that is TrustStore's business.
struct CertificateInfo
{
    std::string subject; ///< RFC 2253 style
    std::string issuer;
    std::string serial; ///< hexadecimal
    TimePoint notBefore;
    TimePoint notAfter;
    Bytes der;
};

/// One entry of the subjectAltName extension (RFC 5280 §4.2.1.6).
struct AlternativeName
{
    enum class Kind { Dns, Email, Uri, Ip };
    Kind kind = Kind::Dns;
    std::string text; ///< addresses in their usual notation
    friend bool operator==(const AlternativeName&, const AlternativeName&) = default;
};

/// An X.509 certificate. Shared by copies, immutable, for any number of threads.
class Certificate final
{
public:
    static Result<Certificate> fromDer(BytesView der);
    /// Every certificate of a PEM text, in order; fails when there is none or one is broken.
    static Result<std::vector<Certificate>> fromPem(std::string_view text);

    CertificateInfo info() const;
    Bytes der() const;
    std::string pem() const;
    /// The last commonName of the subject; empty when it has none.
    std::string commonName() const;
    /// In the order of the certificate; kinds that nobody looks for are left out.
    std::vector<AlternativeName> alternativeNames() const;
    /// Fails for keys of a kind that OpenSSL does not know.
    Result<PublicKey> publicKey() const;

    friend bool operator==(const Certificate& a, const Certificate& b) noexcept;

    /// Takes the object over. Private to core/crypto.
    explicit Certificate(std::shared_ptr<x509_st> certificate) noexcept : m_certificate(std::move(certificate)) {}
    /// Private to core/crypto.
    x509_st* handle() const noexcept { return m_certificate.get(); }

private:
    std::shared_ptr<x509_st> m_certificate;
};

enum class CertificatePurpose { TlsServer, TlsClient };

struct VerifyOptions
{
    CertificatePurpose purpose = CertificatePurpose::TlsServer;
    int depth = 100;                   ///< how many certificates may stand between the peer's and the trusted one
    std::optional<TimePoint> now = {}; ///< the machine's time unless set
    std::string host = {};             ///< a name or address that the certificate has to speak for; empty: any
    bool partialChains = false;        ///< a trusted certificate need not be self-signed
};

/// Certificates whose signature is believed. Shared by copies, immutable, for any number of threads.
class TrustStore final
{
public:
    /// Trusts these and nobody else.
    explicit TrustStore(std::span<const Certificate> trusted);
    /// What the operating system trusts.
    static TrustStore system();

    /// Checks a peer's chain, its own certificate first, the rest in any order (RFC 5280 §6), and returns the chain
    /// that holds: from the peer's certificate to the trusted one.
    Result<std::vector<Certificate>> verify(std::span<const Certificate> chain, const VerifyOptions& options) const;

    /// Private to core/crypto.
    x509_store_st* handle() const noexcept { return m_store.get(); }

private:
    TrustStore();
    std::shared_ptr<x509_store_st> m_store;
};

/// A chain of certificates with the private key of the first: what proves who one is. Shared by copies, immutable.
class TlsIdentity final
{
public:
    /// `chain`: the own certificate, then those that lead to a root. Fails with CertificateErrorCode or what readKey()
    /// says about the key.
    static Result<TlsIdentity> fromPem(std::string_view chain, std::string_view key);
    /// A new certificate for "localhost" and the loopback addresses with a new P-256 key, valid for ten years.
    static Result<TlsIdentity> selfSigned();

    const Certificate& certificate() const noexcept { return m_chain.front(); }

    const std::vector<Certificate>& chain() const noexcept { return m_chain; }

    const PrivateKey& key() const noexcept { return m_key; }

private:
    TlsIdentity(std::vector<Certificate> chain, PrivateKey key) noexcept
        : m_chain(std::move(chain)), m_key(std::move(key))
    {
    }

    std::vector<Certificate> m_chain;
    PrivateKey m_key;
};

} // namespace claimsmith::crypto

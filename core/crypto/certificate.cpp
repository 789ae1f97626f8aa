// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/certificate.h"

#include "base/random.h"
#include "crypto/keyreader.h"
#include "crypto/openssl.h"

#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>

namespace claimsmith::crypto {
namespace {

using ossl::Deleter;
using AltNames = std::unique_ptr<GENERAL_NAMES, Deleter<GENERAL_NAMES_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Deleter<X509_STORE_CTX_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;

/// A list that does not own what is in it.
struct FreeList
{
    void operator()(STACK_OF(X509) * list) const noexcept { sk_X509_free(list); }
};
using CertificateList = std::unique_ptr<STACK_OF(X509), FreeList>;

constexpr std::array<std::string_view, 6> codeNames = {"not-a-certificate", "key-mismatch",  "untrusted",
                                                       "expired",           "not-yet-valid", "name-mismatch"};
constexpr ErrorDomain domain{"certificate",
                             [](int code) noexcept { return codeNames[static_cast<std::size_t>(code)]; }};

std::string textOf(const X509_NAME* name)
{
    const ossl::Bio out(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
    return std::string(ossl::contentOf(out));
}

std::string textOf(const ASN1_STRING* string)
{
    unsigned char* utf8 = nullptr;
    const int size = string == nullptr ? -1 : ASN1_STRING_to_UTF8(&utf8, string);
    std::string text = size > 0 ? std::string(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size)) : "";
    OPENSSL_free(utf8);
    return text;
}

std::string serialOf(const ::X509* certificate)
{
    const ossl::BigNumber serial(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
    char* const text = serial ? BN_bn2hex(serial.get()) : nullptr;
    std::string hex = text == nullptr ? "" : text;
    OPENSSL_free(text);
    return hex;
}

TimePoint timeOf(const ASN1_TIME* time)
{
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return std::chrono::system_clock::from_time_t(timegm(&parts));
}

/// Four octets with dots, or sixteen as eight groups: whoever compares addresses parses them anyway.
std::string addressOf(const ASN1_OCTET_STRING* octets)
{
    const unsigned char* data = ASN1_STRING_get0_data(octets);
    const int size = ASN1_STRING_length(octets);
    std::string out;
    if (size == 4) {
        for (int i = 0; i < 4; ++i)
            out += (i == 0 ? "" : ".") + std::to_string(data[i]);
    } else if (size == 16) {
        static constexpr std::string_view digits = "0123456789abcdef";
        for (int i = 0; i < 16; ++i) {
            out += i > 0 && i % 2 == 0 ? ":" : "";
            out += digits[data[i] >> 4U];
            out += digits[data[i] & 15U];
        }
    }
    return out;
}

std::optional<AlternativeName> alternativeName(const GENERAL_NAME& name)
{
    using Kind = AlternativeName::Kind;
    switch (name.type) {
    case GEN_DNS:
        return AlternativeName{Kind::Dns, textOf(name.d.dNSName)};
    case GEN_EMAIL:
        return AlternativeName{Kind::Email, textOf(name.d.rfc822Name)};
    case GEN_URI:
        return AlternativeName{Kind::Uri, textOf(name.d.uniformResourceIdentifier)};
    case GEN_IPADD:
        return AlternativeName{Kind::Ip, addressOf(name.d.iPAddress)};
    default:
        return std::nullopt;
    }
}

Certificate owned(::X509* certificate)
{
    return Certificate(std::shared_ptr<::X509>(certificate, X509_free));
}

Certificate shared(::X509* certificate)
{
    X509_up_ref(certificate);
    return owned(certificate);
}

CertificateErrorCode codeOf(int verifyError) noexcept
{
    switch (verifyError) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return CertificateErrorCode::Expired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return CertificateErrorCode::NotYetValid;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
    case X509_V_ERR_EMAIL_MISMATCH:
        return CertificateErrorCode::NameMismatch;
    default:
        return CertificateErrorCode::Untrusted;
    }
}

void setParameters(X509_VERIFY_PARAM* parameters, const VerifyOptions& options)
{
    X509_VERIFY_PARAM_set_depth(parameters, options.depth);
    if (options.partialChains)
        X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
    if (options.now)
        X509_VERIFY_PARAM_set_time(parameters, std::chrono::system_clock::to_time_t(*options.now));
    if (options.host.empty())
        return;
    if (X509_VERIFY_PARAM_set1_ip_asc(parameters, options.host.c_str()) != 1)
        X509_VERIFY_PARAM_set1_host(parameters, options.host.data(), options.host.size());
}

} // namespace

const ErrorDomain& errorDomain(CertificateErrorCode) noexcept
{
    return domain;
}

Result<Certificate> Certificate::fromDer(BytesView der)
{
    const ossl::ErrorQueueGuard guard;
    const unsigned char* next = ossl::octets(der);
    ossl::X509 certificate(d2i_X509(nullptr, &next, static_cast<long>(der.size())));
    if (!certificate || next != ossl::octets(der) + der.size())
        return Error{.code = CertificateErrorCode::NotACertificate};
    return owned(certificate.release());
}

Result<std::vector<Certificate>> Certificate::fromPem(std::string_view text)
{
    const ossl::ErrorQueueGuard guard;
    const ossl::Bio in = ossl::reader(text);
    std::vector<Certificate> certificates;
    while (::X509* const certificate = PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr))
        certificates.push_back(owned(certificate));
    // The reader ends with "no start line" when there is nothing more, and with anything else for a broken block.
    const bool isAtEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (certificates.empty() || !isAtEnd)
        return Error{.code = CertificateErrorCode::NotACertificate};
    return certificates;
}

CertificateInfo Certificate::info() const
{
    return {
        .subject = textOf(X509_get_subject_name(handle())),
        .issuer = textOf(X509_get_issuer_name(handle())),
        .serial = serialOf(handle()),
        .notBefore = timeOf(X509_get0_notBefore(handle())),
        .notAfter = timeOf(X509_get0_notAfter(handle())),
        .der = der(),
    };
}

Bytes Certificate::der() const
{
    const ossl::Bio out(BIO_new(BIO_s_mem()));
    i2d_X509_bio(out.get(), handle());
    return Bytes(ossl::contentOf(out));
}

std::string Certificate::pem() const
{
    const ossl::Bio out(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(out.get(), handle());
    return std::string(ossl::contentOf(out));
}

std::string Certificate::commonName() const
{
    const X509_NAME* const subject = X509_get_subject_name(handle());
    int last = -1;
    for (int next = -1; (next = X509_NAME_get_index_by_NID(subject, NID_commonName, next)) >= 0;)
        last = next;
    return last < 0 ? "" : textOf(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, last)));
}

std::vector<AlternativeName> Certificate::alternativeNames() const
{
    const ossl::ErrorQueueGuard guard;
    std::vector<AlternativeName> names;
    const AltNames list(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(handle(), NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; list && i < sk_GENERAL_NAME_num(list.get()); ++i) {
        if (auto name = alternativeName(*sk_GENERAL_NAME_value(list.get(), i)))
            names.push_back(*std::move(name));
    }
    return names;
}

Result<PublicKey> Certificate::publicKey() const
{
    const ossl::ErrorQueueGuard guard;
    ossl::PKey key(X509_get_pubkey(handle()));
    if (!key)
        return ossl::failure(CryptoErrorCode::KeyTypeUnsupported);
    return PublicKey(std::shared_ptr<EVP_PKEY>(std::move(key)));
}

bool operator==(const Certificate& a, const Certificate& b) noexcept
{
    return a.handle() == b.handle() || X509_cmp(a.handle(), b.handle()) == 0;
}

TrustStore::TrustStore() : m_store(X509_STORE_new(), X509_STORE_free) {}

TrustStore::TrustStore(std::span<const Certificate> trusted) : TrustStore()
{
    for (const Certificate& certificate : trusted)
        X509_STORE_add_cert(m_store.get(), certificate.handle());
}

TrustStore TrustStore::system()
{
    TrustStore store;
    X509_STORE_set_default_paths(store.m_store.get());
    return store;
}

Result<std::vector<Certificate>> TrustStore::verify(std::span<const Certificate> chain,
                                                    const VerifyOptions& options) const
{
    const ossl::ErrorQueueGuard guard;
    if (chain.empty())
        return Error{.code = CertificateErrorCode::NotACertificate};
    const CertificateList helpers(sk_X509_new_null());
    for (const Certificate& certificate : chain.subspan(1))
        sk_X509_push(helpers.get(), certificate.handle());
    const StoreContext context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), m_store.get(), chain.front().handle(), helpers.get());
    X509_STORE_CTX_set_default(context.get(),
                               options.purpose == CertificatePurpose::TlsServer ? "ssl_server" : "ssl_client");
    setParameters(X509_STORE_CTX_get0_param(context.get()), options);
    if (X509_verify_cert(context.get()) != 1) {
        const int error = X509_STORE_CTX_get_error(context.get());
        const char* const reason = X509_verify_cert_error_string(error);
        return Error{.code = codeOf(error), .detail = reason, .parameters = {{"reason", reason}}};
    }
    std::vector<Certificate> built;
    STACK_OF(X509)* const list = X509_STORE_CTX_get0_chain(context.get());
    for (int i = 0; i < sk_X509_num(list); ++i)
        built.push_back(shared(sk_X509_value(list, i)));
    return built;
}

Result<TlsIdentity> TlsIdentity::fromPem(std::string_view chain, std::string_view key)
{
    CLAIMSMITH_TRY(std::vector<Certificate> certificates, Certificate::fromPem(chain));
    CLAIMSMITH_TRY(const ReadKey read, readPemKey(key));
    const PrivateKey* const secret = read.privateKey();
    if (secret == nullptr)
        return Error{.code = CryptoErrorCode::NotAKey};
    const ossl::ErrorQueueGuard guard;
    if (X509_check_private_key(certificates.front().handle(), secret->handle()) != 1)
        return Error{.code = CertificateErrorCode::KeyMismatch};
    return TlsIdentity(std::move(certificates), *secret);
}

Result<TlsIdentity> TlsIdentity::selfSigned()
{
    constexpr long day = 24L * 60 * 60;
    CLAIMSMITH_TRY(PrivateKey key, PrivateKey::generateEc(Curve::P256));
    const ossl::ErrorQueueGuard guard;
    ossl::X509 made(X509_new());
    const Bytes serial = randomBytes(16);
    const ossl::BigNumber number(BN_bin2bn(ossl::octets(serial), static_cast<int>(serial.size()), nullptr));
    bool isMade = made && number && X509_set_version(made.get(), X509_VERSION_3) == 1 &&
                  BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(made.get())) != nullptr &&
                  X509_gmtime_adj(X509_getm_notBefore(made.get()), -day) != nullptr &&
                  X509_gmtime_adj(X509_getm_notAfter(made.get()), 3650 * day) != nullptr &&
                  X509_set_pubkey(made.get(), key.handle()) == 1;
    X509_NAME* const name = isMade ? X509_get_subject_name(made.get()) : nullptr;
    const auto* const common = reinterpret_cast<const unsigned char*>("localhost");
    isMade = isMade && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0) == 1 &&
             X509_set_issuer_name(made.get(), name) == 1;
    for (const auto& [nid, text] :
         {std::pair(NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1"),
          std::pair(NID_basic_constraints, "critical,CA:FALSE"), std::pair(NID_ext_key_usage, "serverAuth")}) {
        const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, text));
        isMade = isMade && extension && X509_add_ext(made.get(), extension.get(), -1) == 1;
    }
    if (!isMade || X509_sign(made.get(), key.handle(), ossl::fetched(DigestKind::Sha256)) == 0)
        return ossl::failure(CryptoErrorCode::LibraryFailure);
    return TlsIdentity({owned(made.release())}, std::move(key));
}

} // namespace claimsmith::crypto

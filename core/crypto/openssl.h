// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
/// \file Private to core/crypto: owners of OpenSSL objects and algorithms fetched once. No header of this folder that
/// others include may include it.
#pragma once

#include "base/error.h"
#include "crypto/digest.h"
#include "crypto/error.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/decoder.h>
#include <openssl/encoder.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include <memory>

namespace claimsmith::crypto::ossl {

template <auto function>
struct Deleter
{
    template <class T>
    void operator()(T* object) const noexcept
    {
        function(object);
    }
};

using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using BigNumber = std::unique_ptr<BIGNUM, Deleter<BN_clear_free>>;
using MdContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using Mac = std::unique_ptr<EVP_MAC, Deleter<EVP_MAC_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Deleter<EVP_MAC_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Deleter<EVP_CIPHER_CTX_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using PKey = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Decoder = std::unique_ptr<OSSL_DECODER_CTX, Deleter<OSSL_DECODER_CTX_free>>;
using Encoder = std::unique_ptr<OSSL_ENCODER_CTX, Deleter<OSSL_ENCODER_CTX_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM_free>>;
using X509 = std::unique_ptr<::X509, Deleter<X509_free>>;

/// Ends the program: a digest that silently comes out wrong would be worse. For failures that only a broken
/// installation or exhausted memory can cause.
[[noreturn]] void fatal(std::string_view what) noexcept;

/// The algorithm object of a digest, fetched on first use and kept: the fetch is what costs in OpenSSL 3.
const EVP_MD* fetched(DigestKind kind) noexcept;

/// Removes whatever the enclosed calls left in this thread's error queue; TLS code reads the same queue.
class ErrorQueueGuard final
{
public:
    ErrorQueueGuard() noexcept { ERR_set_mark(); }
    ErrorQueueGuard(const ErrorQueueGuard&) = delete;
    ErrorQueueGuard& operator=(const ErrorQueueGuard&) = delete;
    ~ErrorQueueGuard() { ERR_pop_to_mark(); }
};

/// An error with OpenSSL's latest reason as its detail.
Error failure(CryptoErrorCode code);

inline const unsigned char* octets(BytesView bytes) noexcept
{
    // OpenSSL takes a null pointer for "not given" where an empty string is meant.
    return reinterpret_cast<const unsigned char*>(bytes.data() == nullptr ? "" : bytes.data());
}
inline unsigned char* octets(Bytes& bytes) noexcept
{
    return reinterpret_cast<unsigned char*>(bytes.data());
}

/// The content of a memory BIO.
BytesView contentOf(const Bio& memory) noexcept;
/// A BIO that reads from `bytes`, which has to outlive it.
Bio reader(BytesView bytes);

} // namespace claimsmith::crypto::ossl

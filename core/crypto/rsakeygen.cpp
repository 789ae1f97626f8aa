// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/rsakeygen.h"

#include "crypto/openssl.h"

#include <openssl/rsa.h>

#include <string>

namespace claimsmith::crypto {
namespace {

constexpr int smallest = 1024;
constexpr int largest = 16384;

/// OpenSSL calls it at each prime candidate; 0 ends the generation.
int goOn(EVP_PKEY_CTX* context)
{
    const auto* cancelled = static_cast<const std::atomic<bool>*>(EVP_PKEY_CTX_get_app_data(context));
    return cancelled->load(std::memory_order_relaxed) ? 0 : 1;
}

} // namespace

Result<PrivateKey> generateRsa(int bits, const std::atomic<bool>& cancelled)
{
    if (bits < smallest || bits > largest)
        return Error{.code = CryptoErrorCode::SizeRefused, .parameters = {{"bits", std::to_string(bits)}}};
    const ossl::KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    if (!context || EVP_PKEY_keygen_init(context.get()) <= 0 ||
        EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), bits) <= 0)
        return ossl::failure(CryptoErrorCode::LibraryFailure);
    // OpenSSL takes the pointer as it is and only hands it back.
    EVP_PKEY_CTX_set_app_data(context.get(), const_cast<std::atomic<bool>*>(&cancelled));
    EVP_PKEY_CTX_set_cb(context.get(), &goOn);
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_generate(context.get(), &key) <= 0)
        return ossl::failure(CryptoErrorCode::LibraryFailure);
    return PrivateKey(std::shared_ptr<EVP_PKEY>(ossl::PKey(key)));
}

} // namespace claimsmith::crypto

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/hmac.h"

#include "crypto/openssl.h"

#include <openssl/core_names.h>

#include <array>

namespace claimsmith::crypto {
namespace {

using Code = std::array<unsigned char, maximumDigestSize>;

ossl::MacContext makeContext(DigestKind kind)
{
    static const ossl::Mac algorithm(EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr));
    ossl::MacContext context(EVP_MAC_CTX_new(algorithm.get()));
    std::string digestName(EVP_MD_get0_name(ossl::fetched(kind)));
    const std::array<OSSL_PARAM, 2> params{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digestName.data(), 0), OSSL_PARAM_construct_end()};
    EVP_MAC_CTX_set_params(context.get(), params.data());
    return context;
}

EVP_MAC_CTX* contextOfThisThread(DigestKind kind)
{
    thread_local std::array<ossl::MacContext, 5> contexts;
    ossl::MacContext& context = contexts[static_cast<std::size_t>(kind)];
    if (!context)
        context = makeContext(kind);
    return context.get();
}

void compute(DigestKind kind, BytesView key, BytesView message, Code& code) noexcept
{
    EVP_MAC_CTX* context = contextOfThisThread(kind);
    std::size_t size = 0;
    const bool computed = EVP_MAC_init(context, ossl::octets(key), key.size(), nullptr) == 1 &&
                          EVP_MAC_update(context, ossl::octets(message), message.size()) == 1 &&
                          EVP_MAC_final(context, code.data(), &size, code.size()) == 1;
    if (!computed)
        ossl::fatal("a message authentication code can't be computed");
}

BytesView viewOf(const Code& code, DigestKind kind) noexcept
{
    return {reinterpret_cast<const char*>(code.data()), digestSize(kind)};
}

} // namespace

Bytes Hmac::sign(BytesView message) const
{
    Code code{};
    compute(m_kind, m_key.view(), message, code);
    return Bytes(viewOf(code, m_kind));
}

bool Hmac::verify(BytesView message, BytesView code) const noexcept
{
    Code expected{};
    compute(m_kind, m_key.view(), message, expected);
    return equalInConstantTime(viewOf(expected, m_kind), code);
}

} // namespace claimsmith::crypto

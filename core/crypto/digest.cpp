// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/digest.h"

#include "crypto/openssl.h"

#include <array>

namespace claimsmith::crypto {
namespace {

void start(EVP_MD_CTX* context, DigestKind kind)
{
    if (EVP_DigestInit_ex2(context, ossl::fetched(kind), nullptr) != 1)
        ossl::fatal("a digest can't be started");
}

} // namespace

std::size_t digestSize(DigestKind kind) noexcept
{
    constexpr std::array<std::size_t, 5> sizes{16, 20, 32, 48, 64};
    return sizes[static_cast<std::size_t>(kind)];
}

Bytes digest(DigestKind kind, BytesView message)
{
    Bytes result(digestSize(kind), '\0');
    thread_local const ossl::MdContext context(EVP_MD_CTX_new());
    start(context.get(), kind);
    EVP_DigestUpdate(context.get(), message.data(), message.size());
    EVP_DigestFinal_ex(context.get(), ossl::octets(result), nullptr);
    return result;
}

void Digest::Free::operator()(evp_md_ctx_st* context) const noexcept
{
    EVP_MD_CTX_free(context);
}

Digest::Digest(DigestKind kind) : m_kind(kind), m_context(EVP_MD_CTX_new())
{
    start(m_context.get(), kind);
}

Digest::~Digest() = default;

void Digest::add(BytesView piece)
{
    EVP_DigestUpdate(m_context.get(), piece.data(), piece.size());
}

Bytes Digest::finish()
{
    Bytes result(digestSize(m_kind), '\0');
    EVP_DigestFinal_ex(m_context.get(), ossl::octets(result), nullptr);
    start(m_context.get(), m_kind);
    return result;
}

} // namespace claimsmith::crypto

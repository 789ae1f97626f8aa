// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"

#include <cstddef>
#include <memory>

struct evp_md_ctx_st;

namespace claimsmith::crypto {

/// Hash functions. MD5 and SHA-1 are here for protocols that still name them (digest authentication, x5t), not for
/// signatures.
enum class DigestKind { Md5, Sha1, Sha256, Sha384, Sha512 };

/// Octets in the digest.
std::size_t digestSize(DigestKind kind) noexcept;
/// The largest of them.
inline constexpr std::size_t maximumDigestSize = 64;

/// The digest of one message. Any thread; allocates only the result.
Bytes digest(DigestKind kind, BytesView message);

/// A digest fed piece by piece. One thread at a time.
class Digest final
{
public:
    explicit Digest(DigestKind kind);
    Digest(Digest&&) noexcept = default;
    Digest& operator=(Digest&&) noexcept = default;
    ~Digest();

    void add(BytesView piece);
    /// The digest of everything added; starts over for the next message.
    Bytes finish();

private:
    struct Free
    {
        void operator()(evp_md_ctx_st* context) const noexcept;
    };

    DigestKind m_kind;
    std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

} // namespace claimsmith::crypto

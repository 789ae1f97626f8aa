// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
/// \file Private to core/jose: how a content encryption key gets to a recipient (RFC 7518 §4, RFC 8037 §3.2).
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "document/value.h"
#include "jose/encryption.h"
#include "jose/key.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace claimsmith::jose {

/// The header parameters that concern one recipient: the union of up to three objects. A view.
class HeaderView final
{
public:
    HeaderView(const document::Object& a, const document::Object& b, const document::Object& c) noexcept
        : m_members{&a, &b, &c}
    {
    }

    const document::Value* find(std::string_view name) const noexcept;

private:
    std::array<const document::Object*, 3> m_members;
};

struct KeyDelivery
{
    SecretBytes contentKey;
    Bytes encryptedKey;               ///< empty for the direct ones
    document::Object parameters = {}; ///< epk, iv, tag, p2s, p2c: what the recipient needs besides
};

/// Makes what the recipient needs. `contentKey` is null for the direct algorithms, which bring their own; the others
/// wrap it. p2c and apu, apv of the header are honoured. The key has to be suitable.
Result<KeyDelivery> deliver(const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption, const Key& key,
                            const HeaderView& header, const SecretBytes* contentKey);

/// What p2c may be (RFC 7518 §4.8.1.2): fewer are guessed too fast, more keep the reader busy.
struct IterationBudget
{
    std::uint64_t minimum;
    std::uint64_t remaining; ///< what is run is taken off
};

/// The content encryption key. Fails for header parameters that are missing or malformed, which everybody can see. A
/// key that does not unwrap gives random octets instead, so that it fails where a changed ciphertext fails, after the
/// same work (RFC 7516 §11.5). The key has to be suitable.
Result<SecretBytes> recover(const KeyManagementInfo& algorithm, const ContentEncryptionInfo& encryption, const Key& key,
                            const HeaderView& header, BytesView encryptedKey, IterationBudget& iterations);

} // namespace claimsmith::jose

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/key.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace claimsmith::crypto {

struct OpenSshKey
{
    std::variant<PublicKey, PrivateKey> key;
    std::string comment = {};
};

/// Whether the text is a line of authorized_keys, RFC 4716, or OpenSSH's own private form.
bool looksLikeOpenSsh(std::string_view text) noexcept;

/// Reads RSA, ECDSA on P-256, P-384 and P-521, and Ed25519 keys (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4). Fails with
/// NotAKey, PemIncomplete, PemCorrupt, KeyTypeUnsupported, and PemUnsupported for an encrypted private key: its
/// derivation (bcrypt) is not in OpenSSL; `ssh-keygen -p -N ''` decrypts it.
Result<OpenSshKey> readOpenSshKey(std::string_view text);

/// "ssh-ed25519 AAAA…", without a comment; nothing for keys that OpenSSH does not have.
std::optional<std::string> openSshPublicKey(const PublicKey& key);

} // namespace claimsmith::crypto

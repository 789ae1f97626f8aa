// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "document/value.h"
#include "jose/key.h"

#include <optional>
#include <string_view>

namespace claimsmith::jose {

/// "P-256", "P-384", "P-521", "secp256k1" (RFC 7518 §6.2.1.1, RFC 8812 §3.1).
std::string_view curveName(crypto::Curve curve) noexcept;
/// "Ed25519", "Ed448", "X25519", "X448" (RFC 8037 §2); nothing for the other kinds.
std::optional<std::string_view> octetCurveName(crypto::KeyKind kind) noexcept;

/// Reads a JWK (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2). Every member is checked: types, canonical base64url, lengths,
/// that the point is on its curve and that private and public part belong together. The error's place has the member's
/// pointer.
Result<Key> readJwk(const document::Value& value);

/// Reads a JWK Set (RFC 7517 §5). Keys that can't be used are left out and listed with their reasons, as the standard
/// advises; only a set without "keys" fails.
Result<KeySet> readJwks(const document::Value& value);

enum class KeyParts { Public, Private };

/// The JWK: kty, kid, use, key_ops and alg first, then the numbers. `Private` includes what has to stay secret, when
/// the key has it; a secret has no public form and is then written without "k".
document::Value writeJwk(const Key& key, KeyParts parts);
document::Value writeJwks(const std::vector<Key>& keys, KeyParts parts);

/// The JSON that RFC 7638 §3 hashes: required members, sorted, without spaces. Secret for a secret.
SecretBytes thumbprintInput(const Key& key);

} // namespace claimsmith::jose

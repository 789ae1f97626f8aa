// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "crypto/key.h"
#include "document/value.h"
#include "jose/algorithm.h"
#include "jose/error.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::jose {

/// What a JWK says beside its numbers (RFC 7517 §4). Empty texts stand for absent members.
struct KeyMetadata
{
    std::string id;                                          ///< "kid"
    std::string use;                                         ///< "sig", "enc" or a private name
    std::string algorithm;                                   ///< "alg": binds the key to this algorithm
    std::optional<std::vector<std::string>> operations = {}; ///< "key_ops"
    document::Object others = {};                            ///< x5c, x5t and whatever else was there, kept for writing

    friend bool operator==(const KeyMetadata&, const KeyMetadata&) = default;
};

/// A key of any kind that JOSE knows: a secret, a public key, or a key pair. A value: copies share the key itself,
/// which never changes; safe to use from several threads.
class Key final
{
public:
    static Key fromSecret(SecretBytes secret, KeyMetadata metadata = {});
    /// KeyTypeUnknown or KeyCurveUnknown for keys that have no JWK (DSA, P-224…).
    static Result<Key> fromPublic(crypto::PublicKey key, KeyMetadata metadata = {});
    static Result<Key> fromPrivate(crypto::PrivateKey key, KeyMetadata metadata = {});

    KeyType type() const noexcept;
    /// "P-256", "Ed25519"…; empty for secrets and RSA.
    std::string_view curveName() const noexcept;
    /// Of the secret, the modulus or the curve.
    std::size_t bits() const noexcept;
    /// Whether it can sign: a secret, or a pair with its private half.
    bool canSign() const noexcept { return secret() != nullptr || privateKey() != nullptr; }

    const KeyMetadata& metadata() const noexcept { return m_metadata; }
    const std::string& id() const noexcept { return m_metadata.id; }
    /// The same key with other words about it.
    Key withMetadata(KeyMetadata metadata) const;

    /// Null when this is a key of another sort. Valid as long as a copy of this key lives.
    const SecretBytes* secret() const noexcept;
    const crypto::PublicKey* publicKey() const noexcept; ///< also of a pair
    const crypto::PrivateKey* privateKey() const noexcept;

    /// The key without its private half; nothing for a secret, which has no public part. key_ops are turned into those
    /// of the other half: "sign" into "verify".
    std::optional<Key> publicPart() const;

    /// The JWK thumbprint (RFC 7638 §3) as octets. The one of a secret gives the secret away to guessing (§7).
    Bytes thumbprint(crypto::DigestKind digest = crypto::DigestKind::Sha256) const;

private:
    struct Content;
    Key(std::shared_ptr<const Content> content, KeyMetadata metadata);

    std::shared_ptr<const Content> m_content;
    KeyMetadata m_metadata;
};

/// Keys with those members of a JWK Set that were left out.
struct KeySet
{
    struct Ignored
    {
        std::size_t index; ///< in the set's "keys"
        Error reason;
    };

    std::vector<Key> keys;
    std::vector<Ignored> ignored = {};
};

/// Whether this key may be tried for this algorithm: its type and curve, and what its alg, use and key_ops say (RFC
/// 7517 §4.2-4.4). The reason when it may not.
enum class KeyPurpose { Sign, Verify };
Result<void> checkSuitable(const Key& key, const AlgorithmInfo& algorithm, KeyPurpose purpose);

/// The algorithms that this key fits, the one its "alg" names first: what a chooser offers.
std::vector<Algorithm> algorithmsFor(const Key& key);

} // namespace claimsmith::jose

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "jose/key.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::identity {

enum class KeyState {
    Next,       ///< published, so that everybody has it before it signs
    Signing,    ///< exactly one
    VerifyOnly, ///< published until the last token that it signed has expired
};

struct SigningKey
{
    jose::Key key;
    KeyState state = KeyState::Signing;
    std::int64_t created = 0; ///< Unix seconds
    std::int64_t retires = 0; ///< VerifyOnly: when it is no longer published
};

/// An issuer's signing keys and their rotation. A value; has a signing key from its construction on.
class KeyRing final
{
public:
    /// `key` has to be able to sign, and to name its algorithm.
    KeyRing(jose::Key key, std::int64_t now);

    /// Reads what save() wrote; the keys' errors, or jose's NoKeys when none signs.
    static Result<KeyRing> restore(const SecretBytes& text);
    /// A JWK Set with private parts, and for each key its state and times: for a keychain, never for a file.
    SecretBytes save() const;

    const SigningKey& signing() const noexcept;
    const std::vector<SigningKey>& keys() const noexcept { return m_keys; }
    /// Public parts that the JWKS shows at this time, the signing one first.
    std::vector<jose::Key> published(std::int64_t now) const;

    /// Publishes a key that will sign; it takes the place of one that waited.
    void prepare(jose::Key key, std::int64_t now);
    /// Signs with the prepared key; the old one is published for `overlap` seconds more. False when none is prepared.
    bool signWithNext(std::int64_t now, std::int64_t overlap);
    /// prepare() and signWithNext() in one.
    void rotate(jose::Key key, std::int64_t now, std::int64_t overlap);
    /// Forgets keys whose time is over.
    void retire(std::int64_t now);
    /// Forgets all that only verify: what a rotation without overlap does.
    void dropOld();

    /// "<prefix>-2026-11", with "-2" and so on when a key of the ring has that id.
    std::string nextId(std::string_view prefix, std::int64_t now) const;
    static std::string idFor(std::string_view prefix, std::int64_t now);

private:
    KeyRing() = default;
    SigningKey* find(KeyState state) noexcept;

    std::vector<SigningKey> m_keys; ///< newest first
};

/// "next", "signing", "verify-only".
std::string_view toString(KeyState state) noexcept;

} // namespace claimsmith::identity

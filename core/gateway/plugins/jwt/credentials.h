// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/entities.h"
#include "gateway/plugin.h"
#include "gateway/snapshot.h"
#include "jose/signature.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace claimsmith::gateway::jwt {

/// What a credential verifies with, made once a snapshot.
struct Verifying
{
    enum class Key {
        Usable,
        Absent,     ///< Kong: "Invalid key/secret"
        NotBase64,  ///< the secret does not decode; Kong: "Invalid key/secret"
        Unreadable, ///< no key in the text; Kong breaks
        Unfit,      ///< of another kind than the algorithm's: no signature is ever valid
    };
    Key key = Key::Absent;
    std::optional<jose::SignatureVerifier> verifier = {}; ///< when Usable
    bool hasOtherCurve = false;                           ///< than the algorithm's, which only the strict conduct minds
};

struct JwtCredential
{
    const Entity* entity = nullptr;
    const Consumer* consumer = nullptr;
    std::string_view algorithm; ///< as configured: "HS256"
    Verifying plain;            ///< the secret as it is written, or the public key
    Verifying decoded;          ///< HS: the secret taken as base64url

    const Verifying& verifying(bool secretIsBase64) const noexcept;
};

/// The credentials of a snapshot by their key.
class JwtCredentials final : public PluginData
{
public:
    explicit JwtCredentials(const Snapshot& snapshot);
    const JwtCredential* find(std::string_view key) const noexcept;
    /// Never the same for two objects of this process, and never 0.
    std::uint64_t generation() const noexcept { return m_generation; }

private:
    std::unordered_map<std::string_view, JwtCredential> m_byKey; ///< keys are texts of the entities
    std::uint64_t m_generation;
};

/// The entity `jwt_secrets`.
const EntityType& jwtSecretType();

} // namespace claimsmith::gateway::jwt

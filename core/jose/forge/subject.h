// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
/// \file Private to core/jose/forge: the token that is forged, and how forged ones are put together.
#pragma once

#include "base/bytes.h"
#include "document/value.h"
#include "jose/forge/forge.h"
#include "jose/jws.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::jose::forge {

/// The valid token, taken apart.
class Subject final
{
public:
    /// `jws` is a compact token whose header could be read.
    Subject(std::string_view token, Jws jws, std::int64_t now);

    const std::string& token() const noexcept { return m_token; }
    const document::Object& header() const noexcept { return m_jws.signatures.front().protectedMembers; }
    /// Empty when the payload is no JSON object.
    const document::Object& claims() const noexcept { return m_claims; }
    bool hasClaims() const noexcept { return m_hasClaims; }
    const std::string& headerSegment() const noexcept { return m_jws.signatures.front().protectedHeader.text; }
    const std::string& payloadSegment() const noexcept { return m_jws.payload.text; }
    const std::string& signatureSegment() const noexcept { return m_jws.signatures.front().signature.text; }
    const Bytes& signature() const noexcept { return m_jws.signatures.front().signature.octets; }
    /// "alg" when it is one that is known, else null.
    const AlgorithmInfo* algorithm() const noexcept;

    /// The payload for a forged token: with exp an hour ahead where it has passed, so that a refusal is not for its
    /// age.
    const std::string& freshPayload() const noexcept { return m_freshPayload; }
    /// The claims of freshPayload().
    const document::Object& freshClaims() const noexcept { return m_freshClaims; }

    /// The header with members set, in their place; "alg" first.
    document::Object headerWith(std::initializer_list<document::Member> members) const;

private:
    std::string m_token;
    Jws m_jws;
    document::Object m_claims;
    bool m_hasClaims = false;
    document::Object m_freshClaims;
    std::string m_freshPayload;
};

/// base64url of each, joined by dots.
std::string compact(std::string_view header, std::string_view payload, BytesView signature);
std::string compact(const document::Object& header, std::string_view payload, BytesView signature);

/// Signed with HMAC, whatever octets the secret is.
std::string withHmac(const document::Object& header, std::string_view payload, BytesView secret);

/// Signed with this key by the algorithm, whatever the header says; nothing when the key does not fit it.
std::optional<std::string> withKey(std::string_view header, std::string_view payload, const Key& key,
                                   const AlgorithmInfo& algorithm);

/// Signed as the verifier expects it, with the tester's own key; nothing without one.
std::optional<std::string> signedByTester(const Subject& subject, const Knowledge& knowledge,
                                          const document::Object& header, std::string_view payload);

} // namespace claimsmith::jose::forge

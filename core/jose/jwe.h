// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "document/value.h"
#include "jose/segment.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::jose {

/// One whom a JWE is for: how the content's key gets to him.
struct JweRecipient
{
    document::Object members = {}; ///< his own header; JSON serialisations only
    Segment encryptedKey = {};     ///< empty when the shared key is the content's itself
};

/// A JWE taken apart (RFC 7516). Nothing of it is decrypted.
struct Jwe
{
    Serialization serialization = Serialization::Compact;
    Segment protectedHeader = {};
    document::Object protectedMembers = {};
    document::Object sharedMembers = {};     ///< "unprotected"; JSON serialisations only
    std::optional<Error> headerProblem = {}; ///< the protected header is no JSON object, or not disjoint from the rest
    std::vector<JweRecipient> recipients = {}; ///< one, except in General
    Segment nonce = {};                        ///< "iv"
    Segment ciphertext = {};
    Segment tag = {};
    std::optional<Segment> additionalData = {}; ///< "aad"; JSON serialisations only

    /// A header parameter of this recipient, wherever it stands (the JOSE header is the union of three, RFC 7516 §4),
    /// or null.
    const document::Value* find(const JweRecipient& recipient, std::string_view name) const noexcept;
    /// The same when it is a string.
    const std::string* findText(const JweRecipient& recipient, std::string_view name) const noexcept;
    /// What is authenticated beside the ciphertext (RFC 7516 §5.1 step 14).
    Bytes associatedData() const;
    /// Whether the content is a token itself: "cty" of this recipient is "JWT" (RFC 7519 §5.2).
    bool isNested(std::size_t recipient = 0) const noexcept;
    /// The first problem of any part, the header's JSON included; null when all could be decoded.
    const Error* firstProblem() const noexcept;
};

/// Takes an encrypted token in any serialisation apart. Fails only when there are no parts to tell apart, with
/// SignedToken for a JWS; what is wrong inside of a part is written beside it.
Result<Jwe> readJwe(std::string_view token, Base64Rule base64 = Base64Rule::Canonical);

/// What of this recipient's header is not of the type it has to have, such as a kid that is a number.
std::optional<Error> findHeaderProblem(const Jwe& token, const JweRecipient& recipient);

/// What RFC 7516 §4.1.13 asks of "crit". All problems, not the first. No extension is understood.
std::vector<Error> checkCritical(const Jwe& token, const JweRecipient& recipient);

} // namespace claimsmith::jose

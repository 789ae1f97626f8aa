// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "document/value.h"
#include "gateway/snapshot.h"
#include "http/message.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace claimsmith::gateway::jwt {

/// Where a token may stand in a request.
struct Places
{
    std::vector<std::string> queryNames;
    std::vector<std::string> cookieNames;
    std::vector<std::string> headerNames;

    /// "header authorization, query jwt": for findings.
    std::string toString() const;
};

/// A token and where it was found ("header authorization"). A bare query argument (`?jwt`) is a flag and no text.
struct FoundToken
{
    std::string text;
    bool isText = true;
    std::vector<std::string> places;
};

/// All different tokens of a request (kong-plugins.md B1.3).
std::vector<FoundToken> collectTokens(const http::HeaderMap& headers, std::optional<std::string_view> query,
                                      const Places& places);

/// A token taken apart.
struct Token
{
    std::string text;
    document::Value header;
    document::Value claims;
    std::size_t signingInputSize = 0;
    Bytes signature;
    bool signatureDecodes = true; ///< told after the algorithm has been looked at, as Kong does
    std::string_view quirk;       ///< a leniency that the token makes use of (checks.h), or empty

    std::string_view signingInput() const noexcept { return std::string_view(text).substr(0, signingInputSize); }
};

/// The first part of a token that is broken.
struct Broken
{
    enum class Part { Header, Payload, Signature };
    Part part = Part::Header;
    std::string_view message; ///< Kong's: "invalid JSON", "invalid claims", "invalid signature"
};

/// Kong reads base64url with or without padding and whatever its unused bits are, numbers that JSON does not have, and
/// repeated members; strictly, nothing of this passes, header and payload have to be objects, `crit` (RFC 7515 §4.1.11)
/// may name nothing, since the plugin understands no extension, and `b64` must not be false (RFC 7797 §7).
std::variant<Token, Broken> decodeToken(std::string text, Conduct conduct);

} // namespace claimsmith::gateway::jwt

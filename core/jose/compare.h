// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::jose {

enum class MemberChange { Same, Changed, Removed, Added };

/// One header parameter or claim of two tokens.
struct MemberDifference
{
    std::string pointer; ///< "/iss", "/realm_access/roles"; objects are entered, lists compared as a whole
    MemberChange change;
    std::optional<document::Value> before = {}; ///< absent when Added
    std::optional<document::Value> after = {};  ///< absent when Removed
    std::optional<std::int64_t> shift = {};     ///< seconds from before to after, of time claims that are numbers
    bool isReordered = false;                   ///< a list that is the Same but for the order of its values
};

struct TokenComparison
{
    std::vector<MemberDifference> header;
    std::vector<MemberDifference> claims; ///< none when a payload is no JSON object
    bool samePayload = false;             ///< octet for octet
    bool sameSignature = false;
};

/// The members of the first in their order, then those that only the second has.
std::vector<MemberDifference> compareMembers(const document::Object& before, const document::Object& after);

/// Compares two signed tokens member by member; nothing is verified. The reasons of readJws() for the first that is
/// none, with "token" 1 or 2 among the parameters.
Result<TokenComparison> compareTokens(std::string_view before, std::string_view after);

/// kebab-case: "same", "changed", "removed", "added".
std::string_view toString(MemberChange change) noexcept;

} // namespace claimsmith::jose

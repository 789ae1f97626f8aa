// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/base64.h"
#include "base/result.h"
#include "document/value.h"
#include "jose/error.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::jose {

/// RFC 7515 §3.1, §7.2.2, §7.2.1; RFC 7516 §3.1, §7.2.2, §7.2.1.
enum class Serialization { Compact, Flattened, General };

/// One base64url part of a token, decoded as far as it goes: a panel shows what is there while it is being typed.
struct Segment
{
    std::string text;       ///< as it stands in the token
    std::size_t offset = 0; ///< of its first character in the token's text; of the JSON string in a JSON serialisation
    Bytes octets = {};      ///< empty when there is a problem
    std::optional<Error> problem = {}; ///< the place is the offending character in the token's text
};

/// Fills `octets` from `text`, or `problem` with what of it is not base64url; `part` names it there.
void decode(Segment& segment, std::string_view part, Base64Rule rule);

/// An error about the header, or one member of it.
Error headerError(JoseErrorCode code, std::string_view member = {});

/// The members of a protected header that could be decoded: UTF-8 JSON, an object, no duplicate names (RFC 7515 §5.2
/// steps 2-3, RFC 7516 §5.2 steps 2-3).
Result<document::Object> readHeaderMembers(BytesView octets);

/// What RFC 7515 §4.1.11 and RFC 7516 §4.1.13 ask of "crit" in the protected header. All problems, not the first.
/// `standard` are the names that must not be listed, `understood` the extensions that are known.
std::vector<Error> checkCriticalList(const document::Object& header, std::span<const std::string_view> standard,
                                     std::span<const std::string_view> understood);

} // namespace claimsmith::jose

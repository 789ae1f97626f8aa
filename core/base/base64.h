// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"

#include <cstddef>
#include <optional>

namespace claimsmith {

/// How exact a base64 or base64url text has to be.
enum class Base64Rule {
    Canonical, ///< no padding in base64url, exact padding in base64, unused bits zero (RFC 7515 §2, RFC 4648 §3.5)
    Lenient,   ///< padding optional, unused bits ignored
};

/// base64url without padding (RFC 7515 §2).
std::string toBase64Url(BytesView bytes);
/// base64 with padding (RFC 4648 §4).
std::string toBase64(BytesView bytes);

/// Nothing when the text is not base64url under the rule. No white space is skipped.
std::optional<Bytes> fromBase64Url(std::string_view text, Base64Rule rule = Base64Rule::Canonical);
/// Nothing when the text is not base64 under the rule. No white space is skipped.
std::optional<Bytes> fromBase64(std::string_view text, Base64Rule rule = Base64Rule::Canonical);

/// Offset of the first character that the base64url alphabet lacks (padding counts as one), if any.
std::optional<std::size_t> findNonBase64Url(std::string_view text) noexcept;

/// Lower-case hexadecimal.
std::string toHex(BytesView bytes);
/// Nothing on an odd length or another character. Both cases are read.
std::optional<Bytes> fromHex(std::string_view text);

} // namespace claimsmith

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"

#include <optional>
#include <string_view>

namespace claimsmith::gateway {

/// Readers for the credentials of an Authorization line, as Kong's plugins read them and as RFC 9110 §11.4 has them.

/// Whether white space has to follow the scheme's name.
enum class SchemeGap { Optional, Needed };

/// What follows the name of a scheme and its white space, to the end of the line. Kong searches the name anywhere in
/// the value, its first letter in either case, the others in lower case. `scheme` is in lower case. A view into
/// `value`; never empty.
std::optional<std::string_view> findAfterScheme(std::string_view value, std::string_view scheme,
                                                SchemeGap gap) noexcept;

/// What follows the scheme and its spaces when the value begins with it, in any case (RFC 9110 §11.1): a view into
/// `value`, never empty.
std::optional<std::string_view> afterScheme(std::string_view value, std::string_view scheme) noexcept;

/// The first word: the scheme that the client did send. A view into `value`.
std::string_view schemeOf(std::string_view value) noexcept;

/// Base64 as Kong's web server decodes it: up to the first "=", whatever follows, stray bits ignored.
std::optional<Bytes> fromBase64BeforePadding(std::string_view text);

} // namespace claimsmith::gateway

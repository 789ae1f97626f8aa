// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "http/message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::proxycache {

/// The directives of the Cache-Control lines of a message, as Kong reads them: names in lower case, split at every
/// comma.
class CacheControl final
{
public:
    explicit CacheControl(const http::HeaderMap& headers);

    /// Whether the directive is there, with a value or without.
    bool has(std::string_view name) const noexcept;
    /// The number in its value; nothing when it is absent or no number.
    std::optional<double> seconds(std::string_view name) const noexcept;

private:
    struct Directive
    {
        std::string name;
        std::string value;
    };

    const Directive* find(std::string_view name) const noexcept;

    std::vector<Directive> m_directives;
};

/// How long a response lives, in seconds, by s-maxage, max-age or Expires; 0 when it does not say.
std::int64_t lifetimeOf(const http::HeaderMap& headers, const CacheControl& control, TimePoint now);

} // namespace claimsmith::gateway::proxycache

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "gateway/pattern.h"
#include "gateway/snapshot.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::cors {

/// An origin as Kong compares it: "scheme://host[:port]" without the scheme's own port. What has no host stays as it
/// is.
struct Origin
{
    std::string domain;
    std::string host;
};

Origin normaliseOrigin(std::string_view text);

/// The setting `origins` (kong-plugins.md D1.3).
class OriginRules final
{
public:
    /// Fails on a regular expression that needs a backtracking engine. The strict conduct holds all alternatives of an
    /// expression to both ends, Kong only the last one to the end.
    static Result<OriginRules> create(const std::vector<std::string>& entries, Conduct conduct);

    struct Choice
    {
        std::optional<std::string> allowed; ///< for Access-Control-Allow-Origin; nothing: the header is taken out
        bool allowsAll = false;
        bool varies = true; ///< by origin: Vary says so
    };

    Choice choose(std::optional<std::string_view> origin) const;

private:
    struct Rule
    {
        std::optional<Pattern> pattern;
        bool comparesHost = false; ///< the pattern knows nothing of schemes and ports
        std::string domain;        ///< of a literal
    };

    OriginRules() = default;
    bool matches(const Rule& rule, const Origin& origin) const noexcept;

    bool m_allowsAll = false;
    bool m_hasStar = false;
    std::optional<std::string> m_only; ///< a single literal, answered whatever the origin is
    std::vector<Rule> m_rules;
};

} // namespace claimsmith::gateway::cors

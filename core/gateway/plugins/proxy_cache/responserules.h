// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/exchange.h"
#include "gateway/plugins/findings.h"
#include "http/mediatype.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::gateway::proxycache {

/// Which responses are kept (kong-plugins.md D6.3), and for how long.
class ResponseRules final
{
public:
    /// `pointer` of the plugin's configuration.
    ResponseRules(const document::Value& config, std::string pointer);

    /// The seconds that exchange.response lives; nothing when it is not to be kept. Writes the checks of the response.
    std::optional<std::int64_t> accept(Exchange& exchange) const;

    bool heedsCacheControl() const noexcept { return m_heedsCacheControl; }
    std::int64_t lifetime() const noexcept { return m_lifetime; }

private:
    bool checkStatus(const http::ResponseHead& response, Findings& findings) const;
    bool checkType(const http::ResponseHead& response, Findings& findings) const;
    std::optional<std::int64_t> checkLifetime(const Exchange& exchange, Findings& findings) const;
    std::string pointerTo(std::string_view field) const;

    std::vector<std::int64_t> m_statuses;
    std::vector<std::string> m_typeTexts;
    std::vector<http::MediaType> m_types;
    std::int64_t m_lifetime;
    bool m_heedsCacheControl;
    std::string m_pointer;
};

} // namespace claimsmith::gateway::proxycache

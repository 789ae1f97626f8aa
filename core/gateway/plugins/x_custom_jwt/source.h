// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/exchange.h"

#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::gateway::xcustomjwt {

/// What the caller is known by (x-custom-jwt.md 3): what the new token starts from.
struct Source
{
    enum class Kind { None, Bearer, Basic, Certificate, ApiKey };
    Kind kind = Kind::None;
    std::string_view text; ///< the credential as it stands in the header; of a certificate its subject
};

/// The first of the credentials that the request carries. `subject` is that of the client's certificate, when there is
/// one. Views into the exchange and `subject`.
Source findSource(const Exchange& exchange, std::string_view apiKeyHeader, std::string_view subject);

/// "bearer", "basic", "certificate", "api-key"; empty for None.
std::string_view nameOf(Source::Kind kind) noexcept;

/// The claims to start from, and who the client is; or what is wrong, in the plugin's words (empty: it says no more).
struct Identification
{
    document::Object claims;
    std::optional<document::Value> clientId;
    std::string problem;
};
Identification identify(const Source& source, std::string_view clientIdClaim);

/// The parts between the separators. Views.
std::size_t countParts(std::string_view text, std::string_view separator) noexcept;

} // namespace claimsmith::gateway::xcustomjwt

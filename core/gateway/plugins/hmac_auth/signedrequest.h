// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"
#include "gateway/snapshot.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::hmacauth {

/// What an Authorization line of a signed request says (draft-cavage-http-signatures, with Kong's names).
struct SignatureFields
{
    std::string username;
    std::string algorithm;
    std::vector<std::string> headers; ///< names, in the order in which they were signed
    std::string signature;            ///< base64
};

/// Kong's pattern: the four fields in their order, anywhere in the line.
std::optional<SignatureFields> readAsKong(std::string_view value);
/// The scheme first, then the fields once each, in any order.
std::optional<SignatureFields> readStrictly(std::string_view value);

/// The text that is signed: one line for each name.
std::string signingText(const Exchange& exchange, const std::vector<std::string>& names);

} // namespace claimsmith::gateway::hmacauth

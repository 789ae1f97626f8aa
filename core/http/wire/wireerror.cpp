// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/wire/wireerror.h"

#include <array>

namespace claimsmith::http {
namespace {

struct Row
{
    std::string_view name;
    int status;
};

// In the order of the enumeration.
constexpr std::array rows = std::to_array<Row>({
    {"bad-request-line", 400},
    {"bad-method", 400},
    {"bad-target", 400},
    {"bad-version", 400},
    {"unsupported-version", 505},
    {"bad-status-line", 400},
    {"bad-header-name", 400},
    {"bad-header-value", 400},
    {"folded-header", 400},
    {"target-too-long", 414},
    {"head-too-large", 431},
    {"no-host", 400},
    {"several-hosts", 400},
    {"bad-host", 400},
    {"repeated-header", 400},
    {"bad-content-length", 400},
    {"length-and-coding", 400},
    {"unsupported-coding", 501},
    {"coding-in-old-version", 400},
    {"bad-chunk", 400},
    {"too-much-trailer", 400},
    {"bad-trailer", 400},
    {"body-too-large", 413},
    {"truncated-message", 400},
    {"timed-out", 408},
});
static_assert(rows.size() == static_cast<std::size_t>(WireErrorCode::TimedOut) + 1);

} // namespace

const ErrorDomain& errorDomain(WireErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"http-wire",
                                        [](int code) noexcept { return rows[static_cast<std::size_t>(code)].name; }};
    return domain;
}

int statusOf(WireErrorCode code) noexcept
{
    return rows[static_cast<std::size_t>(code)].status;
}

} // namespace claimsmith::http

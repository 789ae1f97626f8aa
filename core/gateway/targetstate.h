// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace claimsmith::gateway {

/// What a balancer knows of one target of an upstream.
struct TargetState
{
    struct Address
    {
        std::string ip;
        std::uint16_t port = 0;
        bool isHealthy = true;
    };

    std::vector<Address> addresses;
    std::string failure = {}; ///< why its name could not be resolved, in Kong's words; empty when it could
    std::string record = "A"; ///< the kind of DNS record that told the addresses
};

} // namespace claimsmith::gateway

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/support/child.h"
#include "jose/key.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace claimsmith::bench {

/// A credential that all proxies know: a token's `iss` names it.
struct Issuer
{
    std::string name; ///< also the path that asks for its tokens: "/jwt-" + name
    jose::Algorithm algorithm;
    jose::Key key;
};

/// What each proxy is set up for: one upstream behind /plain, the same with tokens checked behind /jwt-NAME (issuer,
/// algorithm, expiry, signature), and chains of plugins, which Claimsmith alone has.
struct Setup
{
    std::filesystem::path folder; ///< for configurations and logs
    std::uint16_t upstream = 0;
    std::vector<Issuer> issuers;
    std::string claimctl; ///< the program
};

/// A proxy of one worker thread without access log, at work.
struct Proxy
{
    std::string name;
    std::uint16_t port = 0;
    std::unique_ptr<Child> process;
    bool checksTokens = false;
    bool hasPlugins = false;
};

/// Ours first, then those that are installed; each has been seen to listen.
std::vector<Proxy> startProxies(const Setup& setup);

} // namespace claimsmith::bench

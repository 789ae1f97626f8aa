// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configanalysis.h"
#include "jose/key.h"

#include <optional>
#include <string>
#include <vector>

namespace claimsmith::app {

/// A JWK Set that a route of the gateway answers with, by request-termination: no upstream is asked.
struct PublishedJwks
{
    std::string route;   ///< its name
    std::string path;    ///< its first path
    std::string pointer; ///< of the route in kong.yml
    std::string body;    ///< the set's text
};

std::vector<PublishedJwks> publishedSets(const ConfigAnalysis& config);

/// The edits that publish the public halves of these keys at a route without a service, readable from every origin. A
/// route of that name answers with these keys from then on; another one is made. Secrets have no public half and stay
/// out.
std::vector<ConfigEdit> publishEdits(const ConfigAnalysis& config, const std::string& route, const std::string& path,
                                     const std::vector<jose::Key>& keys);

/// Adds a key to a set that is published already, in front of the others; nothing when that is not a set, or has the
/// key.
std::optional<ConfigEdit> addToSetEdit(const ConfigAnalysis& config, const PublishedJwks& set, const jose::Key& key);

} // namespace claimsmith::app

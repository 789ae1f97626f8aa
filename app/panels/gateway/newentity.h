// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configanalysis.h"
#include "bridge/configedit.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::app {

/// The edits that add, copy or delete an entity, and where the new one will stand. Nothing is changed here.
struct EntityChange
{
    std::vector<ConfigEdit> edits;
    std::string pointer; ///< of the new entity; empty for a deletion
};

/// Keeps a new secret somewhere and gives the text that stands for it in the file.
using KeepSecret = std::function<std::string(const std::string& suggestedName)>;

EntityChange addService(const ConfigAnalysis& config);
/// Under the service at `parent`; "" adds a route without one.
EntityChange addRoute(const ConfigAnalysis& config, const std::string& parent);
EntityChange addConsumer(const ConfigAnalysis& config);
/// For the service, route or consumer at `parent`; "" for all requests.
EntityChange addPlugin(const ConfigAnalysis& config, const std::string& parent, std::string_view plugin);
/// HS256 with a generated key and secret, for the consumer at `parent`.
EntityChange addJwtCredential(const ConfigAnalysis& config, const std::string& parent, const KeepSecret& keep);
EntityChange addKeyCredential(const ConfigAnalysis& config, const std::string& parent, const KeepSecret& keep);

/// A name that no reference of the file has yet, made as decK wants it: "DECK_LOGIN_SERVER_ISSUER_JWT" for the JWT
/// credential's `secret` of that consumer.
std::string suggestedSecretName(const ConfigAnalysis& config, const std::string& pointer, std::string_view field);

/// A copy at the end of the same list, with names of its own; credentials get a new key.
EntityChange duplicateEntity(const ConfigAnalysis& config, const std::string& pointer);
/// The entity, and with it those that stand elsewhere in the file and belong to it.
EntityChange deleteEntity(const ConfigAnalysis& config, const std::string& pointer);

} // namespace claimsmith::app

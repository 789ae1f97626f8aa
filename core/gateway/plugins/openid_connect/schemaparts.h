// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/schema.h"

#include <string>
#include <vector>

namespace claimsmith::gateway::openidconnect {

/// The schema in parts, in the order in which Kong lists them.
std::vector<Field> providerFields();     ///< issuer, client, redirects
std::vector<Field> requirementFields();  ///< what tokens have to hold
std::vector<Field> endpointFields();     ///< of the provider, and what goes there
std::vector<Field> sessionFields();      ///< cookies and where sessions are kept
std::vector<Field> sessionShorthands();  ///< old names
std::vector<Field> credentialFields();   ///< where credentials stand in requests
std::vector<Field> headerFields();       ///< what upstream and client are told
std::vector<Field> loginFields();        ///< login and logout
std::vector<Field> verificationFields(); ///< consumers and verification
std::vector<Field> connectionFields();   ///< caches, and how the provider is reached

/// Fields as most of the plugin's are: optional, and Kong says so. The hint is what a form shows.
Field text(const char* name, const char* hint);
Field texts(const char* name, const char* hint);
Field flag(const char* name, bool initial, const char* hint);
Field maybeFlag(const char* name, const char* hint);
Field number(const char* name, const char* hint);
Field seconds(const char* name, int initial, const char* hint);
Field choice(const char* name, std::vector<document::Value> values, const char* initial, const char* hint);
Field choices(const char* name, std::vector<document::Value> values, const char* hint);
Field url(const char* name, const char* hint);
Field urls(const char* name, const char* hint);
/// The ways in which a client proves who it is.
Field clientAuthentication(const char* name, const char* hint);
std::vector<document::Value> authenticationMethods();
std::vector<document::Value> grants();
Field redisRecord(const char* name, bool ofSessions);

} // namespace claimsmith::gateway::openidconnect

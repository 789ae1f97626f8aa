// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/schema.h"

#include <optional>
#include <string>

namespace claimsmith::gateway {

/// Kong's shared field types (kong-core.md §1.6): the fields that many entities have, and the rules with Kong's texts.
/// A rule gets a value of the field's type and tells what is wrong with it, or nothing.

std::optional<std::string> checkName(const document::Value& value); ///< "utf8_name": services, routes…
std::optional<std::string> checkTag(const document::Value& value);
std::optional<std::string> checkHost(const document::Value& value);        ///< without a port
std::optional<std::string> checkHostAndPort(const document::Value& value); ///< with or without
std::optional<std::string> checkRouteHost(const document::Value& value);   ///< with a wildcard at one end at most
std::optional<std::string> checkSni(const document::Value& value);
std::optional<std::string> checkWildcardSni(const document::Value& value);
std::optional<std::string> checkPath(const document::Value& value);      ///< one that begins with "/"
std::optional<std::string> checkRoutePath(const document::Value& value); ///< prefix, or "~" and a regular expression
std::optional<std::string> checkHeaderName(const document::Value& value);
std::optional<std::string> checkAddress(const document::Value& value); ///< IP or CIDR block
std::optional<std::string> checkCookieName(const document::Value& value);
std::optional<std::string> checkUrl(const document::Value& value); ///< a host, and a scheme

/// Host names: letters, digits, "-", "." and "_"; no empty label but a last one. Also IPv4 addresses.
bool isHostName(std::string_view text) noexcept;

/// Fields with the names, descriptions and rules that Kong's entities and plugins share. What differs from one place to
/// another is added by describe(), require() and so on.
Field idField();
Field createdField();
Field updatedField();
Field nameField();
Field tagsField();
Field headerNameField(std::string name = {});
Field headersField(std::string name); ///< names of headers and lists of values
Field methodField(std::string name = {});
Field hostField(std::string name = {});
Field sniField(std::string name = {});
Field wildcardHostField(std::string name = {});
Field pathField(std::string name = {});
Field addressField(std::string name = {}); ///< IP or CIDR block
Field urlField(std::string name = {});
Field portField(std::string name);
Field timeoutField(std::string name);
Field consumerField();          ///< the required owner of a credential
Field forbiddenConsumerField(); ///< of a plugin that authenticates
/// Of a credential: its own fields between those that every credential has.
Schema credentialSchema(std::vector<Field> own);
Field protocolField(std::string name = {});
/// The protocols a plugin of the HTTP family can be limited to.
Field httpProtocolsField();
/// Of a plugin that knows Kong's other protocols too.
Field protocolsField(document::Array initial);
/// All of Kong's protocols as choices.
std::vector<document::Value> allProtocols();

} // namespace claimsmith::gateway

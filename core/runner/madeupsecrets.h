// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace claimsmith::runner {

using SecretsByName = std::map<std::string, SecretBytes, std::less<>>;

/// Fresh values for secrets that nobody has yet, so that a sample or a scenario runs offline and no file holds one: 48
/// letters and digits, unless `secrets.json` in the workspace's folder says that the secret is a key pair:
///
///     {"DECK_CUSTOM_JWT_KEY": {
///         "algorithm": "RS256",                          the value is a private JWK for it
///         "kid": "custom-jwt",
///         "publicSet": "DECK_CUSTOM_JWT_KEYS",           another secret's name: the JWK Set with the public half
///         "publicPem": "DECK_CUSTOM_JWT_PUBLIC_KEY"}}    likewise, as PEM
///
/// `folder` empty: no such file. Fails with workspace::StorageErrorCode when the file makes no sense. RSA keys take up
/// to a second.
Result<SecretsByName> makeUpSecrets(const std::set<std::string>& names, const std::filesystem::path& folder);

} // namespace claimsmith::runner

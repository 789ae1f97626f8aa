// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "cli/command.h"
#include "jose/key.h"
#include "jose/keytext.h"

#include <optional>
#include <string_view>
#include <vector>

namespace claimsmith::cli {

/// The environment variable that may hold a secret.
inline constexpr const char* secretVariable = "CLAIMSMITH_SECRET";

/// --key, --secret-file, --secret-encoding, --passphrase-file: how every command is given a key. Never as an argument:
/// those show up in process lists and shell histories.
std::vector<Option> keyOptions();

enum class KeyInputErrorCode { NoKeyGiven, SeveralKeysGiven, UnknownEncoding };
const ErrorDomain& errorDomain(KeyInputErrorCode) noexcept;

struct KeyInput
{
    jose::KeySet set;
    bool isSet = false; ///< from a JWK Set: kids choose among its keys
    /// The text that it was read from, and how a secret was to be taken from it: for the autopsy of failed signatures.
    SecretBytes text = {};
    std::optional<jose::SecretEncoding> secretEncoding = {}; ///< absent: a key file
};

/// The keys that the arguments name, or the secret of the environment variable.
Result<KeyInput> readKeyInput(const Arguments& arguments);

/// The keys in a file ("-": standard input), with its passphrase from --passphrase-file.
Result<KeyInput> readKeyFile(std::string_view path, const Arguments& arguments);

/// What --passphrase-file holds, without its line end; nothing when it is not given.
Result<std::optional<SecretBytes>> readPassphrase(const Arguments& arguments);

/// The status to end with when a key could not be had: a missing file is the environment's, the rest is usage.
ExitStatus statusOf(const Error& error);

/// `options` and then `more`.
std::vector<Option> operator+(std::vector<Option> options, std::vector<Option> more);

} // namespace claimsmith::cli

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "jose/jwk.h"

namespace claimsmith::cli {

/// --to and --out: how and where a key is written.
std::vector<Option> outputOptions();

/// Writes the key as the arguments ask. A file is made with mode 0600 and never overwritten halfway: it is replaced
/// whole.
int writeKey(const jose::Key& key, jose::KeyParts parts, const Arguments& arguments);

/// Writes this text to --out or standard output.
int writeResult(std::string_view text, const Arguments& arguments);

} // namespace claimsmith::cli

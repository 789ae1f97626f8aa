// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/value.h"
#include "jose/key.h"

#include <string>
#include <string_view>

namespace claimsmith::jose {

struct SignOptions
{
    bool detached = false; ///< leave the payload out of the token (RFC 7515 appendix F)
};

/// Signs both texts exactly as they are, digits, order and white space included. The header has to be a JSON object;
/// its "alg" decides and the key has to suit it. b64 false is honoured (RFC 7797); then an attached payload must not
/// contain a dot. Fails with the reasons of jose, among them those of checkSuitable() and checkCritical().
Result<std::string> signCompact(std::string_view header, BytesView payload, const Key& key,
                                const SignOptions& options = {});

/// The same for values, written without white space.
Result<std::string> signCompact(const document::Object& header, const document::Value& payload, const Key& key,
                                const SignOptions& options = {});

/// {"alg":…,"typ":"JWT"} and "kid" when the key has one: what a new token starts with.
document::Object defaultHeader(const Key& key, Algorithm algorithm);

} // namespace claimsmith::jose

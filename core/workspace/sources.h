// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::workspace {

/// Where secrets are looked up by name while a request is prepared. Answers at once: whoever keeps them loads them
/// first.
class SecretSource
{
public:
    virtual ~SecretSource() = default;
    /// Valid until the source changes; nothing when there is no such secret, or the store is locked.
    virtual std::optional<BytesView> findSecret(std::string_view name) const = 0;

protected:
    SecretSource() = default;
    SecretSource(const SecretSource&) = default;
    SecretSource& operator=(const SecretSource&) = default;
};

/// Makes the token of a recipe, for `{{token.NAME}}`.
class TokenSource
{
public:
    virtual ~TokenSource() = default;
    virtual Result<std::string> makeToken(std::string_view recipe) const = 0;

protected:
    TokenSource() = default;
    TokenSource(const TokenSource&) = default;
    TokenSource& operator=(const TokenSource&) = default;
};

} // namespace claimsmith::workspace

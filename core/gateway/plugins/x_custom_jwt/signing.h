// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/value.h"
#include "jose/signature.h"

#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::gateway::xcustomjwt {

/// The plugin's private key, prepared once (x-custom-jwt.md 4.1, 4.3). A key that can't be used is no error before a
/// request comes: the plugin then answers 401.
class TokenSigner final
{
public:
    TokenSigner(std::string_view privateJwk, std::string_view jwksUrl);

    /// What is wrong with the key, in the plugin's words; empty when nothing is.
    const std::string& problem() const noexcept { return m_problem; }

    const std::string& algorithm() const noexcept { return m_algorithm; }

    /// The compact token; the error's detail is the plugin's message.
    Result<std::string> sign(const document::Object& claims) const;

private:
    void prepareRsa(const document::Value& jwk);
    void prepareSecret(const document::Value& jwk);

    std::string m_algorithm;
    std::string m_encodedHeader;
    std::string m_problem;
    std::optional<jose::SignatureMaker> m_maker;
};

} // namespace claimsmith::gateway::xcustomjwt

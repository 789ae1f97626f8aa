// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/model.h"

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::app {

/// A token to begin with: the members that its standard asks for, with values to write over.
struct TokenTemplate
{
    std::string_view id; ///< "dpop"
    QString title;
    QString hint; ///< what it is for, and the standard behind it

    /// The key that suits it when several are at hand.
    enum class Key { Credential, Pair, Any };
    Key key = Key::Any;
};

/// In the order of the menu; texts are of the language at the call.
std::vector<TokenTemplate> tokenTemplates();

/// What a new token is made with, as far as it is known.
struct TemplateKey
{
    workspace::SigningKey key;
    std::string algorithm = "HS256";
    std::string kid;    ///< for the header; empty: none
    std::string issuer; ///< the credential's key; empty: the template's example
    std::string jwk;    ///< the public half as JSON text; empty for a secret
};

/// The recipe of a template: times are relative to the moment of signing, ids and nonces are new at each call. Without
/// id; the name is the template's title.
workspace::TokenRecipe recipeOf(const TokenTemplate& chosen, const TemplateKey& key);

} // namespace claimsmith::app

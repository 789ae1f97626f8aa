// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/craft/tokentemplates.h"

#include "document/json.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(TokenTemplates)
};

using Key = TokenTemplate::Key;

/// A template as data. In the payload, "{id}" stands for a new UUID and "{issuer}" for the key of the credential.
struct Words
{
    std::string_view id;
    const char* title;
    const char* hint;
    Key key;
    std::string_view type; ///< "typ" of the header
    bool carriesKey;       ///< "jwk" in the header
    std::string_view issuer;
    std::string_view payload;
};

#define T(text) QT_TRANSLATE_NOOP("TokenTemplates", text)
constexpr std::array words{
    Words{"kong", T("Kong credential"), T("For Kong's jwt plugin: iss names the credential, exp ends its life"),
          Key::Credential, "JWT", false, "credential-key", R"({"iss":"{issuer}","iat":"now","exp":"now+10m"})"},
    Words{"id-token", T("OpenID ID token"),
          T("Says who signed in, and to which client (OpenID Connect Core section 2)"), Key::Pair, "JWT", false,
          "https://id.example.com",
          R"({"iss":"{issuer}","sub":"u-4821","aud":"my-client","azp":"my-client","nonce":"{id}",)"
          R"("auth_time":"now-1m","iat":"now","exp":"now+10m","acr":"1","amr":["pwd"],)"
          R"("name":"Ada Moreno","email":"ada@example.com","email_verified":true})"},
    Words{"access-token", T("OAuth access token"), T("Says what a client may do at an API (RFC 9068)"), Key::Pair,
          "at+jwt", false, "https://id.example.com",
          R"({"iss":"{issuer}","sub":"u-4821","aud":"https://api.example.com","client_id":"my-client",)"
          R"("scope":"orders:read orders:write","jti":"{id}","iat":"now","exp":"now+10m"})"},
    Words{"dpop", T("DPoP proof"), T("Binds a request to the key in its header (RFC 9449)"), Key::Pair, "dpop+jwt",
          true, "", R"({"jti":"{id}","htm":"POST","htu":"https://id.example.com/token","iat":"now"})"},
    Words{"client-assertion", T("Client assertion"), T("Signs a client in at the token endpoint (RFC 7523 section 3)"),
          Key::Any, "JWT", false, "my-client",
          R"({"iss":"my-client","sub":"my-client","aud":"https://id.example.com/token","jti":"{id}",)"
          R"("iat":"now","exp":"now+5m"})"},
    Words{"custom", T("Empty token"), T("No claim at all, to build up from nothing"), Key::Any, "JWT", false, "", "{}"},
};
#undef T

const Words& wordsOf(std::string_view id)
{
    return *std::find_if(words.begin(), words.end(), [&](const Words& each) { return each.id == id; });
}

/// All occurrences, each by a new text.
template <class Make>
void replaceAll(std::string& text, std::string_view placeholder, const Make& make)
{
    for (auto at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder, at)) {
        const std::string by = make();
        text.replace(at, placeholder.size(), by);
        at += by.size();
    }
}

/// The text as it stands within the quotes of a JSON string.
std::string escaped(std::string_view text)
{
    const std::string quoted = document::toJsonString(text);
    return quoted.substr(1, quoted.size() - 2);
}

std::string headerOf(const Words& entry, const TemplateKey& key)
{
    std::string header = "{\"alg\":" + document::toJsonString(key.algorithm);
    header += ",\"typ\":" + document::toJsonString(entry.type);
    if (entry.carriesKey && !key.jwk.empty())
        header += ",\"jwk\":" + key.jwk;
    else if (!key.kid.empty())
        header += ",\"kid\":" + document::toJsonString(key.kid);
    return header + '}';
}

} // namespace

std::vector<TokenTemplate> tokenTemplates()
{
    std::vector<TokenTemplate> templates;
    for (const Words& each : words)
        templates.push_back({each.id, Tr::tr(each.title), Tr::tr(each.hint), each.key});
    return templates;
}

workspace::TokenRecipe recipeOf(const TokenTemplate& chosen, const TemplateKey& key)
{
    const Words& entry = wordsOf(chosen.id);
    workspace::TokenRecipe recipe;
    recipe.name = chosen.title.toStdString();
    recipe.algorithm = key.algorithm;
    recipe.header = headerOf(entry, key);
    recipe.payload = entry.payload;
    replaceAll(recipe.payload, "{id}", [] { return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString(); });
    const std::string issuer = escaped(key.issuer.empty() ? entry.issuer : key.issuer);
    replaceAll(recipe.payload, "{issuer}", [&] { return issuer; });
    recipe.key = key.key;
    return recipe;
}

} // namespace claimsmith::app

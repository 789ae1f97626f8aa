// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identity/fixture.h"
#include "crypto/digest.h"

#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::identity::test {

/// 64 characters, and what S256 makes of them.
inline const std::string verifier(64, 'v');
inline const std::string challenge = toBase64Url(crypto::digest(crypto::DigestKind::Sha256, verifier));

/// An authorization request of kong-bank with the members replaced or added; an empty value leaves one out.
inline std::string authorizeTarget(const Fields& changes = {})
{
    Fields fields{{"client_id", "kong-bank"}, {"redirect_uri", "http://localhost:8000/bank"},
                  {"response_type", "code"},  {"scope", "openid bank"},
                  {"state", "s/1?"},          {"nonce", "n-1"}};
    for (const auto& [name, value] : changes) {
        const auto found = std::find_if(fields.begin(), fields.end(),
                                        [&name = name](const auto& field) { return field.first == name; });
        if (found != fields.end())
            found->second = value;
        else
            fields.emplace_back(name, value);
    }
    std::erase_if(fields, [](const auto& field) { return field.second.empty(); });
    return "/realms/demo/authorize?" + formOf(fields);
}

/// The public client's request.
inline std::string publicTarget(Fields changes = {})
{
    changes.insert(changes.begin(), {{"client_id", "claimsmith"},
                                     {"redirect_uri", "http://localhost:3000/callback"},
                                     {"code_challenge", challenge},
                                     {"code_challenge_method", "S256"}});
    return authorizeTarget(changes);
}

/// The value of a hidden field of a page, unescaped as far as these pages need it.
inline std::string fieldOf(const http::Response& page, std::string_view name)
{
    const std::string opening = "name=\"" + std::string(name) + "\" value=\"";
    const std::size_t begin = page.body.find(opening);
    if (begin == std::string::npos)
        return {};
    const std::size_t value = begin + opening.size();
    return page.body.substr(value, page.body.find('"', value) - value);
}

/// A parameter of the Location, behind '?' or '#'.
inline std::string answerOf(const http::Response& response, std::string_view name)
{
    const std::string_view location = response.head.headers.value("Location");
    const std::size_t begin = location.find_first_of("?#");
    if (begin == std::string_view::npos)
        return {};
    const http::QueryArguments arguments = http::parseQuery(location.substr(begin + 1));
    const http::QueryArgument* const found = arguments.find(name);
    return found == nullptr || !found->value ? std::string() : *found->value;
}

/// Keeps the provider's cookie and fills in its forms.
class Browser
{
public:
    explicit Browser(const Bench& server) : m_bench(server) {}

    http::Response open(const std::string& target) { return keep(m_bench.get(target, headers())); }

    http::Response submit(const std::string& path, const http::Response& page, Fields fields)
    {
        fields.emplace_back("interaction", fieldOf(page, "interaction"));
        fields.emplace_back("token", fieldOf(page, "token"));
        http::HeaderMap sent = headers();
        sent.add("Origin", "http://localhost:8085");
        return keep(m_bench.post("/realms/demo" + path, fields, sent));
    }

    http::Response logIn(const http::Response& page, std::string_view user)
    {
        return submit("/login", page, {{"username", std::string(user)}, {"password", secretOf(user)}});
    }

    /// The code of a whole login at kong-bank.
    std::string code(const Fields& changes = {}, std::string_view user = "bob")
    {
        http::Response response = open(authorizeTarget(changes));
        if (response.head.status == 200)
            response = logIn(response, user);
        return answerOf(response, "code");
    }

    std::string cookie;

private:
    http::HeaderMap headers() const
    {
        return cookie.empty() ? http::HeaderMap()
                              : http::HeaderMap{{"Cookie", "other=1; claimsmith_session=" + cookie}};
    }

    http::Response keep(http::Response response)
    {
        const auto line = http::parseSetCookie(response.head.headers.value("Set-Cookie"));
        if (line && line->name == "claimsmith_session")
            cookie = line->value;
        return response;
    }

    const Bench& m_bench;
};

/// The answer to a code of kong-bank.
inline http::Response redeem(const Bench& bench, const std::string& code, Fields more = {})
{
    Fields fields{{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", "http://localhost:8000/bank"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return bench.post("/realms/demo/token", fields, basic("kong-bank"));
}

} // namespace claimsmith::identity::test

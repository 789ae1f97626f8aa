// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "http/client/client.h"
#include "jose/forge/forge.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace claimsmith::gateway {
class Snapshot;
} // namespace claimsmith::gateway

namespace claimsmith::app {

/// Where a token travels in a request.
struct TokenPlace
{
    enum class Kind { Header, Query, Cookie, Verifier };
    Kind kind = Kind::Header;
    std::string name = "Authorization";

    friend bool operator==(const TokenPlace&, const TokenPlace&) = default;
};

/// "Authorization header", "Query ?jwt=", "Cookie jwt".
QString placeText(const TokenPlace& place);

/// What the forged tokens are held against.
struct AttackTarget
{
    enum class Kind {
        Route,    ///< of the embedded gateway, over its listener
        Url,      ///< a server elsewhere
        Verifier, ///< the chosen key, without a request
    };
    Kind kind = Kind::Verifier;
    QString name;      ///< "route api"
    std::string route; ///< id
    std::string url;   ///< that requests go to
    std::string host;  ///< Host header; empty: the URL's
    std::string method = "GET";
    std::vector<std::pair<std::string, std::string>> headers = {}; ///< that the route asks for
    std::vector<TokenPlace> places;
};

/// The route with the places where its jwt plugin looks; `authority` is the proxy's address. Nothing when the route is
/// gone or guards nothing.
std::optional<AttackTarget> routeTarget(const gateway::Snapshot& snapshot, const std::string& route,
                                        const std::string& authority);
AttackTarget urlTarget(const std::string& url);
AttackTarget verifierTarget(const QString& key);

/// Whether nobody but this machine can be meant: 127.0.0.0/8, ::1 or localhost.
bool isLoopback(const std::string& url);

/// A row of the matrix: one kind of forgery in all its forms.
struct AttackRow
{
    const jose::forge::Variant* variant = nullptr; ///< null: the genuine token
    std::vector<jose::forge::Forgery> forgeries;

    bool isGenuine() const noexcept { return variant == nullptr; }
    QString title() const;
    /// The form of the only one, or how many there are.
    QString label() const;
    /// The heading that the row stands under: "Signature".
    QString group() const;
};

/// The genuine token first, then every kind of forgery that can be made of it.
Result<std::vector<AttackRow>> attackRows(const std::string& token, const jose::forge::Knowledge& knowledge);

/// The request that carries this token at this place.
http::ClientRequest attackRequest(const AttackTarget& target, const TokenPlace& place,
                                  const jose::forge::Forgery& forgery);

} // namespace claimsmith::app

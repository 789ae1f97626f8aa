// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/presented.h"

#include "base/text.h"
#include "gateway/plugins/authorization.h"
#include "gateway/plugins/openid_connect/token.h"
#include "http/cookie.h"

#include <algorithm>
#include <utility>

namespace claimsmith::gateway::openidconnect {
namespace {

constexpr std::string_view tokenArgument = "access_token";
constexpr std::string_view tokenHeaders[] = {"access-token", "x-access-token"};

/// A value with the place where it stood.
struct Found
{
    std::string value;
    std::string place;
};

std::optional<Found> found(std::optional<std::string> value, std::string place)
{
    return value ? std::optional(Found{*std::move(value), std::move(place)}) : std::nullopt;
}

std::optional<Found> inArguments(RequestArguments& arguments, const Places& places, std::string_view name)
{
    std::optional<Found> result;
    if (places.query)
        result = found(arguments.inQuery(name), "query " + std::string(name));
    if (!result && places.body)
        result = found(arguments.inBody(name), "body " + std::string(name));
    return result;
}

std::optional<Found> inHeaders(RequestArguments& arguments)
{
    const auto authorization = arguments.header("authorization");
    if (const auto token = authorization ? afterScheme(*authorization, "bearer") : std::nullopt)
        return Found{std::string(trimmed(*token)), "header authorization"};
    for (const std::string_view name : tokenHeaders)
        if (auto value = arguments.header(name))
            return Found{*std::move(value), "header " + std::string(name)};
    return std::nullopt;
}

std::optional<Found> findToken(RequestArguments& arguments, const Settings& settings)
{
    const Places& places = settings.bearerPlaces;
    std::optional<Found> result = places.header ? inHeaders(arguments) : std::nullopt;
    if (!result)
        result = inArguments(arguments, places, tokenArgument);
    if (!result && places.cookie && !settings.bearerCookie.empty())
        result = found(arguments.cookie(settings.bearerCookie), "cookie " + settings.bearerCookie);
    return result;
}

/// Which of the methods that take access tokens this one is for.
std::optional<Method> methodFor(const Settings& settings, bool isToken)
{
    const auto has = [&](Method method) { return settings.methods.has(method); };
    if (isToken && has(Method::Bearer))
        return Method::Bearer;
    if (has(Method::Introspection))
        return Method::Introspection;
    if (has(Method::UserInfo))
        return Method::UserInfo;
    return has(Method::Bearer) ? std::optional(Method::Bearer) : std::nullopt;
}

struct NameAndSecret
{
    std::string name;
    std::string secret;
    std::string place;
};

/// RFC 7617 §2: the name goes to the first colon.
std::optional<NameAndSecret> inBasic(RequestArguments& arguments)
{
    const auto authorization = arguments.header("authorization");
    const auto encoded = authorization ? afterScheme(*authorization, "basic") : std::nullopt;
    const auto decoded = encoded ? fromBase64BeforePadding(trimmed(*encoded)) : std::nullopt;
    if (!decoded || decoded->find(':') == std::string::npos)
        return std::nullopt;
    const std::size_t colon = decoded->find(':');
    return NameAndSecret{decoded->substr(0, colon), decoded->substr(colon + 1), "header authorization"};
}

std::optional<NameAndSecret> findPair(RequestArguments& arguments, const Places& places, std::string_view name,
                                      std::string_view secret)
{
    if (places.header)
        if (auto pair = inBasic(arguments))
            return pair;
    auto first = inArguments(arguments, places, name);
    auto second = inArguments(arguments, places, secret);
    if (!first || !second)
        return std::nullopt;
    return NameAndSecret{std::move(first->value), std::move(second->value), std::move(first->place)};
}

std::optional<Found> findRefreshToken(RequestArguments& arguments, const Settings& settings)
{
    const std::string name = settings.refreshName.empty() ? "refresh_token" : settings.refreshName;
    std::optional<Found> result;
    if (settings.refreshPlaces.header)
        for (std::string header : settings.refreshName.empty()
                                      ? std::vector<std::string>{"refresh-token", "x-refresh-token"}
                                      : std::vector{settings.refreshName})
            if (!result)
                result = found(arguments.header(header), "header " + header);
    return result ? result : inArguments(arguments, settings.refreshPlaces, name);
}

std::optional<Presented> presentedPair(Method method, std::optional<NameAndSecret> pair)
{
    if (!pair)
        return std::nullopt;
    Presented presented;
    presented.method = method;
    presented.name = std::move(pair->name);
    presented.secret = std::move(pair->secret);
    presented.place = std::move(pair->place);
    return presented;
}

std::optional<std::string> filled(std::optional<std::string> value)
{
    return value && !value->empty() ? std::move(value) : std::nullopt;
}

} // namespace

std::optional<std::string> RequestArguments::inQuery(std::string_view name)
{
    if (!m_query)
        m_query = http::parseQuery(m_exchange.request.head.query().value_or(""));
    const auto* argument = m_query->find(name);
    return argument ? filled(argument->value) : std::nullopt;
}

std::optional<std::string> RequestArguments::inBody(std::string_view name)
{
    const auto& body = m_exchange.request.body;
    if (!body)
        return std::nullopt;
    if (!m_body)
        m_body = BodyArguments::parse(m_exchange.request.head.headers.value("Content-Type"), *body);
    auto argument = m_body->find(name);
    const bool isText = argument.shape == BodyArguments::Shape::Text;
    return isText ? filled(std::move(argument.text)) : std::nullopt;
}

std::optional<std::string> RequestArguments::header(std::string_view name) const
{
    return filled(std::string(m_exchange.request.head.headers.value(name)));
}

std::optional<std::string> RequestArguments::cookie(std::string_view name) const
{
    return filled(std::string(http::findCookie(m_exchange.request.head.headers, name).value_or("")));
}

std::optional<Presented> findCredential(RequestArguments& arguments, const Settings& settings)
{
    if (auto token = findToken(arguments, settings)) {
        const bool isToken = looksLikeToken(token->value);
        if (const auto method = methodFor(settings, isToken))
            return Presented{*method, std::move(token->value), {}, {}, std::move(token->place), isToken};
    }
    if (settings.methods.has(Method::RefreshToken))
        if (auto token = findRefreshToken(arguments, settings))
            return Presented{Method::RefreshToken, std::move(token->value), {}, {}, std::move(token->place), false};
    std::optional<Presented> presented;
    if (settings.methods.has(Method::Password))
        presented =
            presentedPair(Method::Password, findPair(arguments, settings.passwordPlaces, "username", "password"));
    if (!presented && settings.methods.has(Method::ClientCredentials))
        presented = presentedPair(Method::ClientCredentials,
                                  findPair(arguments, settings.clientPlaces, "client_id", "client_secret"));
    return presented;
}

const Client& chooseClient(RequestArguments& arguments, const Settings& settings)
{
    if (settings.clients.size() == 1)
        return settings.clients.front();
    std::string header = settings.clientArgument;
    std::ranges::replace(header, '_', '-');
    auto chosen = arguments.header("x-" + header);
    if (!chosen)
        chosen = arguments.header(header);
    if (!chosen)
        chosen = arguments.inQuery(settings.clientArgument);
    if (!chosen)
        chosen = arguments.inBody(settings.clientArgument);
    return settings.client(chosen.value_or(""));
}

void hideCredential(Exchange& exchange, const Presented& presented)
{
    const std::size_t space = presented.place.find(' ');
    const std::string kind = presented.place.substr(0, space);
    const std::string name = presented.place.substr(space + 1);
    std::vector<std::string> names{name};
    if (name == "username")
        names.emplace_back("password");
    if (name == "client_id")
        names.emplace_back("client_secret");
    UpstreamRequest& upstream = exchange.upstream;
    for (const std::string& each : names) {
        if (kind == "header")
            upstream.headers.remove(each);
        if (kind == "query" && upstream.query)
            upstream.query = http::withoutArgument(*upstream.query, each);
        const Bytes* const body = upstream.body           ? &*upstream.body
                                  : exchange.request.body ? &*exchange.request.body
                                                          : nullptr;
        if (kind == "body" && body)
            if (auto rest = BodyArguments::parse(upstream.headers.value("Content-Type"), *body).without(each))
                upstream.body = std::move(rest);
    }
    if (upstream.query && upstream.query->empty())
        upstream.query.reset();
}

std::string placesSearched(const Settings& settings)
{
    std::string list;
    const auto add = [&](bool isEnabled, const char* name, const Places& places) {
        if (isEnabled)
            list += (list.empty() ? "" : "; ") + std::string(name) + " in " + places.toString();
    };
    const Methods& methods = settings.methods;
    add(methods.has(Method::Bearer) || methods.has(Method::Introspection) || methods.has(Method::UserInfo),
        "access token", settings.bearerPlaces);
    add(methods.has(Method::RefreshToken), "refresh token", settings.refreshPlaces);
    add(methods.has(Method::Password), "name and password", settings.passwordPlaces);
    add(methods.has(Method::ClientCredentials), "client id and secret", settings.clientPlaces);
    if (methods.has(Method::Session))
        list += (list.empty() ? "" : "; ") + std::string("session cookie ") + settings.session.cookie.name;
    return list;
}

} // namespace claimsmith::gateway::openidconnect

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "document/json.h"
#include "http/url.h"
#include "identity/provider.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace claimsmith;
using namespace claimsmith::identity;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

constexpr std::string_view secret = "a-secret-of-32-octets-for-this-test";
constexpr std::array<std::string_view, 3> redirectUris{"http://localhost:8000/bank", "http://localhost:8000/bye",
                                                       "com.example.app:/callback"};

constexpr std::string_view configuration = R"({"issuers": [{"path": "/a", "algorithm": "ES256", "clients": [
  {"id": "web", "secret": "{{secret:s}}", "redirectUris": ["http://localhost:8000/bank"],
   "postLogoutRedirectUris": ["http://localhost:8000/bye"],
   "authentication": ["client_secret_basic", "client_secret_post", "client_secret_jwt"],
   "grants": ["authorization_code", "client_credentials", "password", "refresh_token",
              "urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:token-exchange",
              "urn:ietf:params:oauth:grant-type:jwt-bearer"]},
  {"id": "app", "redirectUris": ["com.example.app:/callback"]}],
  "users": [{"username": "bob", "password": "{{secret:s}}", "claims": {"email": "bob@bank.demo"}}]}]})";

Provider& provider()
{
    static const FixedClock clock(1795444327);
    static const std::unique_ptr<Provider> made = [] {
        ProviderOptions options;
        options.clock = &clock;
        options.secrets.emplace("s", SecretBytes(secret));
        options.logEntries = 10;
        auto created = Provider::create(std::move(*readConfiguration(configuration, "fuzz")), std::move(options));
        require(created.hasValue());
        (*created)->setUrl("http://localhost:8085");
        return std::move(*created);
    }();
    return *made;
}

/// The text up to `end`, which is taken away with it.
std::string_view next(std::string_view& text, std::string_view end)
{
    const std::size_t found = text.find(end);
    const std::string_view piece = text.substr(0, found);
    text.remove_prefix(found == std::string_view::npos ? text.size() : found + end.size());
    return piece;
}

/// "METHOD target", header lines, an empty line, a body.
http::Request requestOf(std::string_view text)
{
    http::Request request;
    std::string_view head = next(text, "\n\n");
    std::string_view line = next(head, "\n");
    request.head.method = next(line, " ");
    request.head.target = line;
    while (!head.empty()) {
        std::string_view field = next(head, "\n");
        const std::string_view name = next(field, ": ");
        if (http::isToken(name) && http::isSafeHeaderValue(field))
            request.head.headers.add(name, field);
    }
    if (!request.head.headers.contains("Host"))
        request.head.headers.add("Host", "localhost:8085");
    request.body = text;
    return request;
}

/// Nobody is sent anywhere but to registered places, or to the provider itself.
void checkLocation(std::string_view location)
{
    const auto leadsTo = [location](std::string_view uri) {
        const std::string_view rest = location.substr(std::min(uri.size(), location.size()));
        return location.starts_with(uri) && (rest.empty() || rest.front() == '?' || rest.front() == '#');
    };
    require(std::any_of(redirectUris.begin(), redirectUris.end(), leadsTo));
}

void checkPage(const http::Response& response)
{
    const std::string_view policy = response.head.headers.value("Content-Security-Policy");
    require(policy.starts_with("default-src 'none'") && policy.find("frame-ancestors 'none'") != std::string::npos);
    require(response.body.find("<script") == std::string::npos);
    require(response.head.headers.value("X-Frame-Options") == "DENY");
}

void check(const http::Request& request, const http::Response& response)
{
    require(response.head.status >= 200 && response.head.status <= 599);
    for (const http::HeaderField& field : response.head.headers)
        require(http::isToken(field.name) && http::isSafeHeaderValue(field.value));
    if (const auto location = response.head.headers.find("Location"))
        checkLocation(*location);
    const std::string_view type = response.head.headers.value("Content-Type");
    if (type.starts_with("text/html"))
        checkPage(response);
    if (type == "application/json")
        require(document::parseJson(response.body, {.allowInvalidUtf8 = true}).hasValue());
    require(response.head.status != 401 || response.head.headers.contains("WWW-Authenticate"));
    const bool isTold =
        request.body.find(secret) != std::string::npos || request.head.target.find(secret) != std::string::npos;
    require(isTold || response.body.find(secret) == std::string::npos);
}

} // namespace

/// Requests one after the other, with lines "====" between them: what the first brings about, the next may use.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view text(reinterpret_cast<const char*>(data), size);
    provider().resetState();
    for (int i = 0; i < 4 && !text.empty(); ++i) {
        const http::Request request = requestOf(next(text, "\n====\n"));
        check(request, provider().answer(request).response);
    }
    return 0;
}

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "gateway/plugins/authorization.h"
#include "gateway/plugins/basic_auth/header.h"
#include "gateway/plugins/hmac_auth/signedrequest.h"
#include "gateway/plugins/jwt/token.h"
#include "http/cookie.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace claimsmith;
using namespace claimsmith::gateway;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

bool isWithin(std::string_view part, std::string_view whole) noexcept
{
    return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void checkSchemes(std::string_view value)
{
    for (const SchemeGap gap : {SchemeGap::Optional, SchemeGap::Needed})
        if (const auto rest = findAfterScheme(value, "bearer", gap))
            require(!rest->empty() && isWithin(*rest, value));
    if (const auto rest = afterScheme(value, "bearer"))
        require(!rest->empty() && isWithin(*rest, value) && equalIgnoringCase(schemeOf(value), "bearer"));
}

/// A user has a name without a colon; what is strictly right is read the same way leniently, but for the scheme's case.
void checkBasic(const http::HeaderMap& headers)
{
    const auto strict = basicauth::readBasic(headers, "Authorization", Conduct::Strict);
    const auto lenient = basicauth::readBasic(headers, "Authorization", Conduct::Kong);
    for (const auto* given : {&strict, &lenient})
        if (given->isGood())
            require(!given->username.empty() && given->username.find(':') == std::string::npos);
    if (strict.isGood() && !lenient.isRefusedByCase)
        require(lenient.isGood() && lenient.username == strict.username && lenient.password == strict.password &&
                !lenient.isLax);
}

void checkFields(const std::optional<hmacauth::SignatureFields>& fields)
{
    if (fields)
        require(!fields->username.empty() && !fields->algorithm.empty() && !fields->signature.empty() &&
                !fields->headers.empty());
}

/// Every cookie that is read can be found by its name, unless another of the name came first.
void checkCookies(std::string_view value)
{
    http::HeaderMap headers;
    headers.add("Cookie", value);
    for (const http::Cookie& cookie : http::parseCookies(value)) {
        require(isWithin(cookie.name, value) && isWithin(cookie.value, value));
        require(http::findCookie(headers, cookie.name).has_value());
    }
}

void checkTokens(const http::HeaderMap& headers)
{
    jwt::Places places;
    places.headerNames = {"authorization"};
    places.cookieNames = {"session"};
    for (const jwt::FoundToken& token : jwt::collectTokens(headers, std::nullopt, places))
        require(!token.text.empty() && !token.places.empty());
}

} // namespace

/// The text is the value of Authorization and of Cookie.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view value(reinterpret_cast<const char*>(data), size);
    http::HeaderMap headers;
    headers.add("Authorization", value);
    headers.add("Cookie", value);
    checkSchemes(value);
    checkBasic(headers);
    checkFields(hmacauth::readAsKong(value));
    checkFields(hmacauth::readStrictly(value));
    checkCookies(value);
    checkTokens(headers);
    return 0;
}

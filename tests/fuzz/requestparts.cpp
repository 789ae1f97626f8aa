// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/text.h"
#include "document/json.h"
#include "gateway/admin/input.h"
#include "gateway/answer.h"
#include "gateway/entities.h"
#include "gateway/plugins/bodyarguments.h"
#include "gateway/plugins/cors/origins.h"
#include "gateway/plugins/kongjson.h"
#include "gateway/plugins/luanumber.h"
#include "gateway/plugins/multipart.h"
#include "gateway/plugins/proxy_cache/cachecontrol.h"
#include "gateway/settings.h"
#include "gateway/snapshot.h"
#include "gateway/validation.h"
#include "http/date.h"
#include "http/mediatype.h"
#include "http/message.h"
#include "http/query.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace claimsmith;
using namespace claimsmith::gateway;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// What a plugin takes out of a body is not in it any more.
void checkBody(std::string_view type, std::string_view body)
{
    const auto arguments = BodyArguments::parse(type, body);
    for (const std::string_view name : {std::string_view("key"), std::string_view("a"), body.substr(0, 3)})
        if (const auto rest = arguments.without(name))
            require(BodyArguments::parse(type, *rest).find(name).shape == BodyArguments::Shape::Absent);
    const Multipart parts(body, type);
    const Bytes written = parts.toBody();
    const Multipart again(written, type);
    require(again.parts().size() == parts.parts().size());
}

/// What is read and written is read the same way.
void checkQuery(std::string_view text)
{
    const auto arguments = http::parseQuery(text, 1000);
    require(http::parseQuery(http::formatQuery(arguments), 1000) == arguments);
    for (const http::QueryArgument& argument : arguments)
        require(http::parseQuery(http::withoutArgument(text, argument.name), 1000).find(argument.name) == nullptr ||
                arguments.size() == 1000);
}

void checkJson(std::string_view text)
{
    const auto value = document::parseJson(text, {.allowDuplicateKeys = true, .allowKongNumbers = true});
    if (value)
        static_cast<void>(document::toJson(asKongWritesIt(*value)));
    if (const auto number = luaNumber(text))
        require(std::isfinite(*number));
}

/// Headers whose values a client chooses.
void checkHeaders(std::string_view value)
{
    if (const auto type = http::parseMediaType(value))
        require(http::isToken(type->type) && type->type == toLower(type->type) && http::isToken(type->subtype));
    static_cast<void>(http::parseHttpDate(value));
    const http::HeaderMap headers{
        {"Accept", value}, {"Content-Type", value}, {"Cache-Control", value}, {"Expires", value}};
    const proxycache::CacheControl control(headers);
    require(proxycache::lifetimeOf(headers, control, TimePoint{}) >= 0);
    for (const Answer& answer : {errorAnswer(headers, "id", 404), errorPage(headers, "id", 502)})
        require(http::isSafeHeaderValue(answer.headers.value("content-type")));
    TrustSettings trust;
    trust.recursive = true;
    if (const auto address = trust.clientAddress(value))
        require(isIpAddress(*address));
    static const auto origins = cors::OriginRules::create({"http://a.test", "(.*)[.]b[.]test"}, Conduct::Kong);
    if (const auto choice = origins->choose(value); choice.allowed)
        require(http::isSafeHeaderValue(*choice.allowed));
}

/// What the Admin API makes of a body ends as values that its schema can judge.
void checkAdmin(std::string_view type, std::string_view body)
{
    http::Request request;
    request.head.method = "POST";
    request.head.headers.add("Content-Type", type);
    request.body = body;
    auto read = admin::readArguments(request);
    auto* arguments = std::get_if<admin::Arguments>(&read);
    if (!arguments)
        return;
    for (const EntityType* kind : entityTypes()) {
        auto values = arguments->values;
        if (!arguments->isTyped)
            values = admin::inferTypes(kind->schema().fields, std::move(values));
        values = withDefaults(kind->schema().fields, std::move(values));
        static_cast<void>(toMessage(validate(kind->schema(), values)));
    }
}

} // namespace

/// The first line is a header's value, what follows a body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const void* const bytes = data;
    const std::string_view text(static_cast<const char*>(bytes), size);
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::string_view body = text.substr(std::min(end + 1, text.size()));
    if (!http::isSafeHeaderValue(line))
        return 0;
    checkBody(line, body);
    checkQuery(body);
    checkJson(body);
    checkHeaders(line);
    checkAdmin(line, body);
    return 0;
}

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/answers.h"

#include "document/json.h"
#include "http/mediatype.h"
#include "identity/oautherror.h"

namespace claimsmith::identity {
namespace {

using document::Object;

/// A quoted-string (RFC 9110 §5.6.4) of text that has neither quotes nor backslashes.
std::string quoted(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

http::Response refusalAnswer(const Error& error)
{
    const OAuthErrorInfo& row = infoOf(error);
    return jsonAnswer(row.status, Object{{"error", row.error}, {"error_description", descriptionOf(error)}});
}

} // namespace

http::Response jsonAnswer(int status, const document::Value& value)
{
    http::Response response = http::Response::make(status, "application/json", document::toJson(value));
    response.head.headers.set("Cache-Control", "no-store");
    response.head.headers.set("Pragma", "no-cache");
    return response;
}

http::Response keptJsonAnswer(const document::Value& value, int seconds)
{
    http::Response response = http::Response::make(200, "application/json", document::toJson(value));
    response.head.headers.set("Cache-Control", "public, max-age=" + std::to_string(seconds));
    return response;
}

void note(LogEntry& log, const Error& error)
{
    const OAuthErrorInfo& row = infoOf(error);
    log.event.clear();
    log.error = row.error;
    log.reason = row.reason;
}

http::Response errorAnswer(Call& call, const Error& error)
{
    note(call.log, error);
    http::Response response = refusalAnswer(error);
    if (response.head.status == 401)
        response.head.headers.set("WWW-Authenticate", "Basic realm=" + quoted(call.realm.url));
    return response;
}

http::Response bearerErrorAnswer(Call& call, const Error& error)
{
    note(call.log, error);
    const OAuthErrorInfo& row = infoOf(error);
    std::string challenge = "Bearer realm=" + quoted(call.realm.url);
    // A request that did not authenticate learns nothing else (RFC 6750 §3.1).
    const bool saysWhy = !row.error.empty();
    if (saysWhy)
        challenge += ", error=" + quoted(row.error) + ", error_description=" + quoted(descriptionOf(error));
    if (row.status == 403)
        challenge += ", scope=\"openid\"";
    http::Response response = saysWhy ? refusalAnswer(error) : jsonAnswer(row.status, Object{});
    response.head.headers.set("WWW-Authenticate", challenge);
    return response;
}

Result<void> checkForm(const Call& call)
{
    const auto type = http::parseMediaType(call.request.head.headers.value("content-type"));
    if (!type || !type->is("application/x-www-form-urlencoded"))
        return refusal(OAuthErrorCode::WrongContentType);
    const std::string repeated = call.parameters.repeated();
    if (!repeated.empty())
        return refusal(OAuthErrorCode::RepeatedParameter, repeated);
    return {};
}

Result<std::string> required(const Call& call, std::string_view name)
{
    const std::string* const value = call.parameters.find(name);
    if (value == nullptr)
        return refusal(OAuthErrorCode::MissingParameter, std::string(name));
    return *value;
}

} // namespace claimsmith::identity

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/authorization/request.h"

#include "base/base64.h"
#include "base/text.h"
#include "identity/answers.h"
#include "identity/oautherror.h"
#include "identity/scopes.h"
#include "identity/tokens.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace claimsmith::identity {
namespace {

using enum OAuthErrorCode;

constexpr std::array<std::string_view, 3> responseModes{"query", "fragment", "form_post"};
constexpr std::array<std::string_view, 4> prompts{"none", "login", "consent", "select_account"};

/// Parameters for what is not offered (OpenID Connect Core §6, §7.2).
struct Unsupported
{
    std::string_view parameter;
    OAuthErrorCode code;
};
constexpr Unsupported unsupported[] = {
    {"request", RequestNotSupported},
    {"request_uri", RequestUriNotSupported},
    {"registration", RegistrationNotSupported},
};

/// A redirect to a loopback address without its port, which native applications choose when they run (RFC 8252 §7.3);
/// anything else as it is.
std::string withoutLoopbackPort(std::string_view uri)
{
    for (const std::string_view host : {"http://127.0.0.1", "http://[::1]"}) {
        if (!uri.starts_with(host) || uri.substr(host.size(), 1) != ":")
            continue;
        const std::size_t end = uri.find_first_not_of("0123456789", host.size() + 1);
        return std::string(host) + std::string(end == std::string_view::npos ? std::string_view() : uri.substr(end));
    }
    return std::string(uri);
}

bool isRegisteredUri(const Client& client, std::string_view uri)
{
    const std::string wanted = withoutLoopbackPort(uri);
    return std::ranges::any_of(client.redirectUris, [&](const std::string& known) {
        return known == uri || withoutLoopbackPort(known) == wanted;
    });
}

/// Compared character by character (RFC 9700 §2.1). Only a request that is no OpenID Connect may leave it out, and only
/// where there is no choice (RFC 6749 §3.1.2.3).
Result<std::string> redirectUri(const Call& call, const Client& client)
{
    const std::string* const uri = call.parameters.find("redirect_uri");
    const bool isOpenId = hasScope(splitScopes(call.parameters.value("scope")), "openid");
    if (uri == nullptr && (isOpenId || client.redirectUris.size() != 1))
        return refusal(RedirectUriMissing);
    const std::string& wanted = uri == nullptr ? client.redirectUris.front() : *uri;
    if (!isRegisteredUri(client, wanted) || call.realm.has(Fault::RedirectMismatch))
        return refusal(RedirectUriUnregistered);
    return wanted;
}

Result<void> readChallenge(const Call& call, const Client& client, AuthorizationRequest& request)
{
    const std::string* const challenge = call.parameters.find("code_challenge");
    const std::string_view method = call.parameters.value("code_challenge_method");
    if (challenge == nullptr) {
        if (client.pkce || !client.isConfidential() || !method.empty())
            return refusal(PkceRequired);
        return {};
    }
    if (method != "S256") // absent means "plain" (RFC 7636 §4.3)
        return refusal(PkceMethodUnsupported);
    const auto digest = fromBase64Url(*challenge);
    if (!digest || digest->size() != 32)
        return refusal(PkceMalformed);
    request.challenge = *challenge;
    return {};
}

Result<void> readPrompts(const Call& call, AuthorizationRequest& request)
{
    for (const std::string& prompt : splitScopes(call.parameters.value("prompt"))) {
        if (std::ranges::find(prompts, prompt) == prompts.end())
            return refusal(PromptInvalid);
        request.prompts.insert(prompt);
    }
    if (request.prompts.contains("none") && request.prompts.size() > 1)
        return refusal(PromptInvalid);
    return {};
}

Result<void> readMaximumAge(const Call& call, AuthorizationRequest& request)
{
    const std::string* const text = call.parameters.find("max_age");
    if (text == nullptr)
        return {};
    std::int64_t seconds = -1;
    const char* const end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, seconds);
    if (read.ec != std::errc() || read.ptr != end || seconds < 0)
        return refusal(MaxAgeInvalid);
    request.maximumAge = seconds;
    return {};
}

Result<void> readHints(const Call& call, AuthorizationRequest& request)
{
    request.loginHint = call.parameters.value("login_hint");
    const std::string* const hint = call.parameters.find("id_token_hint");
    if (hint == nullptr)
        return {};
    CLAIMSMITH_TRY(const document::Object claims, readIdToken(call.realm, *hint));
    const std::string* const subject = findText(claims, "sub");
    request.hintedSubject = subject == nullptr ? std::string() : *subject;
    return {};
}

Result<void> readResponse(const Call& call, AuthorizationRequest& request)
{
    const std::string_view mode = call.parameters.value("response_mode");
    if (!mode.empty() && std::ranges::find(responseModes, mode) == responseModes.end())
        return refusal(ResponseModeUnsupported);
    request.responseMode = mode;
    CLAIMSMITH_TRY(const std::string type, required(call, "response_type"));
    if (type != "code")
        return refusal(ResponseTypeUnsupported);
    return {};
}

} // namespace

Result<AuthorizationRequest> readAuthorizationTarget(const Call& call)
{
    const std::string repeated = call.parameters.repeated();
    if (repeated == "client_id" || repeated == "redirect_uri")
        return refusal(RepeatedParameter, repeated);
    CLAIMSMITH_TRY(const std::string id, required(call, "client_id"));
    const Client* const client = call.realm.settings.findClient(id);
    if (client == nullptr)
        return refusal(ClientUnknown);
    call.log.client = id;
    if (!client->has(GrantType::AuthorizationCode))
        return refusal(GrantNotAllowed);
    AuthorizationRequest request;
    request.client = id;
    CLAIMSMITH_TRY(request.redirectUri, redirectUri(call, *client));
    request.namesRedirectUri = call.parameters.find("redirect_uri") != nullptr;
    return request;
}

Result<void> readAuthorizationRequest(const Call& call, AuthorizationRequest& request)
{
    request.state = call.parameters.value("state");
    const std::string repeated = call.parameters.repeated();
    if (!repeated.empty())
        return refusal(RepeatedParameter, repeated);
    CLAIMSMITH_CHECK(readResponse(call, request));
    for (const Unsupported& row : unsupported) {
        if (call.parameters.find(row.parameter) != nullptr)
            return refusal(row.code);
    }
    const Client& client = *call.realm.settings.findClient(request.client);
    CLAIMSMITH_CHECK(readChallenge(call, client, request));
    CLAIMSMITH_CHECK(readPrompts(call, request));
    CLAIMSMITH_CHECK(readMaximumAge(call, request));
    CLAIMSMITH_CHECK(readHints(call, request));
    request.nonce = call.parameters.value("nonce");
    // Which user it will be is not known yet: what they may have is looked at when they are.
    static const User anybody{.username = {}};
    CLAIMSMITH_TRY(request.scopes, grantScopes(call.realm, client, &anybody, call.parameters.find("scope")));
    return {};
}

} // namespace claimsmith::identity

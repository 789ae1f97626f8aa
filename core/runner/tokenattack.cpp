// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/tokenattack.h"

#include "http/client/wait.h"
#include "http/url.h"

#include <algorithm>

namespace claimsmith::runner {
namespace {

using jose::forge::Answer;
using jose::forge::Forgery;
using jose::forge::Outcome;

bool isLoopbackAddress(std::string_view host)
{
    if (host == "::1")
        return true;
    const bool isNumeric = std::ranges::all_of(host, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    return isNumeric && host.starts_with("127.") && std::ranges::count(host, '.') == 3;
}

/// What a header line can't carry (RFC 9110 §5.5).
bool fitsHeader(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) {
        const auto octet = static_cast<unsigned char>(c);
        return octet == '\t' || (octet >= 0x20 && octet != 0x7f);
    });
}

std::string withQuery(const std::string& url, const std::string& name, const std::string& value)
{
    const std::size_t fragment = std::min(url.find('#'), url.size());
    const std::string base = url.substr(0, fragment);
    return base + (base.find('?') == std::string::npos ? '?' : '&') + name + '=' + value;
}

http::ClientRequest requestFor(const AttackTarget& target, const Forgery& forgery)
{
    http::ClientRequest request = target.request;
    request.headers.remove(target.header);
    request.headers.add(target.header, target.prefix + forgery.token);
    if (forgery.beside) {
        request.url = withQuery(request.url, target.query, *forgery.beside);
        request.headers.add("Cookie", target.cookie + '=' + *forgery.beside);
    }
    request.followRedirects = false;
    return request;
}

Answer answerOf(const http::ClientResponse& response)
{
    const int status = response.head.status;
    const std::string detail =
        std::to_string(status) + (response.head.reason.empty() ? "" : ' ' + response.head.reason);
    const Outcome outcome = status >= 500 ? Outcome::Failed : status >= 400 ? Outcome::Refused : Outcome::Accepted;
    return {.outcome = outcome, .detail = detail};
}

} // namespace

bool isLoopback(std::string_view url)
{
    const auto parsed = http::parseUrl(url);
    if (!parsed)
        return false;
    const std::string_view host = parsed->host;
    return host == "localhost" || host.ends_with(".localhost") || isLoopbackAddress(host);
}

jose::forge::Verifier httpVerifier(http::Client& client, AttackTarget target)
{
    return [&client, target = std::move(target)](const Forgery& forgery) -> Answer {
        if (!fitsHeader(forgery.token))
            return {.outcome = Outcome::NotSent, .detail = "a header line can't carry it"};
        const auto response = http::sendAndWait(client, requestFor(target, forgery));
        if (response)
            return answerOf(*response);
        const bool isOurs = response.error().code == http::ClientErrorCode::BadRequest ||
                            response.error().code == http::ClientErrorCode::BadUrl;
        return {.outcome = isOurs ? Outcome::NotSent : Outcome::Failed,
                .detail = std::string(response.error().code.name())};
    };
}

} // namespace claimsmith::runner

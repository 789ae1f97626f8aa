// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/io.h"
#include "cli/responseoutput.h"
#include "cli/workspacerequest.h"

#include "document/json.h"
#include "gateway/snapshot.h"
#include "http/client/wait.h"
#include "runner/prepare.h"

#include <algorithm>
#include <charconv>

namespace claimsmith::cli {
namespace {

enum class SendErrorCode { BadHeader, BadTimeout };

const ErrorDomain& errorDomain(SendErrorCode) noexcept
{
    static const ErrorDomain domain{
        "send", [](int code) noexcept -> std::string_view { return code == 0 ? "bad-header" : "bad-timeout"; }};
    return domain;
}

Result<void> addHeaders(const Arguments& arguments, http::HeaderMap& headers)
{
    for (const std::string_view line : arguments.values("--header")) {
        const std::size_t colon = line.find(':');
        const std::string_view name = line.substr(0, colon);
        if (colon == std::string_view::npos || !http::isToken(name))
            return Error{.code = SendErrorCode::BadHeader,
                         .place = {.pointer = "--header"},
                         .detail = "a header is written \"Name: value\""};
        std::string_view value = line.substr(colon + 1);
        value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
        headers.add(name, value);
    }
    return {};
}

/// "@FILE", "-" for standard input, or the text itself.
Result<std::string> readData(std::string_view data)
{
    if (data == "-")
        return readInput("-");
    return data.starts_with('@') ? readInput(data.substr(1)) : Result<std::string>(std::string(data));
}

Result<void> addBody(const Arguments& arguments, http::ClientRequest& request)
{
    const auto data = arguments.value("--data");
    if (!data)
        return {};
    CLAIMSMITH_TRY(request.body, readData(*data));
    request.headers.remove("Content-Length"); // of the body that this one replaces
    if (!request.headers.contains("Content-Type"))
        request.headers.add("Content-Type", document::parseJson(*request.body) ? "application/json" : "text/plain");
    return {};
}

Result<void> addTimeout(const Arguments& arguments, http::ClientRequest& request)
{
    const std::string_view text = arguments.valueOr("--timeout", "0");
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc() || end != text.data() + text.size() || !(seconds >= 0 && seconds < 1e6))
        return Error{.code = SendErrorCode::BadTimeout,
                     .place = {.pointer = "--timeout"},
                     .detail = "a timeout is a number of seconds"};
    request.totalTimeout = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
    return {};
}

http::ClientRequest requestTo(const std::string& method, const std::string& url)
{
    http::ClientRequest request;
    request.method = method;
    request.url = url.find("://") == std::string::npos ? "http://" + url : url;
    return request;
}

/// The request that the operands name, with what the options change.
Result<http::ClientRequest> requestFrom(const Arguments& arguments)
{
    const auto& operands = arguments.operands();
    Result<http::ClientRequest> named =
        operands.size() == 2
            ? Result<http::ClientRequest>(requestTo(operands[0], operands[1]))
            : workspaceRequest(operands[0], arguments.valueOr("--environment", ""), arguments.valueOr("--gateway", ""));
    CLAIMSMITH_TRY(http::ClientRequest request, std::move(named));
    CLAIMSMITH_CHECK(addHeaders(arguments, request.headers));
    CLAIMSMITH_CHECK(addBody(arguments, request));
    CLAIMSMITH_CHECK(addTimeout(arguments, request));
    request.followRedirects = arguments.has("--follow");
    request.tls.verify = !arguments.has("--insecure");
    request.tls.caFile = std::string(arguments.valueOr("--cacert", ""));
    return request;
}

/// Whether a `{{secret:…}}` has no value.
bool lacksSecret(const Error& error)
{
    const auto isSecret = [](const auto& parameter) {
        return parameter.first == "name" && parameter.second.starts_with("secret:");
    };
    return error.code == runner::PrepareErrorCode::Unresolved && std::ranges::any_of(error.parameters, isSecret);
}

/// Whether something that is needed is not there; else the command line or a file of the user's is wrong.
bool isMissing(const Error& error)
{
    if (&error.code.domain() == &errorDomain(http::ClientErrorCode::BadUrl))
        return error.code != http::ClientErrorCode::BadUrl && error.code != http::ClientErrorCode::BadRequest &&
               error.code != http::ClientErrorCode::TlsFile;
    return error.code == InputErrorCode::NotReadable || error.code == runner::PrepareErrorCode::KeyMissing ||
           error.code == gateway::ConfigurationErrorCode::UnresolvedReference || lacksSecret(error);
}

int failWith(const Error& error)
{
    return fail(isMissing(error) ? Environment : WrongUsage, error);
}

int run(const Arguments& arguments)
{
    const std::size_t operands = arguments.operands().size();
    if (operands != 1 && operands != 2)
        return fail(WrongUsage, "send takes a method and a URL, or the file of a request");
    auto request = requestFrom(arguments);
    if (!request)
        return failWith(request.error());
    http::Client client;
    const auto response = http::sendAndWait(client, std::move(*request));
    if (!response)
        return failWith(response.error());
    const auto written = arguments.wantsJson() ? writeResponseAsJson(*response) : writeResponse(*response);
    if (!written)
        return fail(Environment, written.error());
    return response->head.status < 400 ? Success : Negative;
}

} // namespace

Command sendCommand()
{
    return {.name = "send",
            .operands = "METHOD URL | REQUEST",
            .summary =
                "Send a request, or one of a workspace by its file, and write the response; exit status 1 from 400 on",
            .options =
                {
                    {"--environment", "NAME", "environment whose variables hold, for REQUEST"},
                    {"--gateway", "HOST:PORT", "where the gateway listens, for REQUEST"},
                    {"--header", "NAME: VALUE", "a header line; may be repeated", true},
                    {"--data", "TEXT", "body: the text, @FILE, or - for standard input"},
                    {"--follow", "", "follow redirects"},
                    {"--timeout", "SECONDS", "give up after so long"},
                    {"--cacert", "FILE", "trust the certificates in this PEM file"},
                    {"--insecure", "", "do not check the server's certificate"},
                },
            .run = &run};
}

} // namespace claimsmith::cli

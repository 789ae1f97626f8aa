// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/responseoutput.h"

#include "base/base64.h"
#include "base/text.h"
#include "cli/io.h"

#include <unistd.h>

namespace claimsmith::cli {
namespace {

std::string versionText(http::Version version)
{
    return version.major >= 2 ? std::to_string(version.major)
                              : std::to_string(version.major) + "." + std::to_string(version.minor);
}

std::string headText(const http::ResponseHead& head)
{
    std::string text = "HTTP/" + versionText(head.version) + " " + std::to_string(head.status);
    if (!head.reason.empty())
        text += " " + head.reason;
    text += '\n';
    for (const http::HeaderField& field : head.headers)
        text.append(field.name).append(": ").append(field.value).append("\n");
    return text + '\n';
}

document::Array headersValue(const http::HeaderMap& headers)
{
    document::Array array;
    for (const http::HeaderField& field : headers)
        array.push_back(document::Object{{"name", field.name}, {"value", field.value}});
    return array;
}

document::Object timingsValue(const http::ClientTimings& timings)
{
    return {{"resolved", timings.resolved.count()},    {"connected", timings.connected.count()},
            {"secured", timings.secured.count()},      {"sent", timings.sent.count()},
            {"first_byte", timings.firstByte.count()}, {"total", timings.total.count()}};
}

} // namespace

Result<void> writeResponse(const http::ClientResponse& response)
{
    constexpr std::size_t pieceSize = 1U << 20;
    write(headText(response.head));
    char last = '\n';
    for (std::uint64_t offset = 0; offset < response.body.size();) {
        CLAIMSMITH_TRY(const Bytes piece, response.body.read(offset, pieceSize));
        if (piece.empty())
            break;
        write(piece);
        last = piece.back();
        offset += piece.size();
    }
    if (last != '\n' && ::isatty(STDOUT_FILENO) == 1)
        write("\n");
    return {};
}

Result<void> writeResponseAsJson(const http::ClientResponse& response)
{
    CLAIMSMITH_TRY(const Bytes body, response.body.read(0, static_cast<std::size_t>(response.body.size())));
    document::Object object{{"method", response.sent.method},
                            {"url", response.url},
                            {"status", response.head.status},
                            {"reason", response.head.reason},
                            {"version", versionText(response.head.version)},
                            {"headers", headersValue(response.head.headers)}};
    if (findInvalidUtf8(body) == std::string_view::npos)
        object.append("body", body);
    else
        object.append("body_base64", toBase64(body));
    object.append("body_size", response.body.size());
    object.append("remote_address", response.remoteAddress);
    object.append("timings", timingsValue(response.timings));
    writeJson(std::move(object));
    return {};
}

} // namespace claimsmith::cli

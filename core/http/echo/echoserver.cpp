// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/echo/echoserver.h"

#include "base/base64.h"
#include "base/text.h"
#include "http/query.h"

#include <charconv>
#include <limits>

namespace claimsmith::http {
namespace {

constexpr std::uint64_t maximumBody = 64U << 20U;

/// Writes a JSON string (RFC 8259 §7). Bytes that are no UTF-8 (headers may hold any) become U+FFFD. The document
/// module has a full writer, but http may not use it.
void appendString(std::string& out, std::string_view text)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    while (!text.empty()) {
        const std::size_t valid = std::min(findInvalidUtf8(text), text.size());
        for (const char c : text.substr(0, valid)) {
            if (c == '"' || c == '\\') {
                out += '\\';
                out += c;
            } else if (static_cast<unsigned char>(c) < 0x20) {
                out += "\\u00";
                out += digits[static_cast<unsigned char>(c) >> 4U];
                out += digits[static_cast<unsigned char>(c) & 15U];
            } else {
                out += c;
            }
        }
        text.remove_prefix(valid);
        if (!text.empty()) {
            out += "\\ufffd";
            text.remove_prefix(1);
        }
    }
    out += '"';
}

void appendMember(std::string& out, std::string_view name)
{
    out += out.size() > 1 ? ",\n  " : "\n  ";
    appendString(out, name);
    out += ": ";
}

void appendMember(std::string& out, std::string_view name, std::string_view text)
{
    appendMember(out, name);
    appendString(out, text);
}

void appendMember(std::string& out, std::string_view name, std::size_t number)
{
    appendMember(out, name);
    out += std::to_string(number);
}

void appendPairSeparator(std::string& out, bool isFirst)
{
    out += isFirst ? "\n    [" : ",\n    [";
}

void appendQuery(std::string& out, std::string_view query)
{
    out += '[';
    bool isFirst = true;
    for (const QueryArgument& argument : parseQuery(query, std::numeric_limits<std::size_t>::max())) {
        appendPairSeparator(out, std::exchange(isFirst, false));
        appendString(out, argument.name);
        out += ", ";
        if (argument.value)
            appendString(out, *argument.value);
        else
            out += "null";
        out += ']';
    }
    out += isFirst ? "]" : "\n  ]";
}

void appendHeaderList(std::string& out, const HeaderMap& headers)
{
    out += '[';
    bool isFirst = true;
    for (const HeaderField& field : headers) {
        appendPairSeparator(out, std::exchange(isFirst, false));
        appendString(out, field.name);
        out += ", ";
        appendString(out, field.value);
        out += ']';
    }
    out += isFirst ? "]" : "\n  ]";
}

int wantedStatus(const HeaderMap& headers) noexcept
{
    const std::string_view text = headers.value("x-echo-status");
    int status = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), status);
    return error == std::errc() && end == text.data() + text.size() && status >= 200 && status <= 599 ? status : 200;
}

} // namespace

Response echo(const Request& request)
{
    const RequestHead& head = request.head;
    std::string text = "{";
    appendMember(text, "method", head.method);
    appendMember(text, "target", head.target);
    appendMember(text, "path", head.path());
    appendMember(text, "version", std::to_string(head.version.major) + '.' + std::to_string(head.version.minor));
    appendMember(text, "query");
    appendQuery(text, head.query().value_or(std::string_view{}));
    appendMember(text, "headers");
    appendHeaderList(text, head.headers);
    if (findInvalidUtf8(request.body) == std::string_view::npos)
        appendMember(text, "body", request.body);
    else
        appendMember(text, "bodyBase64", toBase64(request.body));
    appendMember(text, "bodySize", request.body.size());
    appendMember(text, "remoteAddress", request.remoteAddress);
    appendMember(text, "remotePort", request.remotePort);
    appendMember(text, "localPort", request.localPort);
    text += "\n}\n";
    return Response::make(wantedStatus(head.headers), "application/json", std::move(text));
}

Result<std::unique_ptr<EchoServer>> EchoServer::start(const Authority& listen, std::size_t threads)
{
    ServerOptions options;
    options.listeners = {{listen}};
    options.threads = threads;
    options.limits.maximumBody = maximumBody;
    CLAIMSMITH_TRY(auto server, Server::start(options, SimpleHandler(echo)));
    return std::unique_ptr<EchoServer>(new EchoServer(std::move(server)));
}

} // namespace claimsmith::http

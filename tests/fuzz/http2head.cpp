// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server/http2head.h"
#include "base/text.h"
#include "http/wire/headparser.h"
#include "http/wire/writer.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace claimsmith;
using namespace claimsmith::http;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// What the framing layer lets through (RFC 9113 §8.2.1).
bool isPassed(std::string_view name, std::string_view value)
{
    const std::string_view token = name.starts_with(':') ? name.substr(1) : name;
    return isToken(token) && token == toLower(token) && isSafeHeaderValue(value) && trimmed(value) == value;
}

/// Fields are lines "name: value"; a name may begin with a colon.
template <class Take>
void forEachField(std::string_view text, Take take)
{
    for (const std::string_view line : split(text, '\n')) {
        const auto colon = line.find(':', line.starts_with(':') ? 1 : 0);
        if (colon == std::string_view::npos)
            continue;
        const auto value = trimmed(line.substr(colon + 1));
        if (isPassed(line.substr(0, colon), value))
            take(line.substr(0, colon), value);
    }
}

/// A request that is taken goes on as HTTP/1.1: nothing in it may become a second one.
void checkRequest(std::string_view text, const HeadRules& rules)
{
    RequestHead head;
    Http2Head fields(head, rules);
    forEachField(text, [&](std::string_view name, std::string_view value) { fields.add(name, value); });
    if (fields.finish())
        return;
    require(head.headers.count("host") <= 1 && !head.method.empty() && !head.target.empty());
    std::string written;
    appendRequestLine(written, head.method, head.target);
    appendHeaders(written, head.headers);
    written += "\r\n";
    RequestHead again;
    const HeadResult read = parseRequestHead(written, {1U << 20U, 1U << 20U, false, {}}, again);
    if (read.state == HeadState::Complete)
        require(read.size == written.size() && again.method == head.method && again.target == head.target);
}

/// RFC 9113 §8.2, §8.2.2.
void checkResponse(std::string_view text)
{
    ResponseHead head;
    if (parseResponseHead(text, {}, head).state != HeadState::Complete)
        return;
    static constexpr std::string_view ofConnection[] = {"connection", "keep-alive", "proxy-connection",
                                                        "transfer-encoding", "upgrade"};
    const auto fields = http2ResponseFields(head, {BodyFraming::Kind::Length, 1}, "now");
    require(!fields.empty() && fields.front().first == ":status");
    for (std::size_t i = 1; i < fields.size(); ++i) {
        const auto& [name, value] = fields[i];
        require(isToken(name) && name == toLower(name) && isSafeHeaderValue(value));
        require(std::ranges::find(ofConnection, name) == std::end(ofConnection));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const void* const bytes = data;
    const std::string_view text(static_cast<const char*>(bytes), size);
    checkRequest(text, {});
    checkRequest(text, {8192, 32768, true, {}});
    checkResponse(text);
    return 0;
}

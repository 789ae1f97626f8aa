// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/wire/framing.h"
#include "http/wire/headparser.h"
#include "http/wire/writer.h"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace claimsmith::http;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// What was read is written as a message that reads back the same: nothing in a request can become a second one.
void checkRequest(std::string_view text, const HeadRules& rules)
{
    RequestHead head;
    const HeadResult result = parseRequestHead(text, rules, head);
    require(result.size <= text.size());
    if (result.state != HeadState::Complete)
        return;
    std::string written;
    appendRequestLine(written, head.method, head.target);
    appendHeaders(written, head.headers);
    written += "\r\n";
    RequestHead again;
    HeadRules wide = rules; // writing makes lines longer: a blank behind each colon
    wide.maximumLine = wide.maximumHead = 1U << 20U;
    const HeadResult second = parseRequestHead(written, wide, again);
    // HTTP/1.0 may leave Host out; what is written is always 1.1.
    if (second.state == HeadState::Failed && second.error == WireErrorCode::NoHost)
        return;
    require(second.state == HeadState::Complete && second.size == written.size());
    require(again.method == head.method && again.target == head.target && again.headers == head.headers);
}

void checkResponse(std::string_view text)
{
    ResponseHead head;
    const HeadResult result = parseResponseHead(text, {}, head);
    require(result.size <= text.size());
    if (result.state == HeadState::Complete)
        require(head.status >= 100 && head.status <= 999);
}

/// The body does not depend on how the network cuts it.
void checkChunks(std::string_view text)
{
    std::string whole;
    ChunkDecoder atOnce;
    ChunkDecoder::Step step;
    std::string_view rest = text;
    do {
        step = atOnce.next(rest);
        whole += step.data;
    } while (step.state == ChunkDecoder::State::Data);

    std::string pieces;
    ChunkDecoder byteByByte;
    ChunkDecoder::Step last;
    std::string buffer;
    for (std::size_t i = 0;
         i < text.size() && last.state != ChunkDecoder::State::Failed && last.state != ChunkDecoder::State::End; ++i) {
        buffer += text[i];
        std::string_view input = buffer;
        do {
            last = byteByByte.next(input);
            pieces += last.data;
        } while (last.state == ChunkDecoder::State::Data);
        buffer = std::string(input);
    }
    require(pieces == whole);
    require((last.state == ChunkDecoder::State::End) == (step.state == ChunkDecoder::State::End));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const void* const bytes = data;
    const std::string_view text(static_cast<const char*>(bytes), size);
    checkRequest(text, {});
    checkRequest(text, {.asNginx = true, .hostFromTarget = false});
    checkResponse(text);
    checkChunks(text);
    return 0;
}

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/rawclient.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::test {

/// A client that speaks HTTP/2 frame by frame (RFC 9113 §4.1), so that a test can send what no library would.
class Http2Client final
{
public:
    enum Type : std::uint8_t {
        Data = 0,
        Headers = 1,
        Priority = 2,
        Reset = 3,
        Settings = 4,
        Ping = 6,
        GoAway = 7,
        WindowUpdate = 8,
        Continuation = 9,
    };
    static constexpr std::uint8_t endStream = 1;
    static constexpr std::uint8_t acknowledged = 1;
    static constexpr std::uint8_t endHeaders = 4;

    struct Frame
    {
        std::uint8_t type = 0;
        std::uint8_t flags = 0;
        std::uint32_t stream = 0;
        std::string payload = {};
    };

    using Fields = std::vector<std::pair<std::string, std::string>>;

    struct Answer
    {
        Fields fields = {};
        Fields interim = {}; ///< of the last interim response
        std::string body = {};
        std::optional<std::uint32_t> reset = {}; ///< the code, when the stream was
        bool isComplete = false;

        std::string field(std::string_view name) const
        {
            const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
            return found == fields.end() ? std::string() : found->second;
        }
        int status() const { return std::atoi(field(":status").c_str()); }
    };

    Http2Client(std::uint16_t port, const crypto::TlsClientContext& tls) : m_client(port, tls, "localhost")
    {
        nghttp2_hd_inflate_new(&m_inflater);
    }
    /// In the clear.
    explicit Http2Client(std::uint16_t port) : m_client(port) { nghttp2_hd_inflate_new(&m_inflater); }
    Http2Client(const Http2Client&) = delete;
    Http2Client& operator=(const Http2Client&) = delete;
    ~Http2Client() { nghttp2_hd_inflate_del(m_inflater); }

    RawClient& raw() noexcept { return m_client; }

    /// The preface (RFC 9113 §3.4) with these settings.
    bool greet(std::string_view settings = {})
    {
        return m_client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(Settings, 0, 0, settings));
    }

    static std::string number(std::uint32_t value, int octets = 4)
    {
        std::string text;
        for (int i = octets - 1; i >= 0; --i)
            text += static_cast<char>((value >> static_cast<unsigned>(8 * i)) & 0xffU);
        return text;
    }

    static std::string frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload)
    {
        std::string text = number(static_cast<std::uint32_t>(payload.size()), 3);
        text += static_cast<char>(type);
        text += static_cast<char>(flags);
        return text + number(stream) + std::string(payload);
    }

    bool send(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload)
    {
        return m_client.send(frame(type, flags, stream, payload));
    }

    /// Literals without indexing or Huffman's code (RFC 7541 §6.2.2).
    static std::string block(const Fields& fields)
    {
        std::string text;
        for (const auto& [name, value] : fields) {
            text += '\0';
            appendText(text, name);
            appendText(text, value);
        }
        return text;
    }

    static Fields get(std::string_view path, const Fields& more = {})
    {
        Fields fields{{":method", "GET"}, {":scheme", "https"}, {":authority", "a.test"}, {":path", std::string(path)}};
        fields.insert(fields.end(), more.begin(), more.end());
        return fields;
    }

    bool request(std::uint32_t stream, const Fields& fields, bool isLast = true)
    {
        return send(Headers, static_cast<std::uint8_t>(endHeaders | (isLast ? endStream : 0)), stream, block(fields));
    }

    bool openWindow(std::uint32_t stream, std::uint32_t step) { return send(WindowUpdate, 0, stream, number(step)); }

    /// The next frame; nothing when the connection has ended.
    std::optional<Frame> next()
    {
        const std::string head = m_client.readExactly(9);
        if (head.size() < 9)
            return std::nullopt;
        const auto octet = [&head](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(head[i])}; };
        Frame result;
        result.type = static_cast<std::uint8_t>(octet(3));
        result.flags = static_cast<std::uint8_t>(octet(4));
        result.stream = (octet(5) << 24U | octet(6) << 16U | octet(7) << 8U | octet(8)) & 0x7fffffffU;
        result.payload = m_client.readExactly(octet(0) << 16U | octet(1) << 8U | octet(2));
        return result;
    }

    /// Reads frames until this stream's answer is whole or reset, or the connection ends. What comes for others is kept
    /// for them; windows are opened as bytes come, if `opensWindows`.
    Answer answer(std::uint32_t stream)
    {
        while (!m_answers[stream].isComplete && !m_answers[stream].reset) {
            const auto frame = next();
            if (!frame)
                break;
            take(*frame);
        }
        return m_answers[stream];
    }

    /// The code of the GOAWAY that ends the connection; nothing when it ends without one.
    std::optional<std::uint32_t> readToGoAway()
    {
        while (!goAway) {
            const auto frame = next();
            if (!frame)
                break;
            take(*frame);
        }
        return goAway;
    }

    void take(const Frame& frame)
    {
        Answer& answer = m_answers[frame.stream];
        if (frame.type == Headers) {
            if (answer.status() / 100 == 1)
                answer.interim = std::exchange(answer.fields, {});
            inflate(frame.payload, answer.fields);
        } else if (frame.type == Data) {
            answer.body += frame.payload;
            if (opensWindows && !frame.payload.empty()) {
                openWindow(0, static_cast<std::uint32_t>(frame.payload.size()));
                openWindow(frame.stream, static_cast<std::uint32_t>(frame.payload.size()));
            }
        } else if (frame.type == Reset) {
            answer.reset = last32(frame.payload);
        } else if (frame.type == GoAway) {
            goAway = last32(frame.payload.substr(0, 8));
        } else if (frame.type == WindowUpdate) {
            windows[frame.stream] += last32(frame.payload);
        } else if (frame.type == Settings && acknowledges && (frame.flags & acknowledged) == 0) {
            send(Settings, acknowledged, 0, {});
        }
        if ((frame.type == Headers || frame.type == Data) && (frame.flags & endStream) != 0)
            answer.isComplete = true;
    }

    bool opensWindows = true;
    bool acknowledges = true;
    std::optional<std::uint32_t> goAway;
    std::map<std::uint32_t, std::uint64_t> windows; ///< what the server has added to them

private:
    static void appendText(std::string& out, std::string_view text)
    {
        // RFC 7541 §5.1, prefix of 7 bits.
        std::size_t size = text.size();
        if (size < 127) {
            out += static_cast<char>(size);
        } else {
            out += '\x7f';
            for (size -= 127; size >= 128; size /= 128)
                out += static_cast<char>(size % 128 + 128);
            out += static_cast<char>(size);
        }
        out += text;
    }

    static std::uint32_t last32(std::string_view payload)
    {
        std::uint32_t value = 0;
        for (const char c : payload.substr(payload.size() - std::min<std::size_t>(payload.size(), 4)))
            value = value << 8U | static_cast<unsigned char>(c);
        return value;
    }

    void inflate(std::string_view block, Fields& fields)
    {
        const void* const generic = block.data();
        const auto* input = static_cast<const std::uint8_t*>(generic);
        std::size_t left = block.size();
        for (;;) {
            nghttp2_nv pair{};
            int flags = 0;
            const ssize_t used = nghttp2_hd_inflate_hd2(m_inflater, &pair, &flags, input, left, 1);
            if (used < 0)
                return;
            input += used;
            left -= static_cast<std::size_t>(used);
            if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0)
                fields.emplace_back(text(pair.name, pair.namelen), text(pair.value, pair.valuelen));
            if ((flags & NGHTTP2_HD_INFLATE_FINAL) != 0) {
                nghttp2_hd_inflate_end_headers(m_inflater);
                return;
            }
        }
    }

    static std::string text(const std::uint8_t* bytes, std::size_t size) { return std::string(bytes, bytes + size); }

    RawClient m_client;
    nghttp2_hd_inflater* m_inflater = nullptr;
    std::map<std::uint32_t, Answer> m_answers;
};

} // namespace claimsmith::test

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/wire/writer.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace claimsmith::http {
namespace {

void appendSafe(std::string& out, std::string_view text)
{
    if (isSafeHeaderValue(text)) {
        out += text;
        return;
    }
    for (const char c : text) {
        switch (c) {
        case '\r':
            out += "%0D";
            break;
        case '\n':
            out += "%0A";
            break;
        case '\0':
            out += "%00";
            break;
        default:
            out += c;
        }
    }
}

bool breaksTarget(char c) noexcept
{
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
}

} // namespace

void appendRequestLine(std::string& out, std::string_view method, std::string_view target)
{
    appendSafe(out, method);
    out += ' ';
    appendTarget(out, target);
    out += " HTTP/1.1\r\n";
}

void appendTarget(std::string& out, std::string_view target)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    for (;;) {
        const auto bad = std::ranges::find_if(target, breaksTarget);
        out.append(target.begin(), bad);
        if (bad == target.end())
            return;
        const auto octet = static_cast<unsigned char>(*bad);
        out += '%';
        out += digits[octet >> 4U];
        out += digits[octet & 15U];
        target.remove_prefix(static_cast<std::size_t>(bad - target.begin()) + 1);
    }
}

void appendStatusLine(std::string& out, int status, std::string_view reason)
{
    std::array<char, 12> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), status).ptr;
    out += "HTTP/1.1 ";
    out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
    out += ' ';
    appendSafe(out, reason.empty() ? reasonPhrase(status) : reason);
    out += "\r\n";
}

void appendHeader(std::string& out, std::string_view name, std::string_view value)
{
    if (!isToken(name))
        return;
    out += name;
    out += ": ";
    appendSafe(out, value);
    out += "\r\n";
}

void appendValue(std::string& out, std::string_view value)
{
    appendSafe(out, value);
}

void appendHeaders(std::string& out, const HeaderMap& headers)
{
    for (const HeaderField& field : headers)
        appendHeader(out, field.name, field.value);
}

void appendChunkSize(std::string& out, std::size_t size)
{
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16).ptr;
    out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
    out += "\r\n";
}

} // namespace claimsmith::http

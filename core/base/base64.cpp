// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"

#include <array>
#include <cstdint>

namespace claimsmith {
namespace {

constexpr std::string_view urlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view plainAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t notInAlphabet = 0xff;

using Decoding = std::array<std::uint8_t, 256>;

constexpr Decoding invert(std::string_view alphabet)
{
    Decoding decoding{};
    decoding.fill(notInAlphabet);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        decoding[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    return decoding;
}

constexpr Decoding urlDecoding = invert(urlAlphabet);
constexpr Decoding plainDecoding = invert(plainAlphabet);

std::string encode(BytesView bytes, std::string_view alphabet, bool padded)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : bytes) {
        bits = (bits << 8) | static_cast<unsigned char>(c);
        count += 8;
        while (count >= 6) {
            count -= 6;
            text.push_back(alphabet[(bits >> count) & 0x3f]);
        }
    }
    if (count > 0)
        text.push_back(alphabet[(bits << (6 - count)) & 0x3f]);
    while (padded && text.size() % 4 != 0)
        text.push_back('=');
    return text;
}

std::optional<Bytes> decode(std::string_view text, const Decoding& decoding, Base64Rule rule, bool paddingIsCanonical)
{
    std::string_view digits = text;
    while (!digits.empty() && digits.back() == '=' && text.size() - digits.size() < 2)
        digits.remove_suffix(1);
    const bool isPadded = digits.size() != text.size();
    if (digits.size() % 4 == 1)
        return std::nullopt;
    if (isPadded && text.size() % 4 != 0)
        return std::nullopt;
    if (rule == Base64Rule::Canonical && (paddingIsCanonical ? text.size() % 4 != 0 : isPadded))
        return std::nullopt;

    Bytes bytes;
    bytes.reserve(digits.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : digits) {
        const std::uint8_t value = decoding[static_cast<unsigned char>(c)];
        if (value == notInAlphabet)
            return std::nullopt;
        bits = (bits << 6) | value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<char>((bits >> count) & 0xff));
        }
    }
    const std::uint32_t unused = bits & ((1U << count) - 1U);
    if (rule == Base64Rule::Canonical && unused != 0)
        return std::nullopt;
    return bytes;
}

int hexValue(char c) noexcept
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

std::string toBase64Url(BytesView bytes)
{
    return encode(bytes, urlAlphabet, false);
}

std::string toBase64(BytesView bytes)
{
    return encode(bytes, plainAlphabet, true);
}

std::optional<Bytes> fromBase64Url(std::string_view text, Base64Rule rule)
{
    return decode(text, urlDecoding, rule, false);
}

std::optional<Bytes> fromBase64(std::string_view text, Base64Rule rule)
{
    return decode(text, plainDecoding, rule, true);
}

std::optional<std::size_t> findNonBase64Url(std::string_view text) noexcept
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (urlDecoding[static_cast<unsigned char>(text[i])] == notInAlphabet)
            return i;
    }
    return std::nullopt;
}

std::string toHex(BytesView bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        text.push_back(digits[static_cast<unsigned char>(c) >> 4]);
        text.push_back(digits[static_cast<unsigned char>(c) & 0x0f]);
    }
    return text;
}

std::optional<Bytes> fromHex(std::string_view text)
{
    if (text.size() % 2 != 0)
        return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexValue(text[i]);
        const int low = hexValue(text[i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        bytes.push_back(static_cast<char>(high * 16 + low));
    }
    return bytes;
}

} // namespace claimsmith

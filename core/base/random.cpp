// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"

#include "base/base64.h"

#include <cerrno>
#include <cstdlib>
#include <sys/random.h>

namespace claimsmith {

Bytes randomBytes(std::size_t count)
{
    Bytes bytes(count, '\0');
    std::size_t filled = 0;
    while (filled < count) {
        const ssize_t got = getrandom(bytes.data() + filled, count - filled, 0);
        if (got > 0)
            filled += static_cast<std::size_t>(got);
        else if (errno != EINTR)
            std::abort(); // without random numbers no key or id may be made
    }
    return bytes;
}

std::string randomUuid()
{
    Bytes bytes = randomBytes(16);
    bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0f) | 0x40);
    bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3f) | 0x80);
    std::string text = toHex(bytes);
    for (const std::size_t dash : {8U, 13U, 18U, 23U})
        text.insert(dash, 1, '-');
    return text;
}

std::string randomAlphanumeric(std::size_t length)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    constexpr unsigned fairLimit = 256 / 62 * 62; // values above would favour the first letters
    std::string text;
    while (text.size() < length) {
        for (const char c : randomBytes(length - text.size())) {
            const auto value = static_cast<unsigned char>(c);
            if (value < fairLimit)
                text.push_back(alphabet[value % alphabet.size()]);
        }
    }
    return text;
}

bool isUuid(std::string_view text) noexcept
{
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex)
            return false;
    }
    return true;
}

} // namespace claimsmith

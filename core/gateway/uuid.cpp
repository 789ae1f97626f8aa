// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/uuid.h"

#include "base/base64.h"
#include "crypto/digest.h"

#include <algorithm>

namespace claimsmith::gateway {

std::string nameUuid(std::string_view space, std::string_view name)
{
    std::string digits(space);
    std::erase(digits, '-');
    Bytes hash = crypto::digest(crypto::DigestKind::Sha1, fromHex(digits).value_or(Bytes()) + std::string(name));
    hash.resize(16);
    hash[6] = static_cast<char>((static_cast<unsigned char>(hash[6]) & 0x0fU) | 0x50U);
    hash[8] = static_cast<char>((static_cast<unsigned char>(hash[8]) & 0x3fU) | 0x80U);
    std::string text = toHex(hash);
    for (const std::size_t dash : {8U, 13U, 18U, 23U})
        text.insert(dash, 1, '-');
    return text;
}

} // namespace claimsmith::gateway

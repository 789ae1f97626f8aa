// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/ecdsa.h"

#include "crypto/signature.h"

#include <optional>

namespace claimsmith::crypto {
namespace {

constexpr char sequenceTag = 0x30;
constexpr char integerTag = 0x02;
constexpr char oneLengthOctet = '\x81'; ///< X.690 §8.1.3.5: the length follows in one octet

BytesView withoutLeadingZeros(BytesView number) noexcept
{
    while (number.size() > 1 && number.front() == '\0')
        number.remove_prefix(1);
    return number;
}

bool hasTopBit(BytesView number) noexcept
{
    return (static_cast<unsigned char>(number.front()) & 0x80U) != 0;
}

/// Octets of an INTEGER's content.
std::size_t contentSize(BytesView number) noexcept
{
    return number.size() + (hasTopBit(number) ? 1 : 0);
}

/// Takes one DER element of this tag off the front; nothing when there is none, or when its length is not minimal.
std::optional<BytesView> takeElement(BytesView& der, char tag) noexcept
{
    if (der.size() < 2 || der[0] != tag)
        return std::nullopt;
    std::size_t header = 2;
    std::size_t size = static_cast<unsigned char>(der[1]);
    if (der[1] == oneLengthOctet && der.size() > 2) {
        header = 3;
        size = static_cast<unsigned char>(der[2]);
        if (size < 0x80)
            return std::nullopt;
    } else if (size >= 0x80) {
        return std::nullopt;
    }
    if (der.size() - header < size)
        return std::nullopt;
    const BytesView content = der.substr(header, size);
    der.remove_prefix(header + size);
    return content;
}

/// Appends a DER INTEGER's content as an unsigned number of `size` octets.
bool appendPadded(Bytes& raw, std::optional<BytesView> content, std::size_t size)
{
    if (!content || content->empty() || hasTopBit(*content))
        return false;
    const BytesView number = withoutLeadingZeros(*content);
    if (number.size() > size)
        return false;
    raw.append(size - number.size(), '\0');
    raw.append(number);
    return true;
}

} // namespace

EcdsaDer::EcdsaDer(BytesView raw) noexcept
{
    const std::size_t half = raw.size() / 2;
    if (raw.size() % 2 != 0 || half == 0 || half > maximumCoordinate)
        return;
    const BytesView r = withoutLeadingZeros(raw.substr(0, half));
    const BytesView s = withoutLeadingZeros(raw.substr(half));
    const std::size_t content = contentSize(r) + contentSize(s) + 4;
    append(sequenceTag);
    if (content >= 0x80)
        append(oneLengthOctet);
    append(static_cast<char>(content));
    appendInteger(r);
    appendInteger(s);
}

void EcdsaDer::appendInteger(BytesView number) noexcept
{
    append(integerTag);
    append(static_cast<char>(contentSize(number)));
    if (hasTopBit(number))
        append('\0');
    for (const char octet : number)
        append(octet);
}

std::optional<Bytes> ecdsaRawToDer(BytesView raw)
{
    const EcdsaDer der(raw);
    if (!der.isValid())
        return std::nullopt;
    return Bytes(der.view());
}

std::optional<Bytes> ecdsaDerToRaw(BytesView der, std::size_t coordinate)
{
    std::optional<BytesView> sequence = takeElement(der, sequenceTag);
    if (!sequence || !der.empty())
        return std::nullopt;
    Bytes raw;
    raw.reserve(2 * coordinate);
    if (!appendPadded(raw, takeElement(*sequence, integerTag), coordinate) ||
        !appendPadded(raw, takeElement(*sequence, integerTag), coordinate) || !sequence->empty())
        return std::nullopt;
    return raw;
}

} // namespace claimsmith::crypto

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/address.h"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <charconv>
#include <string>

namespace claimsmith::gateway {
namespace {

std::optional<AddressRange> parseAddress(std::string_view text) noexcept
{
    if (text.size() > 45)
        return std::nullopt;
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(std::string(text), error);
    if (error)
        return std::nullopt;
    AddressRange range;
    if (address.is_v4()) {
        std::ranges::copy(address.to_v4().to_bytes(), range.bytes.begin());
        return range;
    }
    if (address.to_v6().scope_id() != 0)
        return std::nullopt;
    range.isIpv6 = true;
    range.prefixLength = 128;
    std::ranges::copy(address.to_v6().to_bytes(), range.bytes.begin());
    return range;
}

AddressRange withoutMapping(AddressRange range) noexcept
{
    static constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (!range.isIpv6 || !std::equal(mapped.begin(), mapped.end(), range.bytes.begin()))
        return range;
    AddressRange plain;
    std::copy(range.bytes.begin() + 12, range.bytes.end(), plain.bytes.begin());
    return plain;
}

} // namespace

bool AddressRange::contains(std::string_view text) const noexcept
{
    const auto parsed = parseAddress(text);
    if (!parsed)
        return false;
    const AddressRange address = isIpv6 ? *parsed : withoutMapping(*parsed);
    if (address.isIpv6 != isIpv6)
        return false;
    const unsigned whole = prefixLength / 8;
    const unsigned rest = prefixLength % 8;
    if (!std::equal(bytes.begin(), bytes.begin() + whole, address.bytes.begin()))
        return false;
    const auto mask = static_cast<unsigned char>(0xff00U >> rest);
    return rest == 0 || (bytes[whole] & mask) == (address.bytes[whole] & mask);
}

std::optional<AddressRange> parseAddressRange(std::string_view text) noexcept
{
    const auto slash = text.find('/');
    auto range = parseAddress(text.substr(0, slash));
    if (!range || slash == std::string_view::npos)
        return range;
    const auto digits = text.substr(slash + 1);
    unsigned length = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (error != std::errc() || end != digits.data() + digits.size() || length > range->prefixLength)
        return std::nullopt;
    range->prefixLength = length;
    return range;
}

bool isIpAddress(std::string_view text) noexcept
{
    return parseAddress(text).has_value();
}

} // namespace claimsmith::gateway

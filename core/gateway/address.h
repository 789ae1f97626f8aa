// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace claimsmith::gateway {

/// A block of addresses, or one address (a block of its full length). IPv4 stands in the first four bytes.
struct AddressRange
{
    std::array<unsigned char, 16> bytes{};
    bool isIpv6 = false;
    unsigned prefixLength = 32;

    /// Whether `address` (numeric, without brackets) lies in the block; an IPv4-mapped IPv6 address counts as IPv4.
    bool contains(std::string_view address) const noexcept;
};

/// "10.0.0.0/8", "::1"; nothing when it is neither address nor block.
std::optional<AddressRange> parseAddressRange(std::string_view text) noexcept;
/// Whether the text is an IPv4 or IPv6 address.
bool isIpAddress(std::string_view text) noexcept;

} // namespace claimsmith::gateway

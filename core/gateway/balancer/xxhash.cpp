// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/balancer/xxhash.h"

#include <array>
#include <bit>
#include <cstddef>

namespace claimsmith::gateway {
namespace {

constexpr std::uint32_t prime1 = 0x9E3779B1U;
constexpr std::uint32_t prime2 = 0x85EBCA77U;
constexpr std::uint32_t prime3 = 0xC2B2AE3DU;
constexpr std::uint32_t prime4 = 0x27D4EB2FU;
constexpr std::uint32_t prime5 = 0x165667B1U;
constexpr std::size_t stripe = 16;

std::uint32_t byteAt(std::string_view bytes, std::size_t index) noexcept
{
    return static_cast<unsigned char>(bytes[index]);
}

/// Little-endian, whatever the machine.
std::uint32_t wordAt(std::string_view bytes, std::size_t index) noexcept
{
    return byteAt(bytes, index) | byteAt(bytes, index + 1) << 8U | byteAt(bytes, index + 2) << 16U |
           byteAt(bytes, index + 3) << 24U;
}

/// Steps 1 to 3: four lanes over whole stripes.
std::uint32_t converge(std::string_view bytes) noexcept
{
    std::array<std::uint32_t, 4> lanes = {prime1 + prime2, prime2, 0U, 0U - prime1};
    for (std::size_t at = 0; at + stripe <= bytes.size(); at += stripe)
        for (std::size_t lane = 0; lane < lanes.size(); ++lane)
            lanes[lane] = std::rotl(lanes[lane] + wordAt(bytes, at + 4 * lane) * prime2, 13) * prime1;
    return std::rotl(lanes[0], 1) + std::rotl(lanes[1], 7) + std::rotl(lanes[2], 12) + std::rotl(lanes[3], 18);
}

} // namespace

std::uint32_t xxHash32(std::string_view bytes) noexcept
{
    std::uint32_t hash = bytes.size() < stripe ? prime5 : converge(bytes);
    hash += static_cast<std::uint32_t>(bytes.size());
    std::size_t at = bytes.size() / stripe * stripe;
    for (; at + 4 <= bytes.size(); at += 4)
        hash = std::rotl(hash + wordAt(bytes, at) * prime3, 17) * prime4;
    for (; at < bytes.size(); ++at)
        hash = std::rotl(hash + byteAt(bytes, at) * prime5, 11) * prime1;
    hash = (hash ^ hash >> 15U) * prime2;
    hash = (hash ^ hash >> 13U) * prime3;
    return hash ^ hash >> 16U;
}

} // namespace claimsmith::gateway

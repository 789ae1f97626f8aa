// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/roca.h"

#include <algorithm>
#include <array>

namespace claimsmith::jose {
namespace {

unsigned remainder(BytesView bigEndian, unsigned divisor) noexcept
{
    unsigned rest = 0;
    for (const char octet : bigEndian)
        rest = (rest * 256 + static_cast<unsigned char>(octet)) % divisor;
    return rest;
}

/// Whether the number is a power of 65537 modulo this prime.
bool isPowerModulo(unsigned number, unsigned prime) noexcept
{
    unsigned power = 1;
    do {
        if (power == number)
            return true;
        power = power * (65537 % prime) % prime;
    } while (power != 1);
    return false;
}

/// Nemec et al., "The Return of Coppersmith's Attack", §4: such a modulus is a power of 65537 modulo each small prime.
/// An honest one is so by chance in fewer than one of 2^27 cases.
bool isRoca(BytesView modulus) noexcept
{
    constexpr std::array<unsigned, 17> primes{11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157};
    return std::ranges::all_of(primes, [&](unsigned prime) { return isPowerModulo(remainder(modulus, prime), prime); });
}

} // namespace

bool hasRocaWeakness(const Key& key)
{
    const auto numbers = key.publicKey() == nullptr ? std::nullopt : key.publicKey()->rsaPublicNumbers();
    return numbers && isRoca(numbers->modulus);
}

} // namespace claimsmith::jose

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bitset>
#include <optional>
#include <span>
#include <string_view>

namespace claimsmith::identity {

/// A misbehaviour that an issuer can be told to show, so that one sees what a gateway or client makes of it.
enum class Fault {
    ExpiredToken,
    FutureToken,
    WrongIssuer,
    WrongAudience,
    WrongNonce,
    WrongKeyId,
    WrongSignature,
    AlgorithmSwitched,
    AlgorithmNone,
    ClockAhead,
    ClockBehind,
    KeysRotated,
    KeysDown,
    KeysEmpty,
    DiscoveryDown,
    DiscoveryOtherIssuer,
    OtherState,
    RedirectMismatch,
    OtherSubject,
    Slow,
    ServerError,
    Truncated,
};
inline constexpr std::size_t faultCount = 22;

/// The faults that are switched on.
class FaultSet final
{
public:
    bool has(Fault fault) const noexcept { return m_bits[static_cast<std::size_t>(fault)]; }
    void set(Fault fault, bool on) noexcept { m_bits[static_cast<std::size_t>(fault)] = on; }
    bool empty() const noexcept { return m_bits.none(); }

    friend bool operator==(const FaultSet&, const FaultSet&) = default;

private:
    std::bitset<faultCount> m_bits;
};

enum class FaultArea { Tokens, Keys, Answers };

struct FaultInfo
{
    Fault fault;
    std::string_view id; ///< "wrong-key-id": in configurations, logs and as key of translated texts
    FaultArea area;
    std::string_view title;   ///< English, a few words
    std::string_view meaning; ///< English, one sentence: what the provider does then
};

/// All of them, in the order of the enumeration.
std::span<const FaultInfo> faults() noexcept;
const FaultInfo& info(Fault fault) noexcept;
/// Nothing when the id is none of the table's.
std::optional<Fault> findFault(std::string_view id) noexcept;

} // namespace claimsmith::identity

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "jose/forge/forge.h"
#include "jose/verify.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::jose::forge {

enum class Outcome {
    Refused,
    Accepted, ///< a finding
    Failed,   ///< a finding: a 5xx, a connection that was cut, a crash
    NotSent,  ///< it can't travel there, such as a line end in a header
};

struct Answer
{
    Outcome outcome;
    std::string detail = {}; ///< "401 Unauthorized", "signature-mismatch"
};

/// Asks a verifier about one token.
using Verifier = std::function<Answer(const Forgery& forgery)>;

/// One token and what became of it.
struct Cell
{
    const Variant* variant;
    Forgery forgery;
    Answer answer;

    bool isFinding() const noexcept { return answer.outcome == Outcome::Accepted || answer.outcome == Outcome::Failed; }
};

struct AttackReport
{
    std::string target;
    Answer baseline; ///< of the valid token: unless it is accepted, the refusals of the others say little
    std::vector<Cell> cells;

    std::size_t count(Outcome outcome) const;
    bool hasFindings() const;
};

/// Asks about the valid token, then about each forged one. `goOn` is asked before each; the report ends where it says
/// no.
AttackReport attack(std::string target, const std::string& token, const std::vector<ForgedVariant>& forged,
                    const Verifier& verifier, const std::function<bool()>& goOn = {});

/// Verifies here, without a network: what this program's own rules would say with these keys.
Verifier offlineVerifier(VerifyOptions options);

/// What a strict verifier would ask of tokens like this one: its algorithm, its issuer, one of its audiences, and exp
/// if it has one. `clock` has to outlive the options.
VerifyOptions strictOptionsFor(std::string_view token, std::vector<Key> keys, const Clock& clock);

/// "refused", "accepted", "failed", "not-sent".
std::string_view toString(Outcome outcome) noexcept;

} // namespace claimsmith::jose::forge

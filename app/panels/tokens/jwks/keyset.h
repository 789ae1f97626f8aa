// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "jose/key.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::app {

/// Something wrong with a published set of keys.
struct KeySetProblem
{
    enum class Kind {
        PrivateExposed, ///< members that only the owner may have
        SecretExposed,  ///< a shared secret that anybody can read
        DuplicateKid,
        WeakKey,
        Unusable, ///< a key that nobody can use
        NoKid,
        NoUse,
        NoAlgorithm,
    };
    Kind kind;
    bool isGrave = false; ///< tokens can be forged, or the set contradicts itself
    QString sentence;

    friend bool operator==(const KeySetProblem&, const KeySetProblem&) = default;
};

std::vector<KeySetProblem> keySetProblems(const std::string& text);

/// How a set differs from the fetch before.
struct KeySetChange
{
    enum class Kind { Added, Removed, Changed };
    Kind kind;
    QString name; ///< kid, or the thumbprint's beginning

    friend bool operator==(const KeySetChange&, const KeySetChange&) = default;
};

/// By thumbprint; a key whose kid, alg or use is another now counts as changed.
std::vector<KeySetChange> keySetChanges(const std::vector<jose::Key>& before, const std::vector<jose::Key>& after);

/// A set as it was got from somewhere.
struct FetchedSet
{
    QString source; ///< URL, path of a file, or "route jwks"
    QString issuer; ///< when the set was found by discovery
    std::string text;
    std::int64_t fetchedAt = 0; ///< seconds since 1970; 0: lies in kong.yml, and is always fresh
    http::HeaderMap headers;    ///< of the answer
    std::vector<jose::Key> keys;
    std::vector<KeySetProblem> problems;
    std::vector<KeySetChange> changes; ///< since the fetch before
    int fetches = 1;
    QString failure; ///< of the last fetch; the content is that of the one before
};

/// Reads a set, or the certificate or key that stands in its place; fails with the reasons of jose::readKeys().
Result<FetchedSet> readSet(const QString& source, const std::string& text);

/// Until when the answer's headers allow to keep it (RFC 9111 §4.2.1): max-age, else Expires; nothing when they do not
/// say.
std::optional<std::int64_t> freshUntil(const FetchedSet& set);

} // namespace claimsmith::app

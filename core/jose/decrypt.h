// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/base64.h"
#include "base/secret.h"
#include "jose/candidate.h"
#include "jose/encryption.h"
#include "jose/jwe.h"
#include "jose/key.h"
#include "jose/rung.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace claimsmith::jose {

struct DecryptOptions
{
    std::vector<Key> keys; ///< a secret stands for a password too
    /// The algorithms that may be used; empty: those that the keys fit. RSA1_5 has to be named (RFC 8725 §3.2): here,
    /// or by the "alg" of the key.
    std::vector<KeyManagement> algorithms = {};
    std::vector<ContentEncryption> encryptions = {}; ///< empty: all
    KeyIdRule keyIds = KeyIdRule::Compare;
    std::uint64_t minimumIterations = 1000; ///< of PBES2 (RFC 7518 §4.8.1.2)
    /// All that one call runs of PBES2, for however many recipients and keys: more than that keeps it busy for a
    /// second.
    std::uint64_t maximumIterations = 1'000'000;
    std::size_t maximumRecipients = 100;
    /// Refuse RSA keys shorter than RFC 7518 §4.2 and §4.3 demand, and those that factor easily.
    bool demandKeyLength = false;
    std::size_t maximumPlaintext = 16U << 20; ///< octets that a compressed content may become, at most 1 GiB
    Base64Rule base64 = Base64Rule::Canonical;
};

/// The whole ladder of one recipient: Structure, Header, Algorithm, Encryption, Critical, Key, Decryption, Compression.
struct DecryptionReport
{
    std::vector<Rung> rungs;
    std::vector<KeyCandidate> candidates;     ///< one for each key
    std::optional<Jwe> token = {};            ///< absent when there were no parts
    std::size_t recipientIndex = 0;           ///< the recipient that the rungs tell about
    std::optional<std::size_t> keyIndex = {}; ///< the key that opened it
    std::optional<SecretBytes> plaintext = {};

    /// `id` is one of the eight.
    const Rung& rung(RungId id) const;
    bool isValid() const noexcept { return plaintext.has_value(); }
    /// The problem of the first failed rung, or null.
    const Error* firstProblem() const noexcept;
};

/// Decrypts a token in any serialisation (RFC 7516 §5.2) for the first recipient for whom a key opens it; the rungs
/// tell about that one, or about the first. A wrong key, an encrypted key that was tampered with and a changed content
/// are all DecryptionFailed, after the same work (§11.5). PBES2 takes as long as the token's p2c asks: not on a GUI
/// thread.
DecryptionReport decrypt(std::string_view token, const DecryptOptions& options);

} // namespace claimsmith::jose

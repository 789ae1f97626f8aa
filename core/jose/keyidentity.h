// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/key.h"

#include <string>
#include <vector>

namespace claimsmith::jose {

/// What a key is called in different places, and what it is.
struct KeyIdentity
{
    KeyType type;
    std::string curve = {}; ///< empty for secrets and RSA
    std::size_t bits = 0;
    bool isPrivate = false;
    std::string thumbprint = {};    ///< RFC 7638 with SHA-256, base64url; of a secret too, which it gives to guessing
    std::string thumbprintUri = {}; ///< RFC 9278
    std::string spkiSha256 = {};    ///< of SubjectPublicKeyInfo, base64, as HTTP pins and many key lists have it; empty
                                    ///< for secrets
    std::string certificateSha256 = {};  ///< "x5t#S256" of the first certificate, when there is one
    std::string openSshFingerprint = {}; ///< "SHA256:…" as ssh-keygen shows it; empty for keys that it does not have
    std::vector<std::string> algorithms = {}; ///< that it fits, signing first
};

KeyIdentity identify(const Key& key);

/// Whether both are the same key, in whatever form and with whatever words about them: equal secrets, or equal public
/// halves.
bool isSameKey(const Key& a, const Key& b);

} // namespace claimsmith::jose

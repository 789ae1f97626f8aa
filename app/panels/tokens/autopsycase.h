// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/autopsy.h"
#include "panels/tokens/keylist.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::app {

/// A signature that failed, with everything that it can be examined with. A value that shares secrets: safe to hand to
/// another thread.
struct AutopsyCase
{
    /// A key that the token was not checked with, but that is at hand.
    struct OtherKey
    {
        KeyEntry entry;
        jose::Key key;
    };

    std::string token;
    std::shared_ptr<const SecretBytes> secret; ///< as it is written; null when the key is no secret
    jose::SecretEncoding encoding = jose::SecretEncoding::Text;
    std::vector<jose::Key> keys;
    std::string keyText;
    std::vector<OtherKey> others;
};

/// Whether both would be examined with the same outcome, as far as the key that was used goes.
bool isSameCase(const AutopsyCase& a, const AutopsyCase& b);

/// `choice` is the key that the token was checked with.
AutopsyCase autopsyCase(std::string token, const KeyChoice& choice, const TypedKeys& typed, const KeySources& sources);
/// Adds the credentials and keyring keys that are not of this choice.
void addOtherKeys(AutopsyCase& subject, const KeyChoice& choice, const KeySources& sources);

struct AutopsyFinding
{
    jose::Autopsy autopsy;
    std::optional<KeyEntry> otherKey; ///< OtherKey: one of `others`; nothing for a key of the set that was used
};

/// Tries some dozens of signatures: not for the GUI thread.
std::optional<AutopsyFinding> examine(const AutopsyCase& subject);

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/value.h"
#include "jose/key.h"
#include "jose/lint.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Forged tokens, to see what a verifier does with them. Nothing else of core includes this folder: what makes a
/// forgery must not be at hand where tokens are made or checked.
namespace claimsmith::jose::forge {

/// What an attacker has beside one valid token. Everything may be empty; a variant that lacks what it needs makes
/// nothing.
struct Knowledge
{
    std::vector<Key> publicKeys = {}; ///< of the verifier, as it publishes them; private halves are not used
    /// The tester's own key, which the verifier trusts: for variants whose signature is right and whose content is not.
    std::optional<Key> signer = {};
    std::string ownUrl = "http://127.0.0.1:9/keys.json"; ///< where the attacker's keys would be fetched from
    std::vector<std::string> moreSecrets = {};           ///< tried beside the well-known ones
    std::int64_t now = 0;                                ///< Unix seconds; times of forged tokens are around it
};

/// One token that a verifier has to refuse.
struct Forgery
{
    std::string label; ///< which of the variant's forms: "nOnE", "SPKI without the last line end"
    std::string token;
    /// Another token, which goes into the query and a cookie while `token` is in the header.
    std::optional<std::string> beside = {};
};

class Subject;

/// One kind of attack. The texts are English, for reports that leave the program.
struct Variant
{
    std::string_view id;     ///< "alg-none": stable, for scripts
    std::string_view group;  ///< "signature", "confusion", "key", "structure", "header", "claims" or "encryption"
    std::string_view title;  ///< "Unsigned token"
    std::string_view proves; ///< what an accepted one proves, one sentence
    LintSeverity severity;
    std::string_view standard; ///< "RFC 8725 §3.2"
    bool needsSigner;          ///< nothing without Knowledge::signer
    std::vector<Forgery> (*make)(const Subject& subject, const Knowledge& knowledge);
};

/// All of them, group by group; the order never changes within a version.
std::vector<const Variant*> variants();
/// Null when there is none of that id.
const Variant* findVariant(std::string_view id);

struct ForgedVariant
{
    const Variant* variant;
    std::vector<Forgery> forgeries; ///< none when knowledge was missing
};

/// Forges all variants of a signed token, or those that are named; the reasons of readJws() when it is no token.
Result<std::vector<ForgedVariant>> forge(std::string_view token, const Knowledge& knowledge,
                                         const std::vector<const Variant*>& chosen = variants());

} // namespace claimsmith::jose::forge

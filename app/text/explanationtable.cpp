// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanationtable.h"

#include "text/explanationtext.h"

#include <QtGlobal>

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

struct Sentence
{
    std::string_view id;
    const char* text;
};

#define SENTENCE(id, text)                                                                                             \
    {                                                                                                                  \
        id, QT_TRANSLATE_NOOP("Explanation", text)                                                                     \
    }

constexpr auto sentences = std::to_array<Sentence>({
    // The jwt plugin, in its own order of checks.
    SENTENCE("jwt.no-token.title", "The request carries no token"),
    SENTENCE("jwt.no-token.sentence", "Plugin jwt on {scope} looked in {places} and found none."),
    SENTENCE("jwt.several-tokens.title", "The request carries several different tokens"),
    SENTENCE("jwt.several-tokens.sentence", "Plugin jwt accepts one token, in one place or the same in several."),
    SENTENCE("jwt.bad-token.title", "The token cannot be read"),
    SENTENCE("jwt.bad-token.sentence", "Its {part} does not decode."),
    SENTENCE("jwt.no-key.title", "The token has no {claim}"),
    SENTENCE("jwt.no-key.sentence",
             "Plugin jwt on {scope} finds the credential by the claim `{claim}`, which `key_claim_name` names."),
    SENTENCE("jwt.empty-key.title", "The token's {claim} is empty"),
    SENTENCE("jwt.empty-key.sentence", "Plugin jwt on {scope} finds the credential by the claim `{claim}`."),
    SENTENCE("jwt.unknown-key.title", "No consumer has the key {key}"),
    SENTENCE("jwt.unknown-key.sentence",
             "Plugin jwt on {scope} looked for a credential whose key equals the token's `{claim}`."),
    SENTENCE("jwt.algorithm.title", "The token says {found}, the credential expects {expected}"),
    SENTENCE("jwt.algorithm.sentence", "The credential of {consumer} decides which algorithm is accepted."),
    SENTENCE("jwt.bad-key.title", "The key of {consumer} cannot be used"),
    SENTENCE("jwt.bad-key.sentence", "It is missing, or not a key for {algorithm}."),
    SENTENCE("jwt.signature.title", "The signature does not match the key of {consumer}"),
    SENTENCE("jwt.signature.sentence", "The token was signed with another key, or changed after it was signed."),
    SENTENCE("jwt.expired.title", "The token expired {seconds:span} before this request"),
    SENTENCE("jwt.expired.sentence",
             "Plugin jwt on {scope} verifies `exp` because `claims_to_verify` lists it. It has no leeway."),
    SENTENCE("jwt.not-yet-valid.title", "The token starts {seconds:span} after this request"),
    SENTENCE("jwt.not-yet-valid.sentence",
             "Plugin jwt on {scope} verifies `nbf` because `claims_to_verify` lists it. It has no leeway."),
    SENTENCE("jwt.claim-missing.title", "The token has no {claim}"),
    SENTENCE("jwt.claim-missing.sentence", "Plugin jwt on {scope} lists `{claim}` in `claims_to_verify`."),
    SENTENCE("jwt.claim-type.title", "The token's {claim} is not a number"),
    SENTENCE("jwt.claim-type.sentence", "Plugin jwt on {scope} lists `{claim}` in `claims_to_verify`."),
    SENTENCE("jwt.lives-too-long.title", "The token lives longer than this route allows"),
    SENTENCE("jwt.lives-too-long.sentence", "`maximum_expiration` on {scope} is {limit} s, counted from now."),
    SENTENCE("jwt.no-consumer.title", "The credential's consumer is gone"),
    SENTENCE("jwt.no-consumer.sentence", "The credential {key} names a consumer that the configuration lacks."),

    SENTENCE("compare.claim", "Claim {name}"),
    SENTENCE("compare.gateway-clock", "Gateway clock"),
    SENTENCE("compare.leeway", "Leeway"),
    SENTENCE("compare.fixed-by-plugin", "Fixed by the {plugin} plugin"),
    SENTENCE("compare.algorithm-token", "Token says"),
    SENTENCE("compare.algorithm-credential", "Credential expects"),
    SENTENCE("compare.key", "Key"),
    SENTENCE("compare.limit", "Limit"),

    SENTENCE("repair.resign-exp", "Re-sign with exp +{seconds:span}"),
    SENTENCE("repair.resign-nbf", "Re-sign with nbf now"),
    SENTENCE("repair.resign-algorithm", "Re-sign with {algorithm}"),
    SENTENCE("repair.resign-credential", "Re-sign with this credential"),
    SENTENCE("repair.add-claim", "Add {claim} and re-sign"),
    SENTENCE("repair.sign-token", "Sign token for {consumer}"),
    SENTENCE("repair.create-credential", "Create credential"),
    SENTENCE("repair.open-credential", "Open credential"),
    SENTENCE("repair.open-plugin", "Open plugin"),
    SENTENCE("repair.open-token", "Open in Tokens"),
    SENTENCE("repair.open-service", "Open service"),
    SENTENCE("repair.keep-one", "Keep the one in {place}"),
    SENTENCE("repair.compare-keys", "Compare keys"),
    SENTENCE("repair.attach-key", "Send the key of {consumer}"),
});

struct Check
{
    std::string_view id;
    CheckSource source;
};

#define CHECK(id, text, value)                                                                                         \
    {                                                                                                                  \
        id,                                                                                                            \
        {                                                                                                              \
            QT_TRANSLATE_NOOP("Explanation", text), value                                                              \
        }                                                                                                              \
    }

constexpr auto checks = std::to_array<Check>({
    CHECK("jwt.token", "Token found in", "{found}"),
    CHECK("jwt.decode", "Header and payload decode", nullptr),
    CHECK("jwt.signature", "Signature is valid", nullptr),
});

template <class Table>
auto find(const Table& table, std::string_view id)
{
    return std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.id == id; });
}

} // namespace

const char* explanationSource(std::string_view id) noexcept
{
    const auto row = find(sentences, id);
    return row == sentences.end() ? nullptr : row->text;
}

const CheckSource* checkSource(std::string_view id) noexcept
{
    const auto row = find(checks, id);
    return row == checks.end() ? nullptr : &row->source;
}

QStringList knownTextIds()
{
    QStringList ids;
    for (const auto& row : sentences)
        ids << QString::fromUtf8(row.id.data(), static_cast<qsizetype>(row.id.size()));
    return ids;
}

QStringList knownCheckIds()
{
    QStringList ids;
    for (const auto& row : checks)
        ids << QString::fromUtf8(row.id.data(), static_cast<qsizetype>(row.id.size()));
    return ids;
}

} // namespace claimsmith::app

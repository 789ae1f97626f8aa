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
    SENTENCE("jwt.several-tokens.title", "The request carries {count} different tokens"),
    SENTENCE("jwt.several-tokens.sentence",
             "They are in {places}. Plugin jwt accepts one, or the same one in several places."),
    SENTENCE("jwt.not-text.title", "The token is not text"),
    SENTENCE("jwt.not-text.sentence", "There is a name without a value in {place}."),
    SENTENCE("jwt.bad-token.title", "The token cannot be read"),
    SENTENCE("jwt.bad-token.sentence", "Its {part} does not decode: {problem}."),
    SENTENCE("jwt.unknown-algorithm.title", "The gateway does not know the algorithm {algorithm}"),
    SENTENCE("jwt.unknown-algorithm.sentence", "Plugin jwt on {scope} reads it from the token's header."),
    SENTENCE("jwt.no-key.title", "The token has no {claim}"),
    SENTENCE("jwt.no-key.sentence",
             "Plugin jwt on {scope} finds the credential by `{claim}`, which `key_claim_name` names."),
    SENTENCE("jwt.empty-key.title", "The token's {claim} is empty"),
    SENTENCE("jwt.empty-key.sentence",
             "Plugin jwt on {scope} finds the credential by `{claim}`, which `key_claim_name` names."),
    SENTENCE("jwt.key-type.title", "The token's {claim} is not text"),
    SENTENCE("jwt.key-type.sentence", "Plugin jwt on {scope} finds the credential by `{claim}`; {found} is no key."),
    SENTENCE("jwt.unknown-key.title", "No consumer has the key {key}"),
    SENTENCE("jwt.unknown-key.sentence",
             "Plugin jwt on {scope} looked for a credential whose key equals the token's `{claim}`."),
    SENTENCE("jwt.algorithm.title", "The token says {found}, the credential expects {expected}"),
    SENTENCE("jwt.algorithm.sentence", "The credential of {consumer} decides which algorithm is accepted."),
    SENTENCE("jwt.bad-key.title", "The key of {consumer} cannot be used"),
    SENTENCE("jwt.bad-key.sentence", "It is {problem} for {algorithm}."),
    SENTENCE("jwt.signature.title", "The signature does not match the key of {consumer}"),
    SENTENCE("jwt.signature.sentence", "The token was signed with another key, or changed after it was signed. Plugin "
                                       "jwt on {scope} checked it with {algorithm}."),
    SENTENCE("jwt.expired.title", "The token expired {seconds:span} before this request"),
    SENTENCE("jwt.expired.sentence",
             "Plugin jwt on {scope} verifies `exp` because `claims_to_verify` lists it. It has no leeway."),
    SENTENCE("jwt.not-yet-valid.title", "The token starts {seconds:span} after this request"),
    SENTENCE("jwt.not-yet-valid.sentence",
             "Plugin jwt on {scope} verifies `nbf` because `claims_to_verify` lists it. It has no leeway."),
    SENTENCE("jwt.claim-missing.title", "The token has no {claim}"),
    SENTENCE("jwt.claim-missing.sentence", "Plugin jwt on {scope} wants `{claim}` to be a number."),
    SENTENCE("jwt.claim-type.title", "The token's {claim} is not a number"),
    SENTENCE("jwt.claim-type.sentence", "Plugin jwt on {scope} wants `{claim}` to be a number; it is {found}."),
    SENTENCE("jwt.lives-too-long.title", "The token lives longer than this route allows"),
    SENTENCE("jwt.lives-too-long.sentence",
             "It lives {seconds:span} from now; `maximum_expiration` on {scope} is {limit:span}."),

    SENTENCE("key-auth.no-key.title", "The request carries no API key"),
    SENTENCE("key-auth.no-key.sentence", "Plugin key-auth on {scope} looked in {places} and found none."),
    SENTENCE("key-auth.several-keys.title", "The request carries several API keys"),
    SENTENCE("key-auth.several-keys.sentence", "There is more than one in {place}."),
    SENTENCE("key-auth.unknown-key.title", "No consumer has this API key"),
    SENTENCE("key-auth.unknown-key.sentence", "Plugin key-auth on {scope} found it in {place}."),

    // Steps of the gateway itself, and plugins without words of their own.
    SENTENCE("received.title", "{request} from {peer}"),
    SENTENCE("route.none.title", "No route matches {method} {path}"),
    SENTENCE("route.none.sentence", "{routes} routes were compared with host {host}."),
    SENTENCE("route.protocol.title", "Route {route} asks for another protocol"),
    SENTENCE("route.protocol.sentence", "Its `protocols` do not include the one of this request."),
    SENTENCE("route.matched.title", "Route {route} matched"),
    SENTENCE("route.matched.sentence", "By its path {prefix}, the best of {routes}."),
    SENTENCE("upstream.failed.title", "{service} could not be reached"),
    SENTENCE("upstream.failed.sentence", "The gateway let the request through. {error}"),
    SENTENCE("upstream.not-reached.title", "{service} was not asked"),
    SENTENCE("upstream.not-reached.sentence", "An earlier step had answered the request."),
    SENTENCE("upstream.answered.title", "{service} answered {status}"),
    SENTENCE("upstream.answered.sentence", "It was reached at {address}."),
    SENTENCE("service.none.title", "Route {route} leads to no service"),
    SENTENCE("response.title", "The client got {status}"),
    SENTENCE("response.consumer.sentence", "The gateway knew the client as {consumer}."),
    SENTENCE("response.anonymous.sentence", "Authentication failed; the request went on as {consumer}."),
    SENTENCE("plugin.passed.title", "{plugin} let the request pass"),
    SENTENCE("plugin.passed.sentence", "It runs on {scope}."),
    SENTENCE("plugin.answered.title", "{plugin} answered {status} itself"),
    SENTENCE("plugin.answered.sentence", "It runs on {scope}. The upstream was not asked."),
    SENTENCE("plugin.skipped.title", "{plugin} had nothing to do"),
    SENTENCE("plugin.skipped.sentence", "It runs on {scope}."),
    SENTENCE("plugin.anonymous.title", "{plugin} let the request pass as anonymous"),
    SENTENCE("plugin.anonymous.sentence", "Authentication failed, and `anonymous` names {consumer}."),
    SENTENCE("plugin.not-run.title", "{plugin} did not run"),
    SENTENCE("plugin.not-run.sentence", "An earlier step had answered the request."),
    SENTENCE("plugin.failed.title", "{plugin} broke"),
    SENTENCE("plugin.failed.sentence", "{detail}"),

    SENTENCE("compare.claim", "Claim {name}"),
    SENTENCE("compare.gateway-clock", "Gateway clock"),
    SENTENCE("compare.leeway", "Leeway"),
    SENTENCE("compare.fixed-by-plugin", "Fixed by the {plugin} plugin"),
    SENTENCE("compare.algorithm-token", "Token says"),
    SENTENCE("compare.algorithm-credential", "Credential expects"),
    SENTENCE("compare.key", "Token's key"),
    SENTENCE("compare.nearest-key", "Nearest key"),
    SENTENCE("compare.limit", "Limit"),

    SENTENCE("repair.resign-exp", "Re-sign with exp +{seconds:span}"),
    SENTENCE("repair.resign-nbf", "Re-sign with nbf now"),
    SENTENCE("repair.resign-algorithm", "Re-sign with {algorithm}"),
    SENTENCE("repair.resign-credential", "Re-sign with this credential"),
    SENTENCE("repair.add-claim", "Add {claim} and re-sign"),
    SENTENCE("repair.use-key", "Re-sign as {consumer}"),
    SENTENCE("repair.sign-token", "Sign token for {consumer}"),
    SENTENCE("repair.create-credential", "Create credential"),
    SENTENCE("repair.add-place", "Look in {place} too"),
    SENTENCE("repair.set-field", "Set {field} to {value}"),
    SENTENCE("repair.open-credential", "Open credential"),
    SENTENCE("repair.open-plugin", "Open plugin"),
    SENTENCE("repair.open-route", "Open route"),
    SENTENCE("repair.open-service", "Open service"),
    SENTENCE("repair.open-token", "Open in Tokens"),
    SENTENCE("repair.keep-one", "Keep the one in {place}"),
    SENTENCE("repair.compare-keys", "Compare keys"),
    SENTENCE("repair.attach-key", "Send the key of {consumer}"),
    SENTENCE("repair.stop-verifying", "Do not verify {claim}"),
    SENTENCE("repair.raise-limit", "Change maximum_expiration"),
    SENTENCE("repair.shift-clock", "Move the gateway clock by {seconds} s"),

    SENTENCE("jwt.quirk.crit-ignored",
             "RFC 7515 asks to refuse a token whose `crit` is not understood. Kong lets it pass."),
    SENTENCE("jwt.quirk.base64-not-canonical",
             "RFC 7515 asks for base64url without padding or stray bits. Kong lets it pass."),
    SENTENCE("jwt.quirk.repeated-member", "RFC 7515 asks for names that do not repeat. Kong takes the last one."),
    SENTENCE("jwt.quirk.answers-500", "A 401 would be right here. Kong breaks and answers 500."),
    SENTENCE("jwt.quirk.curve-ignored", "RFC 7518 ties the curve to the algorithm. Kong does not look at it."),
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
    CHECK("route.matched", "A route matches", "{found}"),
    CHECK("jwt.token-found", "Token found", "{found}"),
    CHECK("jwt.single-token", "There is only one token", nullptr),
    CHECK("jwt.token-is-text", "The token is text", nullptr),
    CHECK("jwt.decodes", "Header and payload decode", nullptr),
    CHECK("jwt.algorithm-known", "Algorithm is known", "{found}"),
    CHECK("jwt.key-claim", "Key claim is there", "{claim}"),
    CHECK("jwt.credential-found", "Key belongs to a credential", "{expected}"),
    CHECK("jwt.algorithm-fits", "Algorithm matches credential", "{expected}"),
    CHECK("jwt.key-usable", "Key of the credential is usable", nullptr),
    CHECK("jwt.signature-valid", "Signature is valid", nullptr),
    CHECK("jwt.exp", "exp is in the future", nullptr),
    CHECK("jwt.nbf", "nbf is in the past", nullptr),
    CHECK("jwt.maximum-expiration", "exp is within maximum_expiration", nullptr),
    CHECK("key-auth.key-found", "API key found", "{found}"),
    CHECK("key-auth.single-key", "There is only one API key", nullptr),
    CHECK("key-auth.key-known", "The key belongs to a consumer", nullptr),
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

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/assertion.h"

#include "document/json.h"
#include "jose/jwk.h"
#include "jose/jws.h"
#include "jose/verify.h"

namespace claimsmith::identity {
namespace {

constexpr std::int64_t leeway = 30;            ///< seconds: clients have clocks of their own
constexpr std::int64_t longestLifetime = 3600; ///< seconds: for so long their ids have to be kept

std::string textOf(const document::Value* value)
{
    const std::string* const text = value == nullptr ? nullptr : value->asString();
    return text == nullptr ? std::string() : *text;
}

/// Whether the assertion was seen before; notes it until it expires.
bool noteUse(Call& call, const document::Object& claims)
{
    const std::string id = textOf(claims.find("jti"));
    if (id.empty())
        return false;
    const std::string name = textOf(claims.find("iss")) + '\n' + id;
    const std::int64_t* const known = call.realm.store.assertions.find(name);
    if (known != nullptr && *known > call.now)
        return true;
    call.realm.store.assertions.add(name, call.now + longestLifetime + leeway);
    return false;
}

} // namespace

AssertionClaims peekAssertion(std::string_view token)
{
    AssertionClaims peeked;
    const auto jws = jose::readJws(token);
    if (!jws || jws->signatures.empty())
        return peeked;
    peeked.algorithm = textOf(jws->signatures.front().find("alg"));
    const auto payload = document::parseJson(jws->payload.octets);
    if (!payload)
        return peeked;
    peeked.issuer = textOf(payload->find("iss"));
    peeked.subject = textOf(payload->find("sub"));
    return peeked;
}

Result<VerifiedAssertion> verifyAssertion(Call& call, std::string_view token, const AssertionRule& rule)
{
    const FixedClock clock(call.now);
    jose::VerifyOptions options;
    options.keys = rule.keys;
    options.clock = &clock;
    jose::ClaimsPolicy& policy = *options.claims;
    policy.leeway = leeway;
    policy.issuers = {rule.issuer};
    policy.audiences = {call.realm.url, call.realm.url + "/token",
                        call.realm.url + std::string(call.request.head.path().substr(call.realm.settings.path.size()))};
    if (!rule.subject.empty())
        policy.subject = rule.subject;
    policy.required = {"iss", "sub", "aud", "exp"};
    if (rule.needsId)
        policy.required.emplace_back("jti");
    policy.maximumLifetime = longestLifetime;
    const jose::VerificationReport report = jose::verify(token, options);
    if (const Error* problem = report.firstProblem())
        return *problem;
    if (!report.isValid() || !report.claims)
        return Error{jose::JoseErrorCode::SignatureMismatch};
    VerifiedAssertion verified{*report.claims};
    verified.isReplayed = noteUse(call, verified.claims);
    return verified;
}

std::vector<jose::Key> keysOf(const document::Value& set)
{
    auto keys = jose::readJwks(set);
    return keys ? std::move(keys->keys) : std::vector<jose::Key>();
}

} // namespace claimsmith::identity

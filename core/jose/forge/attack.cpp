// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/forge/attack.h"

#include "document/json.h"

#include <algorithm>
#include <array>

namespace claimsmith::jose::forge {
namespace {

std::vector<std::string> audiencesOf(const document::Value* audience)
{
    std::vector<std::string> names;
    if (audience == nullptr)
        return names;
    if (const std::string* only = audience->asString())
        names.push_back(*only);
    if (const document::Array* list = audience->asArray()) {
        for (const document::Value& each : *list) {
            if (each.asString() != nullptr)
                names.push_back(*each.asString());
        }
    }
    return names;
}

} // namespace

std::size_t AttackReport::count(Outcome outcome) const
{
    return static_cast<std::size_t>(
        std::ranges::count(cells, outcome, [](const Cell& cell) { return cell.answer.outcome; }));
}

bool AttackReport::hasFindings() const
{
    return std::ranges::any_of(cells, &Cell::isFinding);
}

AttackReport attack(std::string target, const std::string& token, const std::vector<ForgedVariant>& forged,
                    const Verifier& verifier, const std::function<bool()>& goOn)
{
    AttackReport report{
        .target = std::move(target), .baseline = verifier({.label = "the valid token", .token = token}), .cells = {}};
    for (const ForgedVariant& each : forged) {
        for (const Forgery& forgery : each.forgeries) {
            if (goOn && !goOn())
                return report;
            report.cells.push_back({.variant = each.variant, .forgery = forgery, .answer = verifier(forgery)});
        }
    }
    return report;
}

Verifier offlineVerifier(VerifyOptions options)
{
    return [options = std::move(options)](const Forgery& forgery) -> Answer {
        if (forgery.beside)
            return {.outcome = Outcome::NotSent, .detail = "a verifier is given one token"};
        const VerificationReport report = verify(forgery.token, options);
        if (report.isValid())
            return {.outcome = Outcome::Accepted, .detail = "valid"};
        const Error* problem = report.firstProblem();
        return {.outcome = Outcome::Refused,
                .detail = problem == nullptr ? std::string() : std::string(problem->code.name())};
    };
}

VerifyOptions strictOptionsFor(std::string_view token, std::vector<Key> keys, const Clock& clock)
{
    VerifyOptions options{.keys = std::move(keys), .clock = &clock};
    const auto jws = readJws(token);
    if (!jws)
        return options;
    const document::Value* alg = jws->signatures.front().find("alg");
    const std::string* name = alg == nullptr ? nullptr : alg->asString();
    if (const AlgorithmInfo* algorithm = name == nullptr ? nullptr : findAlgorithm(*name))
        options.algorithms = {algorithm->id};
    if (const auto claims = document::parseJson(jws->payload.octets)) {
        if (const std::string* issuer = claims->findString("iss"))
            options.claims->issuers = {*issuer};
        options.claims->audiences = audiencesOf(claims->find("aud"));
        if (claims->find("exp") != nullptr)
            options.claims->required = {"exp"};
        const auto issued = claims->findInteger("iat");
        const auto expires = claims->findInteger("exp");
        if (issued && expires && *issued >= 0 && *expires > *issued)
            options.claims->maximumLifetime = *expires - *issued;
    }
    return options;
}

std::string_view toString(Outcome outcome) noexcept
{
    constexpr std::array<std::string_view, 4> names{"refused", "accepted", "failed", "not-sent"};
    return names[static_cast<std::size_t>(outcome)];
}

} // namespace claimsmith::jose::forge

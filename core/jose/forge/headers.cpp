// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "document/json.h"
#include "jose/forge/groups.h"
#include "jose/forge/subject.h"

#include <array>

namespace claimsmith::jose::forge {
namespace {

using document::Object;
using document::Value;

void add(std::vector<Forgery>& list, const Subject& subject, const Knowledge& knowledge, std::string label,
         const Object& header)
{
    if (auto token = signedByTester(subject, knowledge, header, subject.freshPayload()))
        list.push_back({std::move(label), std::move(*token)});
}

std::vector<Forgery> unknownCritical(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    add(list, subject, knowledge, "an extension that nobody knows",
        subject.headerWith({{"crit", document::Array{"urn:claimsmith:unknown"}}, {"urn:claimsmith:unknown", true}}));
    add(list, subject, knowledge, "one that is not there", subject.headerWith({{"crit", document::Array{"absent"}}}));
    return list;
}

std::vector<Forgery> malformedCritical(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    const auto with = [&](const char* label, const Value& value) {
        add(list, subject, knowledge, label, subject.headerWith({{"crit", value}}));
    };
    with("an empty list", document::Array{});
    with("a text", "exp");
    with("null", nullptr);
    with("a member of the standard", document::Array{"alg"});
    with("a name twice", document::Array{"x", "x"});
    return list;
}

/// The payload as it is, signed so; a reader that does not know b64 decodes it as base64url.
std::vector<Forgery> unencoded(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    add(list, subject, knowledge, "b64 false that is not critical", subject.headerWith({{"b64", false}}));
    add(list, subject, knowledge, "b64 that is no boolean",
        subject.headerWith({{"b64", "false"}, {"crit", document::Array{"b64"}}}));
    return list;
}

std::vector<Forgery> otherType(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    const Value* type = subject.header().find("typ");
    const std::string own = type == nullptr || type->asString() == nullptr ? "" : *type->asString();
    for (const char* name : {"at+jwt", "dpop+jwt", "logout+jwt", "secevent+jwt", "JOSE"}) {
        if (own != name)
            add(list, subject, knowledge, name, subject.headerWith({{"typ", name}}));
    }
    add(list, subject, knowledge, "no text", subject.headerWith({{"typ", 1}}));
    return list;
}

std::vector<Forgery> algorithmCase(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    const AlgorithmInfo* algorithm = subject.algorithm();
    if (algorithm == nullptr)
        return list;
    std::string lower;
    for (const char c : algorithm->name)
        lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    add(list, subject, knowledge, lower, subject.headerWith({{"alg", lower}}));
    add(list, subject, knowledge, "a space behind it",
        subject.headerWith({{"alg", std::string(algorithm->name) + ' '}}));
    return list;
}

std::vector<Forgery> nested(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    const std::string inner = compact(subject.headerWith({{"alg", "none"}}), subject.freshPayload(), "");
    if (auto token = signedByTester(subject, knowledge, subject.headerWith({{"cty", "JWT"}}), inner))
        list.push_back({"an unsigned token inside", std::move(*token)});
    return list;
}

constexpr auto warning = LintSeverity::Warning;

constexpr std::array<Variant, 6> list{{
    {"crit-unknown", "header", "Unknown critical extension",
     "A token with conditions that are not understood is accepted.", warning, "RFC 7515 §4.1.11", true,
     &unknownCritical},
    {"crit-malformed", "header", "Malformed crit", "A crit that the standard forbids is ignored.", warning,
     "RFC 7515 §4.1.11", true, &malformedCritical},
    {"b64-uncritical", "header", "b64 that nobody has to understand",
     "Two readers see two payloads under one signature.", LintSeverity::Error, "RFC 7797 §6", true, &unencoded},
    {"typ-other", "header", "A token for another use", "Tokens of one kind pass for those of another.", warning,
     "RFC 8725 §3.11", true, &otherType},
    {"alg-case", "header", "alg in another case", "Names are compared without regard to case: filters are not.",
     warning, "RFC 7515 §4.1.1", true, &algorithmCase},
    {"nested-unsigned", "header", "An unsigned token within the signed one",
     "The inner token is used without being verified.", LintSeverity::Error, "RFC 8725 §3.3", true, &nested},
}};

} // namespace

std::span<const Variant> headerVariants()
{
    return list;
}

} // namespace claimsmith::jose::forge

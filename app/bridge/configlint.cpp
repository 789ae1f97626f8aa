// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/configlint.h"

#include "gateway/entities.h"

#include <algorithm>
#include <array>

namespace claimsmith::app {
namespace {

using document::Value;

struct Subject
{
    const OutlineEntity& entity;
    const Value& value;
    const Value& document;
    const ConfigOutline& outline;
};

using Warnings = std::vector<ConfigProblem>;

void warn(Warnings& warnings, const Subject& subject, std::string_view rule, std::string_view field,
          std::optional<ConfigEdit> fix = {})
{
    ConfigProblem warning{ConfigProblem::Severity::Warning, {}, std::move(fix)};
    warning.problem.message = rule;
    warning.problem.entity = subject.entity.type->name;
    warning.problem.name = subject.entity.name;
    std::string pointer = subject.entity.pointer;
    for (const std::string& token : document::splitPointer(field))
        pointer = document::joinPointer(pointer, token);
    warning.problem.place.pointer = std::move(pointer);
    warnings.push_back(std::move(warning));
}

bool contains(const Value* list, std::string_view text)
{
    const document::Array* array = list ? list->asArray() : nullptr;
    return array && std::any_of(array->begin(), array->end(), [&](const Value& element) {
               return element.asString() && *element.asString() == text;
           });
}

/// Without exp a token that leaks once opens the route for ever; without nbf one made in advance works at once.
void checkJwtClaims(Warnings& warnings, const Subject& subject)
{
    if (subject.entity.name != "jwt" || subject.entity.type->name != "plugins")
        return;
    const Value* claims = subject.value.at("/config/claims_to_verify");
    const std::string pointer = subject.entity.pointer + "/config/claims_to_verify";
    document::Array wanted = claims && claims->asArray() ? *claims->asArray() : document::Array{};
    for (const char* claim : {"exp", "nbf"}) {
        if (contains(claims, claim))
            continue;
        document::Array more = wanted;
        more.emplace_back(claim);
        warn(warnings, subject, std::string("jwt-without-") + claim, "/config/claims_to_verify",
             ConfigEdit::set(pointer, std::move(more)));
        // One at a time: a route without exp has the greater worry.
        return;
    }
}

void checkAnonymous(Warnings& warnings, const Subject& subject)
{
    const Value* anonymous = subject.value.at("/config/anonymous");
    const std::string* name = anonymous ? anonymous->asString() : nullptr;
    if (!name || subject.outline.findNamed("consumers", *name))
        return;
    for (const OutlineEntity& other : subject.outline.entities()) {
        const Value* value = other.type->name == "consumers" ? subject.document.at(other.pointer) : nullptr;
        const std::string* id = value ? value->findString("id") : nullptr;
        if (id && *id == *name)
            return;
    }
    warn(warnings, subject, "anonymous-unknown", "/config/anonymous");
}

void checkIssuer(Warnings& warnings, const Subject& subject)
{
    const Value* issuer = subject.value.at("/config/issuer");
    const std::string* url = issuer ? issuer->asString() : nullptr;
    if (subject.entity.type->name == "plugins" && url && url->rfind("http://", 0) == 0)
        warn(warnings, subject, "issuer-in-clear", "/config/issuer");
}

/// A secret in the file goes wherever the file goes.
void checkPlainSecret(Warnings& warnings, const Subject& subject)
{
    if (subject.entity.type->name == "plugins")
        return;
    for (const gateway::Field& field : subject.entity.type->schema().fields) {
        const Value* value = field.secret ? subject.value.find(field.name) : nullptr;
        const std::string* text = value ? value->asString() : nullptr;
        if (text && !text->empty() && !referencedName(*text) && text->rfind("{vault://", 0) != 0)
            warn(warnings, subject, "secret-in-file", "/" + field.name);
    }
}

constexpr std::array rules{checkJwtClaims, checkAnonymous, checkIssuer, checkPlainSecret};

} // namespace

std::vector<ConfigProblem> lintConfig(const Value& document, const ConfigOutline& outline)
{
    Warnings warnings;
    for (const OutlineEntity& entity : outline.entities()) {
        const Value* value = document.at(entity.pointer);
        if (!value || !entity.enabled)
            continue;
        for (const auto rule : rules)
            rule(warnings, {entity, *value, document, outline});
    }
    return warnings;
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/claims.h"

#include "base/text.h"
#include "document/json.h"

#include <algorithm>

namespace claimsmith::gateway::openidconnect {

using document::Object;
using document::Value;

const Value* walk(const Object& claims, const std::vector<std::string>& path) noexcept
{
    const Value* value = nullptr;
    const Object* at = &claims;
    for (const std::string& name : path) {
        value = at ? at->find(name) : nullptr;
        at = value ? value->asObject() : nullptr;
    }
    return value && !value->isNull() ? value : nullptr;
}

std::vector<std::string> wordsOf(const Value* claim)
{
    std::vector<std::string> words;
    if (!claim || claim->asObject())
        return words;
    if (const auto* list = claim->asArray()) {
        for (const Value& element : *list)
            words.push_back(textOf(element));
        return words;
    }
    const std::string text = textOf(*claim);
    for (const std::string_view word : split(text, ' '))
        if (!word.empty())
            words.emplace_back(word);
    return words;
}

std::string textOf(const Value& claim)
{
    const std::string* text = claim.asString();
    return text ? *text : document::toJson(claim);
}

bool isSameSubject(const Object& one, const Object& other)
{
    const Value* first = one.find("sub");
    const Value* second = other.find("sub");
    return first && second && *first == *second;
}

const Value* ClaimSources::find(const std::vector<std::string>& path) const noexcept
{
    for (const Object* source : m_sources)
        if (const Value* value = walk(*source, path))
            return value;
    return nullptr;
}

const Value* ClaimSources::find(const std::string& claim) const noexcept
{
    for (const Object* source : m_sources)
        if (const Value* value = source->find(claim); value && !value->isNull())
            return value;
    return nullptr;
}

bool holds(const Requirement& requirement, const ClaimSources& sources)
{
    if (requirement.alternatives.empty())
        return true;
    const auto words = wordsOf(sources.find(requirement.claim));
    return std::ranges::any_of(requirement.alternatives, [&](const std::vector<std::string>& all) {
        // A line of nothing, as a reference that leads nowhere gives, is met by nobody.
        return !all.empty() && std::ranges::all_of(all, [&](const std::string& word) {
            return std::ranges::find(words, word) != words.end();
        });
    });
}

std::string textOf(const Requirement& requirement)
{
    std::string text;
    for (const auto& words : requirement.alternatives) {
        text += text.empty() ? "" : ", ";
        for (const std::string& word : words)
            text += (&word == &words.front() ? "" : " ") + word;
    }
    return text;
}

} // namespace claimsmith::gateway::openidconnect

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "document/json.h"
#include "document/yaml.h"
#include "gateway/declarative/item.h"

namespace claimsmith::gateway::declarative {

using document::joinPointer;
using document::Value;

namespace {

/// `${{ env "NAME" }}` or `${{ env "NAME" | toInt }}` as decK writes it.
struct Reference
{
    std::size_t begin = 0;
    std::size_t end = 0; ///< behind its last brace
    std::string_view name;
    std::string_view conversion; ///< "toInt", "toFloat", "toBool" or empty
};

std::optional<Reference> findReference(std::string_view text, std::size_t from)
{
    const auto begin = text.find("${{", from);
    const auto end = begin == std::string_view::npos ? begin : text.find("}}", begin);
    if (end == std::string_view::npos)
        return std::nullopt;
    auto inner = trimmed(text.substr(begin + 3, end - begin - 3));
    if (!inner.starts_with("env"))
        return std::nullopt;
    inner = trimmed(inner.substr(3));
    const auto close = inner.find('"', 1);
    if (!inner.starts_with('"') || close == std::string_view::npos)
        return std::nullopt;
    const auto rest = trimmed(inner.substr(close + 1));
    return Reference{begin, end + 2, inner.substr(1, close - 1),
                     rest.starts_with('|') ? trimmed(rest.substr(1)) : rest};
}

class Resolver final
{
public:
    Resolver(const ReferenceResolver& resolve, const PlainValues& plain) noexcept : m_resolve(resolve), m_plain(plain)
    {
    }

    Result<void> visit(Value& value, const std::string& pointer)
    {
        if (auto* array = value.asArray()) {
            for (std::size_t i = 0; i < array->size(); ++i)
                CLAIMSMITH_CHECK(visit((*array)[i], joinPointer(pointer, i)));
        } else if (auto* object = value.asObject()) {
            for (auto& [name, member] : *object)
                CLAIMSMITH_CHECK(visit(member, joinPointer(pointer, name)));
        } else if (const auto* text = value.asString()) {
            CLAIMSMITH_TRY(value, replaced(*text, pointer));
        }
        return {};
    }

private:
    Result<Value> replaced(const std::string& text, const std::string& pointer) const
    {
        std::string out;
        std::size_t at = 0;
        while (const auto reference = findReference(text, at)) {
            auto found = m_resolve(reference->name);
            if (!found)
                return Error{ConfigurationErrorCode::UnresolvedReference,
                             {.pointer = pointer},
                             "nothing is known by the name " + std::string(reference->name),
                             {{"name", std::string(reference->name)}}};
            if (reference->begin == 0 && reference->end == text.size())
                return converted(std::move(*found), reference->conversion, m_plain.contains(pointer));
            out += text.substr(at, reference->begin - at) + *found;
            at = reference->end;
        }
        return Value(out + text.substr(at));
    }

    static Value converted(std::string text, std::string_view conversion, bool isPlain)
    {
        if (conversion == "toBool")
            return text == "true" || text == "1";
        if (conversion == "toInt" || conversion == "toFloat")
            if (auto number = document::parseJson(text); number && number->asNumber())
                return std::move(*number);
        auto read = isPlain ? document::parseYaml(text) : Result<Value>(Value(text));
        return read && !read->asString() ? std::move(*read) : Value(std::move(text));
    }

    const ReferenceResolver& m_resolve;
    const PlainValues& m_plain;
};

} // namespace

Result<void> resolveReferences(Value& document, const ReferenceResolver& resolver, const PlainValues& plain)
{
    return resolver ? Resolver(resolver, plain).visit(document, "") : Result<void>();
}

} // namespace claimsmith::gateway::declarative

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/fieldreader.h"

#include <algorithm>

namespace claimsmith::identity {

using document::Value;

void ProblemKeeper::add(ConfigurationErrorCode code, std::string pointer, std::string detail, Parameters parameters,
                        std::optional<Error> cause)
{
    if (m_first)
        return;
    Error error{code};
    error.place.file = m_file;
    if (const auto* entry = m_sourceMap.findNearest(pointer)) {
        const document::Span& span =
            code == ConfigurationErrorCode::UnknownMember && entry->key ? *entry->key : entry->value;
        error.place.offset = span.begin;
        error.place.line = span.line;
        error.place.column = span.column;
    }
    error.place.pointer = std::move(pointer);
    error.detail = std::move(detail);
    error.parameters = std::move(parameters);
    if (cause)
        error.cause = std::make_shared<const Error>(std::move(*cause));
    m_first = std::move(error);
}

FieldReader::FieldReader(const Value& value, std::string pointer, ProblemKeeper& problems)
    : m_object(value.asObject()), m_pointer(std::move(pointer)), m_problems(problems)
{
    if (m_object == nullptr)
        wrongType(m_pointer, "object", value);
}

const Value* FieldReader::value(std::string_view name)
{
    m_asked.push_back(name);
    return m_object == nullptr ? nullptr : m_object->find(name);
}

std::string FieldReader::text(std::string_view name, std::string_view fallback)
{
    const Value* member = value(name);
    if (member == nullptr)
        return std::string(fallback);
    if (const std::string* found = member->asString())
        return *found;
    wrongType(pointer(name), "string", *member);
    return std::string(fallback);
}

std::string FieldReader::required(std::string_view name)
{
    std::string found = text(name);
    if (found.empty())
        m_problems.add(ConfigurationErrorCode::MissingMember, m_pointer,
                       "the member \"" + std::string(name) + "\" is missing or empty", {{"name", std::string(name)}});
    return found;
}

bool FieldReader::boolean(std::string_view name, bool fallback)
{
    const Value* member = value(name);
    if (member == nullptr)
        return fallback;
    if (const bool* found = member->asBoolean())
        return *found;
    wrongType(pointer(name), "boolean", *member);
    return fallback;
}

std::int64_t FieldReader::integer(std::string_view name, std::int64_t fallback, std::int64_t minimum,
                                  std::int64_t maximum)
{
    const Value* member = value(name);
    if (member == nullptr)
        return fallback;
    const auto found = member->asNumber() ? member->asNumber()->toInteger() : std::nullopt;
    if (!found) {
        wrongType(pointer(name), "integer", *member);
        return fallback;
    }
    if (*found < minimum || *found > maximum) {
        const std::string least = std::to_string(minimum);
        const std::string most = std::to_string(maximum);
        m_problems.add(ConfigurationErrorCode::OutOfRange, pointer(name),
                       "expected a number from " + least + " to " + most, {{"minimum", least}, {"maximum", most}});
    }
    return *found;
}

const document::Array* FieldReader::array(std::string_view name)
{
    const Value* member = value(name);
    if (member == nullptr)
        return nullptr;
    if (member->asArray() == nullptr)
        wrongType(pointer(name), "array", *member);
    return member->asArray();
}

std::vector<std::string> FieldReader::texts(std::string_view name)
{
    std::vector<std::string> found;
    const document::Array* list = array(name);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        if (const std::string* element = (*list)[i].asString())
            found.push_back(*element);
        else
            wrongType(document::joinPointer(pointer(name), i), "string", (*list)[i]);
    }
    return found;
}

document::Object FieldReader::object(std::string_view name)
{
    const Value* member = value(name);
    if (member == nullptr)
        return {};
    if (const document::Object* found = member->asObject())
        return *found;
    wrongType(pointer(name), "object", *member);
    return {};
}

std::string FieldReader::secret(std::string_view name)
{
    constexpr std::string_view opening = "{{secret:";
    constexpr std::string_view closing = "}}";
    const std::string found = text(name);
    const std::size_t around = opening.size() + closing.size();
    if (found.size() > around && found.starts_with(opening) && found.ends_with(closing))
        return found.substr(opening.size(), found.size() - around);
    if (value(name) != nullptr)
        m_problems.add(ConfigurationErrorCode::SecretInFile, pointer(name),
                       "a file holds no secrets: write \"{{secret:NAME}}\" and keep the secret under that name");
    return {};
}

void FieldReader::rejectOthers()
{
    if (m_object == nullptr)
        return;
    for (const document::Member& member : *m_object) {
        if (std::ranges::find(m_asked, member.name) == m_asked.end())
            m_problems.add(ConfigurationErrorCode::UnknownMember, pointer(member.name),
                           "\"" + member.name + "\" is no member that is known here", {{"name", member.name}});
    }
}

void FieldReader::wrongType(const std::string& pointer, std::string_view expected, const Value& found)
{
    const std::string kind(document::kindName(found.kind()));
    m_problems.add(ConfigurationErrorCode::WrongType, pointer, "expected " + std::string(expected) + ", found " + kind,
                   {{"expected", std::string(expected)}, {"found", kind}});
}

void FieldReader::unknownValue(std::string_view text, const std::string& pointer, const std::string& expected)
{
    m_problems.add(ConfigurationErrorCode::UnknownValue, pointer,
                   "\"" + std::string(text) + "\" is none of " + expected,
                   {{"value", std::string(text)}, {"expected", expected}});
}

} // namespace claimsmith::identity

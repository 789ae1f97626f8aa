// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/scenario/expectation.h"

#include "document/json.h"
#include "gateway/pattern.h"

#include <algorithm>
#include <array>

namespace claimsmith::runner {
namespace {

using document::Member;
using document::Object;
using document::Value;
using gateway::Pattern;

constexpr std::size_t shownLength = 300;

/// What an expectation is compared with as text.
std::string textOf(const Value& value)
{
    return value.asString() ? *value.asString() : document::toJson(value);
}

std::string shown(const Value* value)
{
    if (!value)
        return {};
    std::string text = document::toJson(*value);
    if (text.size() <= shownLength)
        return text;
    std::size_t end = shownLength;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) // not within a character
        --end;
    return text.substr(0, end) + "…";
}

bool holdsContains(const Value& argument, const Value* found)
{
    const auto* elements = found ? found->asArray() : nullptr;
    if (elements)
        return std::ranges::any_of(*elements, [&](const Value& each) { return compare(argument, &each).empty(); });
    return found && textOf(*found).find(textOf(argument)) != std::string::npos;
}

bool holdsMatches(const Value& argument, const Value* found)
{
    const auto expression = Pattern::compile(*argument.asString(), Pattern::Anchor::None);
    return found && expression && expression->matches(textOf(*found));
}

bool holdsPresent(const Value& argument, const Value* found)
{
    return *argument.asBoolean() == (found != nullptr);
}

bool holdsNot(const Value& argument, const Value* found)
{
    return !compare(argument, found).empty();
}

bool holdsOneOf(const Value& argument, const Value* found)
{
    return std::ranges::any_of(*argument.asArray(), [&](const Value& each) { return compare(each, found).empty(); });
}

bool holdsAtLeast(const Value& argument, const Value* found)
{
    return found && found->asNumber() && found->asNumber()->toDouble() >= argument.asNumber()->toDouble();
}

bool holdsAtMost(const Value& argument, const Value* found)
{
    return found && found->asNumber() && found->asNumber()->toDouble() <= argument.asNumber()->toDouble();
}

bool isExpression(const Value& argument)
{
    return argument.asString() && Pattern::compile(*argument.asString(), Pattern::Anchor::None);
}

struct Operator
{
    std::string_view name;
    std::string_view argument; ///< what it takes, in words
    bool (*accepts)(const Value& argument);
    bool (*holds)(const Value& argument, const Value* found);
    bool takesPattern = false;
};

constexpr std::array<Operator, 7> operators{{
    {"$contains", "a value", [](const Value& argument) { return !argument.isNull(); }, holdsContains, true},
    {"$matches", "a regular expression", isExpression, holdsMatches},
    {"$present", "true or false", [](const Value& argument) { return argument.asBoolean() != nullptr; }, holdsPresent},
    {"$not", "a pattern", [](const Value&) { return true; }, holdsNot, true},
    {"$oneOf", "an array of patterns", [](const Value& argument) { return argument.asArray() != nullptr; }, holdsOneOf,
     true},
    {"$atLeast", "a number", [](const Value& argument) { return argument.asNumber() != nullptr; }, holdsAtLeast},
    {"$atMost", "a number", [](const Value& argument) { return argument.asNumber() != nullptr; }, holdsAtMost},
}};

const Operator* findOperator(std::string_view name)
{
    const auto found = std::ranges::find(operators, name, &Operator::name);
    return found == operators.end() ? nullptr : &*found;
}

/// An object with a member that begins with "$" is made of operators alone.
bool hasOperators(const Object& pattern)
{
    return std::ranges::any_of(pattern, [](const Member& member) { return member.name.starts_with('$'); });
}

Error wrong(ExpectationErrorCode code, std::string pointer, std::string_view name, std::string expected)
{
    std::string detail =
        std::string(name) + (code == ExpectationErrorCode::UnknownOperator ? " is none of " : " takes ") + expected;
    return {code,
            {"", std::move(pointer)},
            std::move(detail),
            {{"operator", std::string(name)}, {"expected", std::move(expected)}}};
}

std::string operatorNames()
{
    std::string names;
    for (const Operator& each : operators)
        names.append(names.empty() ? "" : ", ").append(each.name);
    return names;
}

Result<void> check(const Value& pattern, const std::string& pointer);

Result<void> checkOperator(const Member& member, const std::string& pointer)
{
    const Operator* operation = findOperator(member.name);
    if (!operation)
        return wrong(ExpectationErrorCode::UnknownOperator, pointer, member.name, operatorNames());
    if (!operation->accepts(member.value))
        return wrong(ExpectationErrorCode::WrongArgument, pointer, member.name, std::string(operation->argument));
    return operation->takesPattern ? check(member.value, pointer) : Result<void>();
}

Result<void> check(const Value& pattern, const std::string& pointer)
{
    if (const auto* array = pattern.asArray()) {
        for (std::size_t i = 0; i < array->size(); ++i)
            CLAIMSMITH_CHECK(check((*array)[i], document::joinPointer(pointer, i)));
    }
    const Object* object = pattern.asObject();
    const bool operates = object && hasOperators(*object);
    for (const Member& member : object ? *object : Object()) {
        const std::string place = document::joinPointer(pointer, member.name);
        CLAIMSMITH_CHECK(operates ? checkOperator(member, place) : check(member.value, place));
    }
    return {};
}

/// Gathers what differs, place by place.
class Comparison final
{
public:
    std::vector<Mismatch> mismatches;

    void compareAt(const std::string& pointer, const Value& pattern, const Value* found)
    {
        if (const Object* object = pattern.asObject(); object && hasOperators(*object))
            operate(pointer, *object, found);
        else if (object)
            compareMembers(pointer, pattern, found);
        else if (pattern.asArray())
            compareElements(pointer, pattern, found);
        else if (!isSame(pattern, found))
            add(pointer, pattern.isNull() ? "nothing" : document::toJson(pattern), found);
    }

private:
    static bool isSame(const Value& pattern, const Value* found)
    {
        if (pattern.isNull())
            return !found || found->isNull();
        if (found && pattern.asNumber() && found->asNumber())
            return *pattern.asNumber() == *found->asNumber() ||
                   pattern.asNumber()->toDouble() == found->asNumber()->toDouble();
        return found && pattern == *found;
    }

    void operate(const std::string& pointer, const Object& pattern, const Value* found)
    {
        for (const Member& member : pattern) {
            if (!findOperator(member.name)->holds(member.value, found))
                add(pointer, member.name.substr(1) + ' ' + document::toJson(member.value), found);
        }
    }

    void compareMembers(const std::string& pointer, const Value& pattern, const Value* found)
    {
        if (!found || !found->asObject())
            return add(pointer, document::toJson(pattern), found);
        for (const Member& member : *pattern.asObject())
            compareAt(document::joinPointer(pointer, member.name), member.value, found->find(member.name));
    }

    void compareElements(const std::string& pointer, const Value& pattern, const Value* found)
    {
        const auto& wanted = *pattern.asArray();
        const auto* elements = found ? found->asArray() : nullptr;
        if (!elements || elements->size() != wanted.size())
            return add(pointer, document::toJson(pattern), found);
        for (std::size_t i = 0; i < wanted.size(); ++i)
            compareAt(document::joinPointer(pointer, i), wanted[i], &(*elements)[i]);
    }

    void add(const std::string& pointer, std::string expected, const Value* found)
    {
        mismatches.push_back({pointer, std::move(expected), shown(found)});
    }
};

} // namespace

const ErrorDomain& errorDomain(ExpectationErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"expectation", [](int code) noexcept -> std::string_view {
                                            return code == static_cast<int>(ExpectationErrorCode::UnknownOperator)
                                                       ? "unknown-operator"
                                                       : "wrong-argument";
                                        }};
    return domain;
}

Result<void> checkPattern(const Value& pattern)
{
    return check(pattern, {});
}

std::vector<Mismatch> compare(const Value& pattern, const Value* found)
{
    Comparison comparison;
    comparison.compareAt({}, pattern, found);
    return std::move(comparison.mismatches);
}

} // namespace claimsmith::runner

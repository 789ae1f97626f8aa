// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/validationparts.h"

#include <algorithm>

namespace claimsmith::gateway::validation {

using document::Object;
using document::Value;

namespace {

std::string quotedNames(const std::vector<std::string>& names)
{
    std::string joined;
    for (const std::string& name : names)
        joined += (joined.empty() ? "'" : ", '") + name + "'";
    return joined;
}

bool areDistinct(const std::vector<std::string>& paths, const Object& value)
{
    for (std::size_t i = 0; i < paths.size(); ++i)
        for (std::size_t j = i + 1; j < paths.size(); ++j) {
            const Value* a = findPath(value, paths[i]);
            const Value* b = findPath(value, paths[j]);
            if (isNonEmpty(a) && b && *a == *b)
                return false;
        }
    return true;
}

bool groupHolds(const FieldGroup& group, const Object& value)
{
    const auto present =
        std::ranges::count_if(group.fields, [&](const std::string& path) { return isNonEmpty(findPath(value, path)); });
    switch (group.rule) {
    case FieldGroup::Rule::AtLeastOne:
        return present > 0;
    case FieldGroup::Rule::ExactlyOne:
        return present == 1;
    case FieldGroup::Rule::AllOrNone:
        return present == 0 || present == std::ssize(group.fields);
    case FieldGroup::Rule::AtMostOne:
        return present <= 1;
    case FieldGroup::Rule::Distinct:
        return areDistinct(group.fields, value);
    }
    return true;
}

std::string groupText(const FieldGroup& group)
{
    switch (group.rule) {
    case FieldGroup::Rule::AtLeastOne:
        return "at least one of these fields must be non-empty: " + quotedNames(group.fields);
    case FieldGroup::Rule::ExactlyOne:
        return "exactly one of these fields must be non-empty: " + quotedNames(group.fields);
    case FieldGroup::Rule::AllOrNone:
        return "all or none of these fields must be set: " + quotedNames(group.fields);
    case FieldGroup::Rule::AtMostOne:
        return "only one or none of these fields must be set: " + quotedNames(group.fields);
    case FieldGroup::Rule::Distinct:
        return "values of these fields must be distinct: " + quotedNames(group.fields);
    }
    return {};
}

const Field* findField(const std::vector<Field>& fields, std::string_view path) noexcept
{
    const auto dot = path.find('.');
    const auto found = std::ranges::find(fields, path.substr(0, dot), &Field::name);
    if (found == fields.end())
        return nullptr;
    return dot == std::string_view::npos ? &*found : findField(found->fields, path.substr(dot + 1));
}

class CheckRunner final
{
public:
    CheckRunner(const std::vector<Field>& fields, const Object& value, ForeignForm form, SchemaErrors& errors) noexcept
        : m_fields(fields), m_value(value), m_form(form), m_errors(errors)
    {
    }

    /// Kong looks at some rules even when a field of theirs is wrong in itself.
    void operator()(const FieldGroup& group)
    {
        const bool needsSoundFields =
            group.rule == FieldGroup::Rule::AllOrNone || group.rule == FieldGroup::Rule::AtMostOne;
        if ((!needsSoundFields || areSound(group.fields)) && !groupHolds(group, m_value))
            addError(m_errors, "@entity", groupText(group));
    }

    void operator()(const Conditional& rule)
    {
        if (errorOf(rule.ifField, rule.ifMatch))
            return;
        auto error = errorOf(rule.thenField, rule.thenMatch);
        if (!error)
            return;
        addError(m_errors, rule.thenField, std::move(*error));
        addError(m_errors, "@entity",
                 rule.text.empty() ? "failed conditional validation given value of field '" + rule.ifField + "'"
                                   : rule.text);
    }

    void operator()(const CustomCheck& rule)
    {
        if (!rule.check || !areSound(rule.fields))
            return;
        for (auto& [path, message] : rule.check(m_value))
            addError(m_errors, path, std::move(message));
    }

private:
    bool areSound(const std::vector<std::string>& paths) const noexcept
    {
        return std::ranges::none_of(paths,
                                    [this](const std::string& path) { return findPath(m_errors, path) != nullptr; });
    }

    /// What is wrong with a field by its own rules and by those of the condition.
    MaybeError errorOf(const std::string& path, const Field& rules) const
    {
        const Field* own = findField(m_fields, path);
        const Value* value = findPath(m_value, path);
        if (!value || value->isNull()) {
            if (rules.equals && !rules.equals->isNull())
                return Value("value must be " + scalarText(*rules.equals));
            return rules.required || (own && own->required) ? MaybeError(Value("required field missing"))
                                                            : std::nullopt;
        }
        if (rules.equals && rules.equals->isNull())
            return Value("value must be null");
        if (const char* error = own ? typeError(*own, *value) : nullptr)
            return Value(error);
        if (auto error = rules.elements ? elementsError(*rules.elements, *value) : std::nullopt)
            return error;
        if (auto error = ruleError(rules, *value))
            return error;
        return own ? fieldError(*own, *value, m_form) : std::nullopt;
    }

    MaybeError elementsError(const Field& rules, const Value& list) const
    {
        if (list.asArray())
            for (const Value& element : *list.asArray())
                if (auto error = fieldError(rules, element, m_form))
                    return error;
        return std::nullopt;
    }

    const std::vector<Field>& m_fields;
    const Object& m_value;
    ForeignForm m_form;
    SchemaErrors& m_errors;
};

} // namespace

void runChecks(const std::vector<EntityCheck>& checks, const std::vector<Field>& fields, const Object& value,
               ForeignForm form, SchemaErrors& errors)
{
    CheckRunner run(fields, value, form, errors);
    for (const EntityCheck& check : checks)
        std::visit(run, check);
}

} // namespace claimsmith::gateway::validation

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/request_transformer/arguments.h"

#include <algorithm>

namespace claimsmith::gateway::requesttransformer {

Arguments::Arguments(const http::QueryArguments& arguments)
{
    for (const http::QueryArgument& argument : arguments)
        valuesOf(argument.name).push_back(argument.value);
}

const Arguments::Argument* Arguments::find(std::string_view name) const noexcept
{
    const auto found = std::ranges::find(m_arguments, name, &Argument::name);
    return found == m_arguments.end() ? nullptr : &*found;
}

Arguments::Values& Arguments::valuesOf(std::string_view name)
{
    const auto found = std::ranges::find(m_arguments, name, &Argument::name);
    if (found != m_arguments.end())
        return found->values;
    return m_arguments.emplace_back(Argument{std::string(name), {}}).values;
}

bool Arguments::remove(std::string_view name)
{
    return std::erase_if(m_arguments, [name](const Argument& argument) { return argument.name == name; }) > 0;
}

bool Arguments::rename(std::string_view from, const std::string& to)
{
    const Argument* source = find(from);
    if (!source || from == to)
        return false;
    Values values = source->values;
    remove(from);
    valuesOf(to) = std::move(values);
    return true;
}

void Arguments::set(std::string_view name, std::string value)
{
    valuesOf(name) = {std::move(value)};
}

void Arguments::append(std::string_view name, std::string value)
{
    Values& values = valuesOf(name);
    if (values.size() == 1 && !values.front())
        values.clear();
    values.emplace_back(std::move(value));
}

void Arguments::merge(const Arguments& others)
{
    for (const Argument& other : others.m_arguments) {
        Values& values = valuesOf(other.name);
        values.insert(values.end(), other.values.begin(), other.values.end());
    }
}

std::string Arguments::toText(const Argument& argument)
{
    const std::string name = http::percentEncode(argument.name);
    std::string text;
    for (const auto& value : argument.values)
        text += (text.empty() ? "" : "&") + name + (value ? "=" + http::percentEncode(*value) : "");
    return text;
}

std::string Arguments::toText(bool isSorted) const
{
    std::vector<std::string> texts;
    for (const Argument& argument : m_arguments)
        texts.push_back(toText(argument));
    if (isSorted)
        std::ranges::sort(texts);
    std::string joined;
    for (const std::string& text : texts)
        joined += (joined.empty() ? "" : "&") + text;
    return joined;
}

} // namespace claimsmith::gateway::requesttransformer

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/request_transformer/jsonpath.h"

#include "base/text.h"

#include <charconv>

namespace claimsmith::gateway::requesttransformer {

using document::Value;

namespace {

/// "name", "[2]" or "[*]".
struct PathStep
{
    enum class Kind { Member, Element, Every };
    Kind kind = Kind::Member;
    std::string_view name = {};
    std::size_t index = 0; ///< from 0
};

std::optional<PathStep> bracketStep(std::string_view inner)
{
    if (inner == "*")
        return PathStep{PathStep::Kind::Every};
    std::size_t index = 0;
    const auto read = std::from_chars(inner.data(), inner.data() + inner.size(), index);
    if (read.ec != std::errc() || read.ptr != inner.data() + inner.size() || index == 0)
        return std::nullopt;
    return PathStep{PathStep::Kind::Element, {}, index - 1};
}

/// "phones[*]" is a member and its elements; brackets that hold neither a number nor a star belong to the name.
void addSteps(std::vector<PathStep>& steps, std::string_view part)
{
    std::vector<PathStep> brackets;
    while (part.ends_with(']')) {
        const auto open = part.rfind('[');
        const auto step =
            open == std::string_view::npos ? std::nullopt : bracketStep(part.substr(open + 1, part.size() - open - 2));
        if (!step)
            break;
        brackets.insert(brackets.begin(), *step);
        part = part.substr(0, open);
    }
    if (!part.empty() || brackets.empty())
        steps.push_back({PathStep::Kind::Member, part, 0});
    steps.insert(steps.end(), brackets.begin(), brackets.end());
}

void addPlaces(std::vector<JsonPlace>& places, Value& container, const PathStep& step)
{
    if (step.kind == PathStep::Kind::Member) {
        if (container.asObject())
            places.emplace_back(container, std::string(step.name));
        return;
    }
    if (!container.asArray())
        return;
    const std::size_t size = container.asArray()->size();
    if (step.kind == PathStep::Kind::Element && step.index < size)
        places.emplace_back(container, step.index);
    // From the back, so that removing one leaves the others where they are.
    for (std::size_t i = size; step.kind == PathStep::Kind::Every && i > 0; --i)
        places.emplace_back(container, i - 1);
}

} // namespace

Value* JsonPlace::find() const noexcept
{
    return m_index ? &(*m_container->asArray())[*m_index] : m_container->asObject()->find(m_name);
}

void JsonPlace::set(Value value) const
{
    if (m_index)
        (*m_container->asArray())[*m_index] = std::move(value);
    else
        m_container->asObject()->set(m_name, std::move(value));
}

void JsonPlace::remove() const
{
    if (!m_index) {
        m_container->asObject()->remove(m_name);
        return;
    }
    auto& elements = *m_container->asArray();
    elements.erase(elements.begin() + static_cast<std::ptrdiff_t>(*m_index));
}

std::vector<JsonPlace> placesOf(Value& root, std::string_view name, bool hasDottedNames)
{
    if (hasDottedNames)
        return {JsonPlace(root, std::string(name))};
    std::vector<PathStep> steps;
    for (const std::string_view part : split(name, '.'))
        addSteps(steps, part);
    std::vector<Value*> containers{&root};
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        std::vector<JsonPlace> places;
        for (Value* container : containers)
            addPlaces(places, *container, steps[i]);
        containers.clear();
        for (const JsonPlace& place : places)
            if (Value* found = place.find())
                containers.push_back(found);
    }
    std::vector<JsonPlace> places;
    for (Value* container : containers)
        addPlaces(places, *container, steps.back());
    return places;
}

} // namespace claimsmith::gateway::requesttransformer

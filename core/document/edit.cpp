// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/edit.h"

#include <string>
#include <vector>

namespace claimsmith::document {
namespace {

using Tokens = std::vector<std::string>;

/// `value` within the collections that the tokens from `first` on call for.
Value wrapped(const Tokens& tokens, std::size_t first, Value value)
{
    for (std::size_t i = tokens.size(); i > first; --i) {
        const std::string& token = tokens[i - 1];
        if (token == "-" || token == "0")
            value = Array{std::move(value)};
        else
            value = Object{{token, std::move(value)}};
    }
    return value;
}

bool setBelow(Value& target, const Tokens& tokens, std::size_t depth, Value value)
{
    if (depth == tokens.size() || target.isNull()) {
        target = wrapped(tokens, depth, std::move(value));
        return true;
    }
    const std::string& token = tokens[depth];
    if (Object* object = target.asObject()) {
        if (Value* member = object->find(token))
            return setBelow(*member, tokens, depth + 1, std::move(value));
        object->append(token, wrapped(tokens, depth + 1, std::move(value)));
        return true;
    }
    Array* array = target.asArray();
    if (!array)
        return false;
    const std::size_t index = token == "-" ? array->size() : parsePointerIndex(token).value_or(array->size() + 1);
    if (index > array->size())
        return false;
    if (index < array->size())
        return setBelow((*array)[index], tokens, depth + 1, std::move(value));
    array->push_back(wrapped(tokens, depth + 1, std::move(value)));
    return true;
}

} // namespace

bool setAt(Value& root, std::string_view pointer, Value value)
{
    return setBelow(root, splitPointer(pointer), 0, std::move(value));
}

bool removeAt(Value& root, std::string_view pointer)
{
    const std::size_t slash = pointer.rfind('/');
    if (slash == std::string_view::npos)
        return false;
    const std::string token = splitPointer(pointer.substr(slash)).front();
    Value* parent = root.at(pointer.substr(0, slash));
    if (!parent)
        return false;
    if (Object* object = parent->asObject())
        return object->remove(token);
    Array* array = parent->asArray();
    const auto index = array ? parsePointerIndex(token) : std::nullopt;
    if (!index || *index >= array->size())
        return false;
    array->erase(array->begin() + static_cast<std::ptrdiff_t>(*index));
    return true;
}

} // namespace claimsmith::document

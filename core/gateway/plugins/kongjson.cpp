// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/kongjson.h"

#include <array>
#include <charconv>

namespace claimsmith::gateway {

using document::Array;
using document::Number;
using document::Object;
using document::Value;

namespace {

Number roundedNumber(const Number& number)
{
    std::array<char, 32> text{};
    // Like printf's %.14g, but whatever the locale says.
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), number.toDouble(), std::chars_format::general, 14);
    return Number(std::string(text.data(), end.ptr));
}

} // namespace

Value asKongWritesIt(const Value& value)
{
    if (const Number* number = value.asNumber())
        return roundedNumber(*number);
    if (const Array* array = value.asArray()) {
        Array copy;
        copy.reserve(array->size());
        for (const Value& element : *array)
            copy.push_back(asKongWritesIt(element));
        return copy;
    }
    if (!value.asObject())
        return value;
    Object copy;
    for (const auto& [name, member] : *value.asObject())
        copy.set(name, asKongWritesIt(member));
    return copy;
}

} // namespace claimsmith::gateway

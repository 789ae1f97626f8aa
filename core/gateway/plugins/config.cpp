// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/config.h"

namespace claimsmith::gateway {

using document::Value;

std::optional<std::string> textSetting(const Value& config, std::string_view name)
{
    const std::string* text = config.findString(name);
    return text ? std::optional(*text) : std::nullopt;
}

std::vector<std::string> textsSetting(const Value& config, std::string_view name)
{
    std::vector<std::string> texts;
    const Value* list = config.find(name);
    if (list && list->asArray())
        for (const Value& element : *list->asArray())
            if (element.asString())
                texts.push_back(*element.asString());
    return texts;
}

bool flagSetting(const Value& config, std::string_view name)
{
    return config.findBoolean(name).value_or(false);
}

double numberSetting(const Value& config, std::string_view name, double fallback)
{
    const Value* value = config.find(name);
    return value && value->asNumber() ? value->asNumber()->toDouble() : fallback;
}

} // namespace claimsmith::gateway

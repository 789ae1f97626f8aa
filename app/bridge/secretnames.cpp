// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/secretnames.h"

namespace claimsmith::app {

std::string freeSecretName(const ConfigAnalysis& config, const std::string& consumer, std::string_view what)
{
    const OutlineEntity* entity = config.outline.findAt(consumer);
    std::string name = "DECK_";
    for (const char c : (entity ? entity->name : std::string()) + "_" + std::string(what)) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        name += !letter ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    std::string free = name;
    for (int number = 2; config.text.find('"' + free + '"') != std::string::npos; ++number)
        free = name + "_" + std::to_string(number);
    return free;
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/schemaformeditors.h"

#include <functional>
#include <string>

namespace claimsmith::app {

struct AppContext;

/// What the form of an entity asks its surroundings for: names to refer to, secrets to show and to keep. `current`
/// gives the pointer of the entity that the form shows; `context` has to outlive the form.
SchemaFormSources formSources(AppContext& context, std::function<std::string()> current);

/// Puts a new random secret into the store and gives the text that stands for it in kong.yml.
std::string keepNewSecret(AppContext& context, const std::string& name);

} // namespace claimsmith::app

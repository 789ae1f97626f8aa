// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

#include <string>
#include <string_view>

namespace claimsmith::app {

/// The object that a recipe's header or payload holds; empty where the text is none.
document::Object recipeObject(std::string_view json);
/// Claims are read and edited by people: a line each.
std::string payloadText(const document::Object& payload);
/// A header on one line: the token begins with "eyJ", as everybody knows tokens.
std::string headerText(const document::Object& header);

} // namespace claimsmith::app

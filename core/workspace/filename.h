// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace claimsmith::workspace {

/// A file name without extension for something that a person named: "Call /api" → "call-api". ASCII letters become
/// small, digits and everything beyond ASCII stay, the rest becomes single dashes. Never empty, hidden, longer than 80
/// bytes or a name that Windows reserves, so that every system that git reaches can hold the file.
std::string fileStem(std::string_view name);

} // namespace claimsmith::workspace

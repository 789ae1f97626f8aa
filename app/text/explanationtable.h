// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

/// The source texts behind explanationtext.h, as data. To explain something new is to add a row.
namespace claimsmith::app {

struct CheckSource
{
    const char* text;
    const char* value; ///< pattern of what stands beside it, or null
};

/// Null for an unknown id. Texts are to be translated in the context "Explanation".
const char* explanationSource(std::string_view id) noexcept;
const CheckSource* checkSource(std::string_view id) noexcept;

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/roles.h"

#include <array>

namespace claimsmith::app {
namespace {

/// In the order of the enumeration.
constexpr std::array<std::string_view, roleCount> names = {
    "bg-window",      "bg-rail",
    "bg-panel",       "bg-surface",
    "bg-raised",      "bg-sunken",
    "bg-hover",       "bg-pressed",
    "bg-selected",    "bg-selected-inactive",
    "bg-control",     "bg-chip",
    "line-subtle",    "line",
    "line-strong",    "line-control",
    "line-focus",     "text",
    "text-2",         "text-3",
    "text-disabled",  "text-on-accent",
    "accent",         "accent-hover",
    "accent-pressed", "accent-text",
    "accent-bg",      "ok",
    "ok-bg",          "ok-solid",
    "warn",           "warn-bg",
    "warn-solid",     "bad",
    "bad-bg",         "bad-solid",
    "info",           "info-bg",
    "info-solid",     "diff-add-bg",
    "diff-change-bg", "diff-remove-bg",
    "jwt-header",     "jwt-payload",
    "jwt-signature",  "jwt-header-bg",
    "jwt-payload-bg", "jwt-signature-bg",
    "m-get",          "m-post",
    "m-put",          "m-patch",
    "m-delete",       "m-other",
    "syn-key",        "syn-string",
    "syn-number",     "syn-const",
    "syn-punct",      "syn-comment",
    "syn-gutter",
};

} // namespace

std::string_view roleName(Role role) noexcept
{
    return names.at(static_cast<std::size_t>(role));
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runner/prepare.h"

namespace claimsmith::runner {

/// Tokens of the workspace's recipes, signed when asked for. Lives no longer than its context.
class RecipeTokens final : public workspace::TokenSource
{
public:
    explicit RecipeTokens(const Context& context) : m_context(context) {}

    Result<std::string> makeToken(std::string_view recipe) const override;

private:
    const Context& m_context;
};

} // namespace claimsmith::runner

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runner/prepare.h"

#include <optional>
#include <utility>

namespace claimsmith::runner {

/// Tokens of the workspace's recipes, signed when asked for. Lives no longer than its context.
class RecipeTokens final : public workspace::TokenSource
{
public:
    explicit RecipeTokens(const Context& context) : m_context(context) {}

    /// From now on tokens are for this request: the route that it takes decides how a credential's secret is read.
    void setRequest(http::RequestHead request) { m_request = std::move(request); }

    Result<std::string> makeToken(std::string_view recipe) const override;

private:
    const Context& m_context;
    std::optional<http::RequestHead> m_request;
};

} // namespace claimsmith::runner

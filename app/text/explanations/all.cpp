// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

#include <algorithm>

namespace claimsmith::app {

namespace {

template <class Row>
const Row* find(std::span<const Row> ExplanationTexts::*table, std::string_view id)
{
    for (const ExplanationTexts& texts : allExplanations()) {
        const auto row = std::ranges::find(texts.*table, id, &Row::id);
        if (row != (texts.*table).end())
            return &*row;
    }
    return nullptr;
}

} // namespace

std::span<const ExplanationTexts> allExplanations()
{
    // clang-format off
    static const ExplanationTexts all[] = {
        gatewayExplanations(),
        aclExplanations(),
        basicAuthExplanations(),
        botDetectionExplanations(),
        corsExplanations(),
        hmacAuthExplanations(),
        ipRestrictionExplanations(),
        jwtExplanations(),
        keyAuthExplanations(),
        mtlsAuthExplanations(),
        openidConnectExplanations(),
        preFunctionExplanations(),
        proxyCacheExplanations(),
        rateLimitingExplanations(),
        requestSizeLimitingExplanations(),
        requestTransformerExplanations(),
        responseRatelimitingExplanations(),
        responseTransformerExplanations(),
        xCustomJwtExplanations(),
    };
    // clang-format on
    return all;
}

const SentenceText* findSentence(std::string_view id) noexcept
{
    return find(&ExplanationTexts::sentences, id);
}

const CheckText* findCheck(std::string_view id) noexcept
{
    return find(&ExplanationTexts::checks, id);
}

} // namespace claimsmith::app

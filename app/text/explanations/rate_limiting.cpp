// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts rateLimitingExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"rate-limiting.exceeded.title",
         QT_TRANSLATE_NOOP("Explanation", "The limit of {limit} requests per {period} is used up")},
        {"rate-limiting.exceeded.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin rate-limiting on {scope} counts by {by}, here for `{identifier}`. "
                                          "The next window begins in {seconds:span}.")},
        {"rate-limiting.requests-per", QT_TRANSLATE_NOOP("Explanation", "Requests this {period}")},
        {"rate-limiting.allowed", QT_TRANSLATE_NOOP("Explanation", "of {limit}")},
        {"rate-limiting.quirk.counts-locally",
         QT_TRANSLATE_NOOP("Explanation",
                           "The configuration asks for Redis. This gateway has none and counts in its own memory.")},
    };
    static constexpr CheckText checks[] = {
        {"rate-limiting.identifier", QT_TRANSLATE_NOOP("Explanation", "Counted by {found}"), "{identifier}"},
        {"rate-limiting.limit", QT_TRANSLATE_NOOP("Explanation", "Below the limit per {period}"),
         "{found} < {expected}"},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

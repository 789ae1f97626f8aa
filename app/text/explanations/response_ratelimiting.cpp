// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts responseRatelimitingExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"response-ratelimiting.blocked.title",
         QT_TRANSLATE_NOOP("Explanation", "The limit of {limit} {name} per {period} is used up")},
        {"response-ratelimiting.blocked.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin response-ratelimiting on {scope} did not ask the upstream, because "
                                          "`block_on_first_violation` is on.")},
        {"response-ratelimiting.withheld.title",
         QT_TRANSLATE_NOOP("Explanation", "Nothing is left of {limit} {name} per {period} for this response")},
        {"response-ratelimiting.withheld.sentence",
         QT_TRANSLATE_NOOP("Explanation", "The upstream answered with the cost `{found}` in {header}; plugin "
                                          "response-ratelimiting on {scope} withheld the response.")},
        {"response-ratelimiting.quirk.counts-locally",
         QT_TRANSLATE_NOOP("Explanation",
                           "The configuration asks for Redis. This gateway has none and counts in its own memory.")},
        {"response-ratelimiting.quirk.overdrawn",
         QT_TRANSLATE_NOOP("Explanation",
                           "More than the limit was used. Kong blocks requests only when exactly nothing "
                           "is left, so that this one went on to the upstream.")},
    };
    static constexpr CheckText checks[] = {
        {"response-ratelimiting.limit", QT_TRANSLATE_NOOP("Explanation", "Something is left of {name} per {period}"),
         "{found} < {expected}"},
        {"response-ratelimiting.cost", QT_TRANSLATE_NOOP("Explanation", "The limits cover what the response costs"),
         "{found}"},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

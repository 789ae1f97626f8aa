// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts requestSizeLimitingExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"request-size-limiting.too-large.title", QT_TRANSLATE_NOOP("Explanation", "The body is too large")},
        {"request-size-limiting.too-large.sentence",
         QT_TRANSLATE_NOOP("Explanation",
                           "It has {size} bytes; plugin request-size-limiting on {scope} lets in {limit} at most.")},
        {"request-size-limiting.no-length.title",
         QT_TRANSLATE_NOOP("Explanation", "The request does not say its length")},
        {"request-size-limiting.no-length.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin request-size-limiting on {scope} asks for a Content-Length, even of "
                                          "requests without a body.")},
    };
    static constexpr CheckText checks[] = {
        {"request-size-limiting.length-given", QT_TRANSLATE_NOOP("Explanation", "The request says its length"),
         nullptr},
        {"request-size-limiting.within", QT_TRANSLATE_NOOP("Explanation", "The body is small enough"), "{found}"},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts corsExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"cors.other-origin.title",
         QT_TRANSLATE_NOOP("Explanation", "A browser at {found} will not give out the answer")},
        {"cors.other-origin.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin cors on {scope} allows {list}. Other clients do not mind.")},
        {"cors.other-method.title", QT_TRANSLATE_NOOP("Explanation", "A browser will not send {found}")},
        {"cors.other-method.sentence",
         QT_TRANSLATE_NOOP("Explanation", "It asked before, and plugin cors on {scope} allows {list}.")},
        {"cors.other-header.title", QT_TRANSLATE_NOOP("Explanation", "A browser will not send the header {found}")},
        {"cors.other-header.sentence",
         QT_TRANSLATE_NOOP("Explanation", "It asked before, and plugin cors on {scope} allows {list}.")},

        {"cors.quirk.open-end",
         QT_TRANSLATE_NOOP("Explanation", "The expression in `origins` only holds its last alternative to the end, so "
                                          "that this origin gets in.")},
    };
    static constexpr CheckText checks[] = {
        {"cors.origin", QT_TRANSLATE_NOOP("Explanation", "The origin may read the answer"), "{found}"},
        {"cors.method", QT_TRANSLATE_NOOP("Explanation", "The method may be sent"), "{found}"},
        {"cors.headers", QT_TRANSLATE_NOOP("Explanation", "The headers may be sent"), "{found}"},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

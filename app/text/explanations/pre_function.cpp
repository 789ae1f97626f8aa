// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts preFunctionExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"pre-function.failed.title", QT_TRANSLATE_NOOP("Explanation", "A function of {plugin} failed")},
        {"pre-function.failed.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin {plugin} on {scope}: {message}. Kong answers 500 when that happens "
                                          "before the upstream is asked.")},
    };
    static constexpr CheckText checks[] = {
        {"pre-function.ran", QT_TRANSLATE_NOOP("Explanation", "Functions ran"), "{found}"},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

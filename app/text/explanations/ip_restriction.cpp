// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts ipRestrictionExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"ip-restriction.not-allowed.title", QT_TRANSLATE_NOOP("Explanation", "{address} is not let in")},
        {"ip-restriction.not-allowed.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin ip-restriction on {scope} lets in {list} only.")},
        {"ip-restriction.denied.title", QT_TRANSLATE_NOOP("Explanation", "{address} is kept out")},
        {"ip-restriction.denied.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin ip-restriction on {scope} denies {entry}.")},
    };
    static constexpr CheckText checks[] = {
        {"ip-restriction.not-denied", QT_TRANSLATE_NOOP("Explanation", "The address is not denied"), "{found}"},
        {"ip-restriction.allowed", QT_TRANSLATE_NOOP("Explanation", "The address is allowed"), "{found}"},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

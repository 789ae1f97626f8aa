// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts requestTransformerExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"request-transformer.template-failed.title",
         QT_TRANSLATE_NOOP("Explanation", "A template of {plugin} failed")},
        {"request-transformer.template-failed.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin {plugin} on {scope} could not fill in {template}: {found}. Kong "
                                          "answers 500 then, and nothing reaches the upstream.")},
        {"request-transformer.bad-path.title",
         QT_TRANSLATE_NOOP("Explanation", "The new path does not begin with a slash")},
        {"request-transformer.bad-path.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin {plugin} on {scope} made “{found}” of the path. Kong answers 500 "
                                          "then.")},
        {"request-transformer.bad-method.title", QT_TRANSLATE_NOOP("Explanation", "Kong does not know this method")},
        {"request-transformer.bad-method.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin {plugin} on {scope} asks for the method {found}. Kong answers 500 "
                                          "then.")},
        {"request-transformer.bad-body.title",
         QT_TRANSLATE_NOOP("Explanation", "The JSON body is neither an object nor a list")},
        {"request-transformer.bad-body.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin {plugin} on {scope} changes members of the body, but the body is a "
                                          "{found}. Kong answers 500 then.")},
    };
    static constexpr CheckText checks[] = {
        {"request-transformer.template", QT_TRANSLATE_NOOP("Explanation", "Template filled in"),
         "{name}: {expected} → {found}"},
        {"request-transformer.method", QT_TRANSLATE_NOOP("Explanation", "Method changed"), "{expected} → {found}"},
        {"request-transformer.path", QT_TRANSLATE_NOOP("Explanation", "Path changed"), "{found}"},
        {"request-transformer.body", QT_TRANSLATE_NOOP("Explanation", "Body can be read as JSON"), "{found}"},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

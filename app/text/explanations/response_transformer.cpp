// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts responseTransformerExplanations()
{
    static constexpr CheckText checks[] = {
        {"response-transformer.json-type", QT_TRANSLATE_NOOP("Explanation", "The response is JSON by its Content-Type"),
         "{found}"},
        {"response-transformer.json-body", QT_TRANSLATE_NOOP("Explanation", "The response's body can be read as JSON"),
         "{found}"},
    };
    return {{}, checks};
}

} // namespace claimsmith::app

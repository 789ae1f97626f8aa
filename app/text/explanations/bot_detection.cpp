// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts botDetectionExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"bot-detection.several-agents.title",
         QT_TRANSLATE_NOOP("Explanation", "The request names more than one User-Agent")},
        {"bot-detection.several-agents.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin bot-detection on {scope} lets a request name one only.")},
        {"bot-detection.denied.title", QT_TRANSLATE_NOOP("Explanation", "This User-Agent is denied")},
        {"bot-detection.denied.sentence",
         QT_TRANSLATE_NOOP("Explanation",
                           "Plugin bot-detection on {scope} denies {expression}, which matches {agent}.")},
        {"bot-detection.known-bot.title", QT_TRANSLATE_NOOP("Explanation", "This User-Agent is known as a bot")},
        {"bot-detection.known-bot.sentence",
         QT_TRANSLATE_NOOP("Explanation",
                           "Plugin bot-detection on {scope} has a list of bots, and {agent} is on it. No expression in "
                           "allow lets it in.")},
        {"bot-detection.drop-agent", QT_TRANSLATE_NOOP("Explanation", "Send no User-Agent")},
        {"bot-detection.stop-denying", QT_TRANSLATE_NOOP("Explanation", "Do not deny {expression}")},
        {"bot-detection.let-in", QT_TRANSLATE_NOOP("Explanation", "Allow {agent}")},
    };
    static constexpr CheckText checks[] = {
        {"bot-detection.single-agent", QT_TRANSLATE_NOOP("Explanation", "One User-Agent at most"), "{found}"},
        {"bot-detection.allowed", QT_TRANSLATE_NOOP("Explanation", "The User-Agent is allowed"), "{expected}"},
        {"bot-detection.not-denied", QT_TRANSLATE_NOOP("Explanation", "The User-Agent is not denied"), "{expected}"},
        {"bot-detection.not-known", QT_TRANSLATE_NOOP("Explanation", "The User-Agent is no known bot"), "{found}"},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

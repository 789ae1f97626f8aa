// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts keyAuthExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"key-auth.no-key.title", QT_TRANSLATE_NOOP("Explanation", "The request carries no API key")},
        {"key-auth.no-key.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin key-auth on {scope} looked in {places} and found none.")},
        {"key-auth.several-keys.title", QT_TRANSLATE_NOOP("Explanation", "The request carries several API keys")},
        {"key-auth.several-keys.sentence", QT_TRANSLATE_NOOP("Explanation", "There is more than one in {place}.")},
        {"key-auth.unknown-key.title", QT_TRANSLATE_NOOP("Explanation", "No consumer has this API key")},
        {"key-auth.unknown-key.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin key-auth on {scope} found it in {place}.")},
    };
    static constexpr CheckText checks[] = {
        {"key-auth.key-found", QT_TRANSLATE_NOOP("Explanation", "API key found"), "{found}"},
        {"key-auth.single-key", QT_TRANSLATE_NOOP("Explanation", "There is only one API key"), nullptr},
        {"key-auth.key-known", QT_TRANSLATE_NOOP("Explanation", "The key belongs to a consumer"), nullptr},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

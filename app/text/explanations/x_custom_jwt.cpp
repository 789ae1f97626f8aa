// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts xCustomJwtExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"x-custom-jwt.no-credential.title",
         QT_TRANSLATE_NOOP("Explanation", "The plugin found no credential to make a token from")},
        {"x-custom-jwt.no-credential.sentence",
         QT_TRANSLATE_NOOP("Explanation",
                           "Plugin x-custom-jwt on {scope} looks for a Bearer token, Basic credentials, a "
                           "client certificate and its API key header. An authentication plugin that hides "
                           "its credential takes it away from here too.")},
        {"x-custom-jwt.no-client-id.title", QT_TRANSLATE_NOOP("Explanation", "The credential names no client")},
        {"x-custom-jwt.no-client-id.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin x-custom-jwt on {scope}: {reason}.")},
        {"x-custom-jwt.no-user-name.title",
         QT_TRANSLATE_NOOP("Explanation", "The Basic credentials are not user name, colon, password")},
        {"x-custom-jwt.no-user-name.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin x-custom-jwt on {scope} takes neither an empty password nor one that "
                                          "holds a colon.")},
        {"x-custom-jwt.no-consumer.title", QT_TRANSLATE_NOOP("Explanation", "The request belongs to no consumer")},
        {"x-custom-jwt.no-consumer.sentence",
         QT_TRANSLATE_NOOP("Explanation",
                           "Plugin x-custom-jwt on {scope} needs an authentication plugin before it that "
                           "finds one.")},
        {"x-custom-jwt.bad-key.title", QT_TRANSLATE_NOOP("Explanation", "The plugin's private key can't sign")},
        {"x-custom-jwt.bad-key.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin x-custom-jwt on {scope}: {reason}.")},
    };
    static constexpr CheckText checks[] = {
        {"x-custom-jwt.credential-found", QT_TRANSLATE_NOOP("Explanation", "Credential found"), "{found}"},
        {"x-custom-jwt.client-id", QT_TRANSLATE_NOOP("Explanation", "Client known"), "{found}"},
        {"x-custom-jwt.consumer", QT_TRANSLATE_NOOP("Explanation", "Consumer known"), "{found}"},
        {"x-custom-jwt.key", QT_TRANSLATE_NOOP("Explanation", "Private key can sign"), "{found}"},
        {"x-custom-jwt.claim", QT_TRANSLATE_NOOP("Explanation", "Claim of the new token"),
         "{claim}: {found} ({origin})"},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

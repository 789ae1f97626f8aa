// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts basicAuthExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"basic-auth.no-header.title",
         QT_TRANSLATE_NOOP("Explanation", "The request carries no user name and password")},
        {"basic-auth.no-header.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin basic-auth on {scope} looked in {places} and found none.")},
        {"basic-auth.other-scheme.title", QT_TRANSLATE_NOOP("Explanation", "{header} is not of the kind Basic")},
        {"basic-auth.other-scheme.sentence",
         QT_TRANSLATE_NOOP("Explanation", "It begins with {scheme}. Plugin basic-auth on {scope} reads `Basic` or "
                                          "`basic`, then user name and password in base64.")},
        {"basic-auth.repeated.title", QT_TRANSLATE_NOOP("Explanation", "There is more than one {header}")},
        {"basic-auth.repeated.sentence", QT_TRANSLATE_NOOP("Explanation", "The strict conduct takes one line only.")},
        {"basic-auth.not-base64.title", QT_TRANSLATE_NOOP("Explanation", "{header} is not base64")},
        {"basic-auth.not-base64.sentence",
         QT_TRANSLATE_NOOP("Explanation", "What follows `Basic` has to be user name, colon and password in base64.")},
        {"basic-auth.no-user.title", QT_TRANSLATE_NOOP("Explanation", "{header} holds no user name and password")},
        {"basic-auth.no-user.sentence",
         QT_TRANSLATE_NOOP("Explanation", "It decodes, but not to a user name, a colon and a password.")},
        {"basic-auth.unknown-user.title", QT_TRANSLATE_NOOP("Explanation", "Nobody is called {user}")},
        {"basic-auth.unknown-user.sentence",
         QT_TRANSLATE_NOOP(
             "Explanation",
             "Plugin basic-auth on {scope} looked for a credential with this user name. Capitals count.")},
        {"basic-auth.wrong-password.title", QT_TRANSLATE_NOOP("Explanation", "The password of {user} is another")},
        {"basic-auth.wrong-password.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin basic-auth on {scope} compared its digest with the stored one.")},

        {"basic-auth.quirk.lax-header",
         QT_TRANSLATE_NOOP("Explanation", "RFC 7617 asks for `Basic`, a space and canonical base64 without control "
                                          "characters. Kong reads past what is wrong.")},
        {"basic-auth.quirk.scheme-case",
         QT_TRANSLATE_NOOP("Explanation", "RFC 9110 does not tell capitals in a scheme apart. Kong does.")},
    };
    static constexpr CheckText checks[] = {
        {"basic-auth.header-found", QT_TRANSLATE_NOOP("Explanation", "Authorization found"), "{found}"},
        {"basic-auth.header-reads", QT_TRANSLATE_NOOP("Explanation", "It holds user name and password"), nullptr},
        {"basic-auth.user-known", QT_TRANSLATE_NOOP("Explanation", "The user name is known"), "{found}"},
        {"basic-auth.password", QT_TRANSLATE_NOOP("Explanation", "The password is right"), nullptr},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

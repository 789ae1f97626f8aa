// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts hmacAuthExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"hmac-auth.no-header.title", QT_TRANSLATE_NOOP("Explanation", "The request is not signed")},
        {"hmac-auth.no-header.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin hmac-auth on {scope} looked in {expected} and found none.")},
        {"hmac-auth.no-date.title", QT_TRANSLATE_NOOP("Explanation", "The request has no date")},
        {"hmac-auth.no-date.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin hmac-auth on {scope} wants `X-Date` or `Date`.")},
        {"hmac-auth.bad-date.title", QT_TRANSLATE_NOOP("Explanation", "{header} is no HTTP date")},
        {"hmac-auth.bad-date.sentence", QT_TRANSLATE_NOOP("Explanation", "It says {found}.")},
        {"hmac-auth.far-date.title",
         QT_TRANSLATE_NOOP("Explanation", "The request's date is {seconds:span} from the gateway's clock")},
        {"hmac-auth.far-date.sentence",
         QT_TRANSLATE_NOOP("Explanation",
                           "{header} says {found}. Plugin hmac-auth on {scope} allows {expected:span}.")},
        {"hmac-auth.other-form.title", QT_TRANSLATE_NOOP("Explanation", "Authorization holds no signature")},
        {"hmac-auth.other-form.sentence",
         QT_TRANSLATE_NOOP("Explanation", "It begins with {found}. Plugin hmac-auth on {scope} reads `hmac` with "
                                          "`username`, `algorithm`, `headers` and `signature`, in this order.")},
        {"hmac-auth.not-signed.title", QT_TRANSLATE_NOOP("Explanation", "{found} is not among the signed headers")},
        {"hmac-auth.not-signed.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin hmac-auth on {scope} enforces {expected}.")},
        {"hmac-auth.other-algorithm.title", QT_TRANSLATE_NOOP("Explanation", "The algorithm {found} is not accepted")},
        {"hmac-auth.other-algorithm.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin hmac-auth on {scope} accepts {expected}.")},
        {"hmac-auth.unknown-user.title", QT_TRANSLATE_NOOP("Explanation", "Nobody is called {found}")},
        {"hmac-auth.unknown-user.sentence",
         QT_TRANSLATE_NOOP("Explanation",
                           "Plugin hmac-auth on {scope} looked for a credential with this user name. Capitals count.")},
        {"hmac-auth.wrong-signature.title",
         QT_TRANSLATE_NOOP("Explanation", "The signature does not match the secret of {user}")},
        {"hmac-auth.wrong-signature.sentence",
         QT_TRANSLATE_NOOP("Explanation", "It was made with another secret, or of another text than the gateway saw.")},
        {"hmac-auth.wrong-digest.title", QT_TRANSLATE_NOOP("Explanation", "The body is not the one that was signed")},
        {"hmac-auth.wrong-digest.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Its digest is {expected}, the request says {found}.")},

        {"hmac-auth.quirk.lax-header",
         QT_TRANSLATE_NOOP("Explanation",
                           "The header should begin with the scheme and list each field once. Kong reads "
                           "past what is wrong.")},
        {"hmac-auth.quirk.fixed-order",
         QT_TRANSLATE_NOOP("Explanation", "The fields may stand in any order. Kong wants them in its own.")},
        {"hmac-auth.quirk.large-body",
         QT_TRANSLATE_NOOP("Explanation", "Kong does not look at bodies above 8 kB and refuses them.")},
        {"hmac-auth.quirk.unsigned-digest",
         QT_TRANSLATE_NOOP("Explanation",
                           "The digest itself is not signed: whoever changes the body can change it too.")},
    };
    static constexpr CheckText checks[] = {
        {"hmac-auth.header-found", QT_TRANSLATE_NOOP("Explanation", "Authorization found"), nullptr},
        {"hmac-auth.date", QT_TRANSLATE_NOOP("Explanation", "The date is near the gateway's clock"), "{found}"},
        {"hmac-auth.header-reads", QT_TRANSLATE_NOOP("Explanation", "It holds a signature"), nullptr},
        {"hmac-auth.headers-signed", QT_TRANSLATE_NOOP("Explanation", "All enforced headers are signed"), nullptr},
        {"hmac-auth.algorithm", QT_TRANSLATE_NOOP("Explanation", "The algorithm is accepted"), "{found}"},
        {"hmac-auth.user-known", QT_TRANSLATE_NOOP("Explanation", "The user name is known"), "{found}"},
        {"hmac-auth.signature", QT_TRANSLATE_NOOP("Explanation", "The signature matches"), nullptr},
        {"hmac-auth.digest", QT_TRANSLATE_NOOP("Explanation", "The body is the signed one"), nullptr},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

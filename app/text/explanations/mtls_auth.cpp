// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts mtlsAuthExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"mtls-auth.no-tls.title", QT_TRANSLATE_NOOP("Explanation", "The request came in the clear")},
        {"mtls-auth.no-tls.sentence",
         QT_TRANSLATE_NOOP("Explanation",
                           "Plugin mtls-auth on {scope} wants a certificate, which only TLS can carry.")},
        {"mtls-auth.no-certificate.title", QT_TRANSLATE_NOOP("Explanation", "The client sent no certificate")},
        {"mtls-auth.no-certificate.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin mtls-auth on {scope} wants one.")},
        {"mtls-auth.untrusted.title", QT_TRANSLATE_NOOP("Explanation", "The client's certificate is not trusted")},
        {"mtls-auth.untrusted.sentence",
         QT_TRANSLATE_NOOP("Explanation",
                           "{subject} was issued by {issuer}; no chain leads to the authorities of plugin "
                           "mtls-auth on {scope}.")},
        {"mtls-auth.expired.title",
         QT_TRANSLATE_NOOP("Explanation", "The client's certificate expired {seconds:span} before this request")},
        {"mtls-auth.expired.sentence",
         QT_TRANSLATE_NOOP("Explanation", "It is the one of {subject}, or one behind it.")},
        {"mtls-auth.not-yet-valid.title",
         QT_TRANSLATE_NOOP("Explanation", "The client's certificate starts {seconds:span} after this request")},
        {"mtls-auth.not-yet-valid.sentence",
         QT_TRANSLATE_NOOP("Explanation", "It is the one of {subject}, or one behind it.")},
        {"mtls-auth.revocation-unknown.title",
         QT_TRANSLATE_NOOP("Explanation", "Nobody was asked whether the certificate is revoked")},
        {"mtls-auth.revocation-unknown.sentence",
         QT_TRANSLATE_NOOP("Explanation",
                           "`revocation_check_mode` is {expected}, and this gateway asks no authority.")},
        {"mtls-auth.no-consumer.title", QT_TRANSLATE_NOOP("Explanation", "The certificate belongs to no consumer")},
        {"mtls-auth.no-consumer.sentence",
         QT_TRANSLATE_NOOP("Explanation",
                           "Plugin mtls-auth on {scope} compared {subject} with mappings and with {expected}.")},
    };
    static constexpr CheckText checks[] = {
        {"mtls-auth.certificate-sent", QT_TRANSLATE_NOOP("Explanation", "The client sent a certificate"), "{found}"},
        {"mtls-auth.trusted", QT_TRANSLATE_NOOP("Explanation", "An authority vouches for it"), nullptr},
        {"mtls-auth.not-revoked", QT_TRANSLATE_NOOP("Explanation", "It is not revoked"), nullptr},
        {"mtls-auth.consumer-found", QT_TRANSLATE_NOOP("Explanation", "It belongs to a consumer"), "{found}"},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

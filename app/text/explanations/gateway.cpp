// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts gatewayExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"received.title", QT_TRANSLATE_NOOP("Explanation", "{request} from {peer}")},
        {"route.none.title", QT_TRANSLATE_NOOP("Explanation", "No route matches {method} {path}")},
        {"route.none.sentence", QT_TRANSLATE_NOOP("Explanation", "{routes} routes were compared with host {host}.")},
        {"route.protocol.title", QT_TRANSLATE_NOOP("Explanation", "Route {route} asks for another protocol")},
        {"route.protocol.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Its `protocols` do not include the one of this request.")},
        {"route.matched.title", QT_TRANSLATE_NOOP("Explanation", "Route {route} matched")},
        {"route.matched.sentence", QT_TRANSLATE_NOOP("Explanation", "By its path {prefix}, the best of {routes}.")},
        {"upstream.failed.title", QT_TRANSLATE_NOOP("Explanation", "{service} could not be reached")},
        {"upstream.failed.sentence", QT_TRANSLATE_NOOP("Explanation", "The gateway let the request through. {error}")},
        {"upstream.not-reached.title", QT_TRANSLATE_NOOP("Explanation", "{service} was not asked")},
        {"upstream.not-reached.sentence",
         QT_TRANSLATE_NOOP("Explanation", "An earlier step had answered the request.")},
        {"upstream.answered.title", QT_TRANSLATE_NOOP("Explanation", "{service} answered {status}")},
        {"upstream.answered.sentence", QT_TRANSLATE_NOOP("Explanation", "It was reached at {address}.")},
        {"service.none.title", QT_TRANSLATE_NOOP("Explanation", "Route {route} leads to no service")},
        {"response.title", QT_TRANSLATE_NOOP("Explanation", "The client got {status}")},
        {"response.consumer.sentence", QT_TRANSLATE_NOOP("Explanation", "The gateway knew the client as {consumer}.")},
        {"response.anonymous.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Authentication failed; the request went on as {consumer}.")},
        {"plugin.passed.title", QT_TRANSLATE_NOOP("Explanation", "{plugin} let the request pass")},
        {"plugin.passed.sentence", QT_TRANSLATE_NOOP("Explanation", "It runs on {scope}.")},
        {"plugin.answered.title", QT_TRANSLATE_NOOP("Explanation", "{plugin} answered {status} itself")},
        {"plugin.answered.sentence",
         QT_TRANSLATE_NOOP("Explanation", "It runs on {scope}. The upstream was not asked.")},
        {"plugin.skipped.title", QT_TRANSLATE_NOOP("Explanation", "{plugin} had nothing to do")},
        {"plugin.skipped.sentence", QT_TRANSLATE_NOOP("Explanation", "It runs on {scope}.")},
        {"plugin.anonymous.title", QT_TRANSLATE_NOOP("Explanation", "{plugin} let the request pass as anonymous")},
        {"plugin.anonymous.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Authentication failed, and `anonymous` names {consumer}.")},
        {"plugin.not-run.title", QT_TRANSLATE_NOOP("Explanation", "{plugin} did not run")},
        {"plugin.not-run.sentence", QT_TRANSLATE_NOOP("Explanation", "An earlier step had answered the request.")},
        {"plugin.failed.title", QT_TRANSLATE_NOOP("Explanation", "{plugin} broke")},
        {"plugin.failed.sentence", QT_TRANSLATE_NOOP("Explanation", "{detail}")},
        {"compare.claim", QT_TRANSLATE_NOOP("Explanation", "Claim {name}")},
        {"compare.gateway-clock", QT_TRANSLATE_NOOP("Explanation", "Gateway clock")},
        {"compare.leeway", QT_TRANSLATE_NOOP("Explanation", "Leeway")},
        {"compare.fixed-by-plugin", QT_TRANSLATE_NOOP("Explanation", "Fixed by the {plugin} plugin")},
        {"compare.algorithm-token", QT_TRANSLATE_NOOP("Explanation", "Token says")},
        {"compare.algorithm-credential", QT_TRANSLATE_NOOP("Explanation", "Credential expects")},
        {"compare.key", QT_TRANSLATE_NOOP("Explanation", "Token's key")},
        {"compare.nearest-key", QT_TRANSLATE_NOOP("Explanation", "Nearest key")},
        {"compare.limit", QT_TRANSLATE_NOOP("Explanation", "Limit")},
        {"repair.resign-exp", QT_TRANSLATE_NOOP("Explanation", "Re-sign with exp +{seconds:span}")},
        {"repair.resign-nbf", QT_TRANSLATE_NOOP("Explanation", "Re-sign with nbf now")},
        {"repair.resign-algorithm", QT_TRANSLATE_NOOP("Explanation", "Re-sign with {algorithm}")},
        {"repair.resign-credential", QT_TRANSLATE_NOOP("Explanation", "Re-sign with this credential")},
        {"repair.add-claim", QT_TRANSLATE_NOOP("Explanation", "Add {claim} and re-sign")},
        {"repair.use-key", QT_TRANSLATE_NOOP("Explanation", "Re-sign as {consumer}")},
        {"repair.sign-token", QT_TRANSLATE_NOOP("Explanation", "Sign token for {consumer}")},
        {"repair.create-credential", QT_TRANSLATE_NOOP("Explanation", "Create credential")},
        {"repair.add-place", QT_TRANSLATE_NOOP("Explanation", "Look in {place} too")},
        {"repair.set-field", QT_TRANSLATE_NOOP("Explanation", "Set {field} to {value}")},
        {"repair.open-credential", QT_TRANSLATE_NOOP("Explanation", "Open credential")},
        {"repair.open-plugin", QT_TRANSLATE_NOOP("Explanation", "Open plugin")},
        {"repair.open-route", QT_TRANSLATE_NOOP("Explanation", "Open route")},
        {"repair.open-service", QT_TRANSLATE_NOOP("Explanation", "Open service")},
        {"repair.open-token", QT_TRANSLATE_NOOP("Explanation", "Open in Tokens")},
        {"repair.keep-one", QT_TRANSLATE_NOOP("Explanation", "Keep the one in {place}")},
        {"repair.compare-keys", QT_TRANSLATE_NOOP("Explanation", "Compare keys")},
        {"repair.attach-basic", QT_TRANSLATE_NOOP("Explanation", "Send the password of {consumer}")},
        {"repair.attach-key", QT_TRANSLATE_NOOP("Explanation", "Send the key of {consumer}")},
        {"repair.stop-verifying", QT_TRANSLATE_NOOP("Explanation", "Do not verify {claim}")},
        {"repair.shift-clock", QT_TRANSLATE_NOOP("Explanation", "Move the gateway clock by {seconds} s")},
    };
    static constexpr CheckText checks[] = {
        {"route.matched", QT_TRANSLATE_NOOP("Explanation", "A route matches"), "{found}"},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

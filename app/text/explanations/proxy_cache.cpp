// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts proxyCacheExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"proxy-cache.other-method.title", QT_TRANSLATE_NOOP("Explanation", "{found} requests are not cached")},
        {"proxy-cache.other-method.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin proxy-cache on {scope} keeps {expected}.")},
        {"proxy-cache.client-forbids.title", QT_TRANSLATE_NOOP("Explanation", "The client asks not to use the cache")},
        {"proxy-cache.client-forbids.sentence",
         QT_TRANSLATE_NOOP("Explanation", "The request says `{found}` in Cache-Control, which plugin proxy-cache on "
                                          "{scope} heeds because `cache_control` is on.")},
        {"proxy-cache.only-if-cached.title", QT_TRANSLATE_NOOP("Explanation", "The response is not in the cache")},
        {"proxy-cache.only-if-cached.sentence",
         QT_TRANSLATE_NOOP("Explanation",
                           "The request says `{expected}` in Cache-Control, so the upstream was not asked.")},
        {"proxy-cache.other-status.title",
         QT_TRANSLATE_NOOP("Explanation", "Responses with status {found} are not cached")},
        {"proxy-cache.other-status.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin proxy-cache on {scope} keeps {expected}.")},
        {"proxy-cache.other-type.title", QT_TRANSLATE_NOOP("Explanation", "This type of response is not cached")},
        {"proxy-cache.other-type.sentence",
         QT_TRANSLATE_NOOP("Explanation", "It is `{found}`; plugin proxy-cache on {scope} keeps {expected}. "
                                          "Parameters of the type have to be the same.")},
        {"proxy-cache.response-forbids.title",
         QT_TRANSLATE_NOOP("Explanation", "The upstream forbids to cache the response")},
        {"proxy-cache.response-forbids.sentence",
         QT_TRANSLATE_NOOP("Explanation", "The response says `{found}` in Cache-Control, which plugin proxy-cache on "
                                          "{scope} heeds because `cache_control` is on.")},
        {"proxy-cache.no-lifetime.title",
         QT_TRANSLATE_NOOP("Explanation", "The upstream does not say how long the response lives")},
        {"proxy-cache.no-lifetime.sentence",
         QT_TRANSLATE_NOOP("Explanation", "With `cache_control` on, plugin proxy-cache on {scope} keeps what has "
                                          "`s-maxage`, `max-age` or Expires ahead.")},
        {"proxy-cache.take", QT_TRANSLATE_NOOP("Explanation", "Cache {value} too")},
        {"proxy-cache.drop-header", QT_TRANSLATE_NOOP("Explanation", "Send no Cache-Control")},
        {"proxy-cache.ignore-headers", QT_TRANSLATE_NOOP("Explanation", "Turn cache_control off")},
    };
    static constexpr CheckText checks[] = {
        {"proxy-cache.method", QT_TRANSLATE_NOOP("Explanation", "The method is cached"), "{found}"},
        {"proxy-cache.client-allows", QT_TRANSLATE_NOOP("Explanation", "The client allows the cache"), "{found}"},
        {"proxy-cache.entry", QT_TRANSLATE_NOOP("Explanation", "Looked up in the cache"), "{found}"},
        {"proxy-cache.status", QT_TRANSLATE_NOOP("Explanation", "The status is cached"), "{found}"},
        {"proxy-cache.content-type", QT_TRANSLATE_NOOP("Explanation", "The type is cached"), "{found}"},
        {"proxy-cache.response-allows", QT_TRANSLATE_NOOP("Explanation", "The upstream allows the cache"), "{found}"},
        {"proxy-cache.lifetime", QT_TRANSLATE_NOOP("Explanation", "The response has time to live"), "{found} s"},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

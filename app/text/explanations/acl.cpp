// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

namespace claimsmith::app {

ExplanationTexts aclExplanations()
{
    static constexpr SentenceText sentences[] = {
        {"acl.nobody.title", QT_TRANSLATE_NOOP("Explanation", "Nobody has been authenticated")},
        {"acl.nobody.sentence",
         QT_TRANSLATE_NOOP("Explanation",
                           "Plugin acl on {scope} goes by groups. No plugin before it said who this is.")},
        {"acl.no-consumer.title", QT_TRANSLATE_NOOP("Explanation", "{consumer} is no consumer")},
        {"acl.no-consumer.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin acl on {scope} goes by groups, which only consumers have.")},
        {"acl.no-groups.title", QT_TRANSLATE_NOOP("Explanation", "{consumer} is in no group")},
        {"acl.no-groups.sentence", QT_TRANSLATE_NOOP("Explanation", "Plugin acl on {scope} lets in {list} only.")},
        {"acl.not-allowed.title", QT_TRANSLATE_NOOP("Explanation", "{consumer} is in no group that is let in")},
        {"acl.not-allowed.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin acl on {scope} lets in {list}; the consumer is in {groups}.")},
        {"acl.denied.title", QT_TRANSLATE_NOOP("Explanation", "The group {group} is kept out")},
        {"acl.denied.sentence",
         QT_TRANSLATE_NOOP("Explanation", "Plugin acl on {scope} denies {list}; {consumer} is in {groups}.")},

        {"acl.quirk.claimed-groups",
         QT_TRANSLATE_NOOP("Explanation",
                           "The client sent X-Consumer-Groups itself, and with `hide_groups_header` Kong "
                           "leaves it to the upstream.")},
    };
    static constexpr CheckText checks[] = {
        {"acl.somebody", QT_TRANSLATE_NOOP("Explanation", "It is known whose groups count"), "{found}"},
        {"acl.groups", QT_TRANSLATE_NOOP("Explanation", "The groups let the request in"), "{found}"},
    };
    return {sentences, checks};
}

} // namespace claimsmith::app

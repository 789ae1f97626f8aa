// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/entities/entityschemas.h"
#include "gateway/fieldrules.h"

namespace claimsmith::gateway {

const Schema& consumerGroupSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                updatedField(),
                stringField("name")
                    .describe("The name of the consumer group.")
                    .hint("Names the group; plugins can be limited to its consumers.")
                    .require()
                    .makeUnique(),
                tagsField(),
            },
        .checks = {},
    };
    return schema;
}

const Schema& consumerGroupConsumerSchema()
{
    static const Schema schema{
        .fields =
            {
                idField(),
                createdField(),
                updatedField(),
                foreignField("consumer", "consumers").hint("Who is in the group.").require().cascade(),
                foreignField("consumer_group", "consumer_groups").hint("The group.").require().cascade(),
            },
        .checks = {},
    };
    return schema;
}

} // namespace claimsmith::gateway

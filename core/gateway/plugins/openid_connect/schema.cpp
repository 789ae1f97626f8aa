// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/schema.h"

#include "gateway/fieldrules.h"
#include "gateway/plugins/openid_connect/schemaparts.h"

#include <algorithm>
#include <iterator>

namespace claimsmith::gateway::openidconnect {
namespace {

std::vector<Field> configFields()
{
    std::vector<Field> fields;
    for (const auto part : {providerFields, requirementFields, endpointFields, sessionFields, credentialFields,
                            headerFields, loginFields, verificationFields, connectionFields})
        std::ranges::move(part(), std::back_inserter(fields));
    return fields;
}

} // namespace

const Schema& schema()
{
    static const Schema openidConnect{
        .fields =
            {
                forbiddenConsumerField(),
                httpProtocolsField(),
                foreignField("consumer_group", "consumer_groups")
                    .describe("Custom type for representing a foreign key with a null value allowed.")
                    .forbid(),
                recordField("config", configFields()).require().accept(sessionShorthands()),
            },
        .checks = {},
    };
    return openidConnect;
}

} // namespace claimsmith::gateway::openidconnect

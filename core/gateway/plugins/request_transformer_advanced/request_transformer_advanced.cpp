// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/request_transformer_advanced/request_transformer_advanced.h"

#include "gateway/plugins/request_transformer/handler.h"
#include "gateway/plugins/request_transformer/schema.h"

namespace claimsmith::gateway {
namespace {

const Schema& schema()
{
    static const Schema transformer = requesttransformer::transformerSchema(requesttransformer::Variant::Advanced);
    return transformer;
}

} // namespace

PluginDescriptor requestTransformerAdvancedPlugin()
{
    return {
        .name = "request-transformer-advanced",
        .priority = 802,
        .phases = {Phase::Access},
        .schema = schema,
        .create = requesttransformer::createTransformer,
        .explain = requesttransformer::explainFailure,
        .enterpriseOnly = true,
    };
}

} // namespace claimsmith::gateway

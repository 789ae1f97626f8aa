// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/request_transformer/request_transformer.h"

#include "gateway/plugins/request_transformer/handler.h"
#include "gateway/plugins/request_transformer/rendering.h"
#include "gateway/plugins/request_transformer/schema.h"

namespace claimsmith::gateway {
namespace requesttransformer {
namespace {

class RequestTransformerPlugin final : public Plugin
{
public:
    explicit RequestTransformerPlugin(Transformation transformation) : m_transformation(std::move(transformation)) {}

    bool needsRequestBody(const ClientRequest& request) const noexcept override
    {
        if (!m_transformation.changesBody() && !m_transformation.movesFormToQuery())
            return false;
        return m_transformation.setsHeaders() || bodyKindOf(request.head.headers) != BodyKind::None;
    }

    Decision access(Exchange& exchange) const override
    {
        transform(exchange, m_transformation);
        return Continue{};
    }

private:
    Transformation m_transformation;
};

} // namespace

Result<std::unique_ptr<const Plugin>> createTransformer(const PluginContext& context)
{
    return std::unique_ptr<const Plugin>(
        std::make_unique<const RequestTransformerPlugin>(readTransformation(context.config, context.pointer)));
}

} // namespace requesttransformer

namespace {

const Schema& schema()
{
    static const Schema transformer = requesttransformer::transformerSchema(requesttransformer::Variant::Plain);
    return transformer;
}

} // namespace

PluginDescriptor requestTransformerPlugin()
{
    return {
        .name = "request-transformer",
        .priority = 801,
        .phases = {Phase::Access},
        .schema = schema,
        .create = requesttransformer::createTransformer,
        .explain = requesttransformer::explainFailure,
    };
}

} // namespace claimsmith::gateway

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/request_transformer/rendering.h"

#include "base/text.h"
#include "gateway/plugin.h"
#include "gateway/plugins/request_transformer/checks.h"

namespace claimsmith::gateway::requesttransformer {

std::optional<std::string> Rendering::value(const Entry& entry)
{
    if (!entry.value)
        return std::nullopt;
    auto rendered = entry.value->render(values);
    if (findings && !entry.value->isConstant())
        record(entry, rendered);
    if (!rendered)
        throw Fault{"[request-transformer] failed to render the template " + entry.value->text() +
                    ", error:" + rendered.error().detail};
    return std::move(*rendered);
}

void Rendering::record(const Entry& entry, const Result<std::string>& rendered)
{
    Finding finding{.check = std::string(templateRendered),
                    .expected = entry.value->text(),
                    .found = rendered ? *rendered : rendered.error().detail,
                    .pointer = entry.pointer};
    finding.parameters = {{"name", entry.name}};
    rendered ? findings.passed(std::move(finding)) : findings.failed(std::move(finding));
}

void Rendering::checkName(const Entry& entry)
{
    if (entry.name.empty())
        throw Fault{"[request-transformer] an entry has no name"};
}

BodyKind bodyKindOf(const http::HeaderMap& headers)
{
    const std::string type = toLower(headers.value("Content-Type"));
    if (type.find("application/json") != std::string::npos)
        return BodyKind::Json;
    if (type.find("multipart/form-data") != std::string::npos)
        return BodyKind::Multipart;
    if (type.find("application/x-www-form-urlencoded") != std::string::npos)
        return BodyKind::Form;
    return BodyKind::None;
}

BytesView currentBody(const Exchange& exchange) noexcept
{
    if (exchange.upstream.body)
        return *exchange.upstream.body;
    return exchange.request.body ? BytesView(*exchange.request.body) : BytesView();
}

void transform(Exchange& exchange, const Transformation& transformation)
{
    Rendering rendering(exchange, transformation);
    transformUri(rendering);
    transformMethod(rendering);
    transformHeaders(rendering);
    transformBody(rendering);
    transformQuery(rendering);
}

} // namespace claimsmith::gateway::requesttransformer

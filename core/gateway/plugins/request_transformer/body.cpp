// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/multipart.h"
#include "gateway/plugins/request_transformer/arguments.h"
#include "gateway/plugins/request_transformer/jsonbody.h"
#include "gateway/plugins/request_transformer/rendering.h"
#include "http/mediatype.h"

namespace claimsmith::gateway::requesttransformer {
namespace {

/// Remembers whether anything ran that makes Kong write the body anew.
class Changes final
{
public:
    void note(bool isChange) noexcept { m_any = m_any || isChange; }

    bool any() const noexcept { return m_any; }

private:
    bool m_any = false;
};

bool isAllowed(const Transformation& change, std::string_view name)
{
    return !change.allowedBody || change.allowedBody->contains(name);
}

std::optional<Bytes> transformForm(Rendering& rendering, BytesView body)
{
    const Transformation& change = rendering.transformation;
    Arguments form(http::parseQuery(body));
    Changes changes;
    if (!body.empty()) {
        rendering.each(change.remove.body, [&](const Rendered& item) {
            form.remove(item.entry.name);
            changes.note(true);
        });
        rendering.each(change.rename.body, [&](const Rendered& item) {
            changes.note(form.rename(item.entry.name, item.value.value_or("")));
        });
        rendering.each(change.replace.body, [&](const Rendered& item) {
            if (!item.value || !form.contains(item.entry.name))
                return;
            form.set(item.entry.name, *item.value);
            changes.note(true);
        });
    }
    rendering.each(change.add.body, [&](const Rendered& item) {
        if (!item.value || form.contains(item.entry.name))
            return;
        form.set(item.entry.name, *item.value);
        changes.note(true);
    });
    rendering.each(change.append.body, [&](const Rendered& item) {
        if (!item.value)
            return;
        form.append(item.entry.name, *item.value);
        changes.note(true);
    });
    if (change.allowedBody) {
        form.keepIf([&](std::string_view name) { return isAllowed(change, name); });
        changes.note(true);
    }
    return changes.any() ? std::optional(Bytes(form.toText(false))) : std::nullopt;
}

/// Renames come first here, and append does nothing, as in Kong.
std::optional<Bytes> transformMultipart(Rendering& rendering, BytesView body, std::string_view boundary)
{
    const Transformation& change = rendering.transformation;
    Multipart form(body, boundary);
    Changes changes;
    if (!body.empty()) {
        rendering.each(change.rename.body, [&](const Rendered& item) {
            const auto value = form.find(item.entry.name);
            if (!value)
                return;
            form.set(item.value.value_or(""), std::string(*value));
            form.remove(item.entry.name);
            changes.note(true);
        });
        rendering.each(change.remove.body, [&](const Rendered& item) {
            form.remove(item.entry.name);
            changes.note(true);
        });
        rendering.each(change.replace.body, [&](const Rendered& item) {
            if (!item.value || !form.find(item.entry.name))
                return;
            form.remove(item.entry.name);
            form.set(item.entry.name, *item.value);
            changes.note(true);
        });
    }
    rendering.each(change.add.body, [&](const Rendered& item) {
        if (!item.value || form.find(item.entry.name))
            return;
        form.set(item.entry.name, *item.value);
        changes.note(true);
    });
    if (change.allowedBody) {
        form.removeIf([&](std::string_view name) { return !isAllowed(change, name); });
        changes.note(true);
    }
    return changes.any() ? std::optional(form.toBody()) : std::nullopt;
}

std::optional<Bytes> transformed(Rendering& rendering, BodyKind kind, BytesView body)
{
    if (kind == BodyKind::Json)
        return transformJson(rendering, body);
    if (kind == BodyKind::Form)
        return transformForm(rendering, body);
    const auto type = http::parseMediaType(rendering.exchange.upstream.headers.value("Content-Type"));
    const auto boundary = type ? type->parameter("boundary") : std::nullopt;
    return boundary ? transformMultipart(rendering, body, *boundary) : std::nullopt;
}

} // namespace

void transformBody(Rendering& rendering)
{
    if (!rendering.transformation.changesBody())
        return;
    Exchange& exchange = rendering.exchange;
    const BodyKind kind = bodyKindOf(exchange.upstream.headers);
    if (kind == BodyKind::None)
        return;
    if (auto body = transformed(rendering, kind, currentBody(exchange)))
        exchange.upstream.body = std::move(*body);
}

} // namespace claimsmith::gateway::requesttransformer

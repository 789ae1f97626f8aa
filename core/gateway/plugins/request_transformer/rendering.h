// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"
#include "gateway/lua/templatevalues.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/request_transformer/transformation.h"

#include <optional>
#include <string>
#include <vector>

namespace claimsmith::gateway::requesttransformer {

/// An entry with its template filled in.
struct Rendered
{
    const Entry& entry;
    std::optional<std::string> value; ///< nothing when the entry has none
};

/// One turn of the plugin: fills in templates and writes down what came out. A template that fails ends the request
/// with a 500, as in Kong: throws Fault.
class Rendering final
{
public:
    Rendering(Exchange& request, const Transformation& change) noexcept
        : exchange(request), transformation(change), values(request), findings(request.step(), {})
    {
    }

    std::optional<std::string> value(const Entry& entry);

    /// Fills in one entry after the other, calling `use(Rendered)` in between.
    template <class Use>
    void each(const std::vector<Entry>& entries, Use use)
    {
        for (const Entry& entry : entries) {
            checkName(entry);
            use(Rendered{entry, value(entry)});
        }
    }

    Exchange& exchange;
    const Transformation& transformation;
    lua::TemplateValues values;
    Findings findings;
    http::HeaderMap headersBefore; ///< holds what `values` may have views into

private:
    static void checkName(const Entry& entry);
    void record(const Entry& entry, const Result<std::string>& rendered);
};

/// The steps, in Kong's order (kong-plugins.md F1.2).
void transformUri(Rendering& rendering);
void transformMethod(Rendering& rendering);
void transformHeaders(Rendering& rendering);
void transformBody(Rendering& rendering);
void transformQuery(Rendering& rendering);

/// All of them.
void transform(Exchange& exchange, const Transformation& transformation);

/// The three types of body that are understood, by what the Content-Type contains.
enum class BodyKind { None, Json, Multipart, Form };
BodyKind bodyKindOf(const http::HeaderMap& headers);

/// The body as it is at this point.
BytesView currentBody(const Exchange& exchange) noexcept;

} // namespace claimsmith::gateway::requesttransformer

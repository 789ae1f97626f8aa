// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/servernames.h"

#include "base/random.h"
#include "gateway/admin/input.h"
#include "gateway/admin/responses.h"

#include <algorithm>

namespace claimsmith::gateway::admin {

using document::Array;
using document::Object;
using document::Value;
using http::Response;

ServerNames takeServerNames(const EntityType& type, Object& fields)
{
    const Value* given = type.name == "certificates" ? fields.find("snis") : nullptr;
    if (!given)
        return std::nullopt;
    ServerNames names;
    if (given->asArray()) {
        names.emplace();
        for (const Value& name : *given->asArray())
            names->push_back(*name.asString());
    }
    fields.remove("snis");
    return names;
}

std::optional<Response> findNameConflict(const Call& call, const ServerNames& names, std::string_view certificate)
{
    if (!names)
        return std::nullopt;
    for (auto name = names->begin(); name != names->end(); ++name) {
        const Entity* known = call.entities().findByName("snis", *name);
        if (std::find(names->begin(), name, *name) != name)
            return schemaViolation({{"snis", *name + " is duplicated"}});
        if (known && known->reference("certificate") != certificate)
            return schemaViolation({{"snis", *name + " already associated with existing certificate '" +
                                                 std::string(known->reference("certificate")) + "'"}});
    }
    return std::nullopt;
}

void writeServerNames(const Call& call, const ServerNames& names, const std::string& certificate, Draft& draft)
{
    if (!names)
        return;
    const EntityType& type = *findEntityType("snis");
    for (const Entity* sni : call.entities().referringTo(type.name, "certificate", certificate))
        if (std::ranges::find(*names, sni->text("name")) == names->end())
            draft.remove(type, sni->id);
    for (const std::string& name : *names)
        if (!call.entities().findByName(type.name, name))
            draft.put(type, {{"id", randomUuid()},
                             {"name", name},
                             {"certificate", Object{{"id", certificate}}},
                             {"created_at", timeFor(type)},
                             {"updated_at", timeFor(type)}});
}

} // namespace claimsmith::gateway::admin

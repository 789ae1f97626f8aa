// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/compare/mintedby.h"

#include "gateway/snapshot.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(MintedBy)
};

struct SourceWords
{
    std::string_view pointer;
    const char* text;
};

/// Members that the plugin writes over whatever was sent (x-custom-jwt, section 4 of its reference). "{claim}" is the
/// setting bearer_clientid_claim.
#define T(text) QT_TRANSLATE_NOOP("MintedBy", text)
constexpr std::array sources{
    SourceWords{"/iss", T("constant: config.iss")},
    SourceWords{"/iat", T("clock of the gateway")},
    SourceWords{"/exp", T("clock, and config.expires_in")},
    SourceWords{"/aud", T("address of the service")},
    SourceWords{"/jti", T("new for each token")},
    SourceWords{"/client_id", T("the credential: claim {claim}, user name, key or certificate")},
    SourceWords{"/act/client_id", T("the consumer: custom_id, else its id")},
    SourceWords{"/typ", T("constant: JWT")},
    SourceWords{"/alg", T("the plugin's key")},
    SourceWords{"/kid", T("the plugin's key")},
    SourceWords{"/jku", T("constant: config.jku")},
};
#undef T

const std::string* textOf(const document::Object& object, std::string_view name)
{
    const auto* value = object.find(name);
    return value ? value->asString() : nullptr;
}

bool fits(const document::Value& config, std::string_view setting, const std::string* found)
{
    const std::string* wanted = config.findString(setting);
    return wanted && found && *wanted == *found;
}

QString scopeOf(const gateway::Snapshot& snapshot, const gateway::Entity& plugin)
{
    const auto named = [&](std::string_view type, std::string_view id) {
        for (const auto& entity : snapshot.entities().all(type)) {
            if (entity->id == id)
                return QString::fromStdString(entity->text("name").empty() ? entity->id
                                                                           : std::string(entity->text("name")));
        }
        return QString::fromStdString(std::string(id));
    };
    if (const auto route = plugin.reference("route"); !route.empty())
        return Tr::tr("route %1").arg(named("routes", route));
    if (const auto service = plugin.reference("service"); !service.empty())
        return Tr::tr("service %1").arg(named("services", service));
    return Tr::tr("all routes");
}

} // namespace

std::optional<Minter> minterOf(const gateway::Snapshot& snapshot, const document::Object& header,
                               const document::Object& claims)
{
    for (const auto& plugin : snapshot.entities().all("plugins")) {
        const auto* config = plugin->text("name") == "x-custom-jwt" ? plugin->fields.find("config") : nullptr;
        if (!config || !fits(*config, "iss", textOf(claims, "iss")) || !fits(*config, "jku", textOf(header, "jku")))
            continue;
        const std::string* claim = config->findString("bearer_clientid_claim");
        return Minter{plugin->pointer, scopeOf(snapshot, *plugin), claim ? *claim : "clientId"};
    }
    return std::nullopt;
}

QString provenance(const Minter& minter, std::string_view pointer, bool wasSent)
{
    const auto* found =
        std::find_if(sources.begin(), sources.end(), [&](const SourceWords& each) { return each.pointer == pointer; });
    if (found == sources.end())
        return wasSent ? Tr::tr("copied from the token that was sent") : Tr::tr("not made by this plugin");
    return Tr::tr(found->text).replace(QStringLiteral("{claim}"), QString::fromStdString(minter.clientClaim));
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/addmenu.h"

#include "bridge/gatewaydocument.h"
#include "gateway/entities.h"
#include "gateway/plugins/all.h"
#include "panels/gateway/entitytree.h"
#include "text/schematext.h"
#include "theme/icons.h"

#include <QMenu>

#include <algorithm>

namespace claimsmith::app {

AddMenu::AddMenu(const GatewayDocument& document, KeepSecret keep, CarryOut carryOut)
    : m_document(document), m_keep(std::move(keep)), m_carryOut(std::move(carryOut))
{
}

const ConfigAnalysis& AddMenu::config() const noexcept
{
    return m_document.lastGood();
}

std::string AddMenu::ancestorOfType(const std::string& current, std::string_view type) const
{
    if (current.empty())
        return {};
    const auto path = config().outline.pathTo(current);
    const auto found =
        std::ranges::find_if(path, [type](const OutlineEntity* step) { return step->type->name == type; });
    return found == path.end() ? std::string() : (*found)->pointer;
}

void AddMenu::addAction(QMenu& menu, QLatin1String icon, const QString& text, const QString& label, Make make) const
{
    // The configuration is asked when the action runs: it may be another one than when the menu opened.
    menu.addAction(icon.isEmpty() ? QIcon() : themedIcon(icon), text, &menu,
                   [this, label, make = std::move(make)] { m_carryOut(make(config()), label); });
}

void AddMenu::fill(QMenu& menu, const std::string& current) const
{
    const auto label = [this](const std::string& pointer) { return entityPlace(config().outline, pointer); };
    const std::string service = ancestorOfType(current, "services");
    const std::string route = ancestorOfType(current, "routes");
    const std::string consumer = ancestorOfType(current, "consumers");

    menu.clear();
    addAction(menu, QLatin1String("server"), tr("Service"), tr("Add service"), addService);
    addAction(menu, QLatin1String("route"),
              service.empty() ? tr("Route without a service") : tr("Route of %1").arg(label(service)), tr("Add route"),
              [service](const ConfigAnalysis& config) { return addRoute(config, service); });
    addAction(menu, QLatin1String("user"), tr("Consumer"), tr("Add consumer"), addConsumer);
    if (!consumer.empty())
        addCredentials(menu, consumer);
    menu.addSeparator();
    for (const std::string& scope : {route, service, consumer}) {
        if (!scope.empty())
            addPlugins(menu, tr("Plugin on %1").arg(label(scope)), scope);
    }
    addPlugins(menu, tr("Plugin for all requests"), {});
}

void AddMenu::addCredentials(QMenu& menu, const std::string& consumer) const
{
    const QString owner = entityPlace(config().outline, consumer);
    addAction(menu, QLatin1String("keychain"), tr("JWT credential of %1").arg(owner), tr("Add JWT credential"),
              [this, consumer](const ConfigAnalysis& config) { return addJwtCredential(config, consumer, m_keep); });
    addAction(menu, QLatin1String("keychain"), tr("API key of %1").arg(owner), tr("Add API key"),
              [this, consumer](const ConfigAnalysis& config) { return addKeyCredential(config, consumer, m_keep); });
}

void AddMenu::addPlugins(QMenu& menu, const QString& title, const std::string& parent) const
{
    QMenu& plugins = *menu.addMenu(themedIcon(QLatin1String("plugin")), title);
    const auto present = config().outline.childrenOf(parent);
    const OutlineEntity* holder = parent.empty() ? nullptr : config().outline.findAt(parent);
    for (const gateway::PluginDescriptor& plugin : gateway::allPlugins()) {
        const std::string name(plugin.name);
        const QString shown = QString::fromStdString(name);
        addAction(plugins, {}, shown, tr("Add plugin %1").arg(shown),
                  [parent, name](const ConfigAnalysis& config) { return addPlugin(config, parent, name); });
        QAction& action = *plugins.actions().constLast();
        const bool here = std::ranges::any_of(present, [&](const OutlineEntity* entity) {
            return entity->type->name == "plugins" && entity->name == name;
        });
        const gateway::Field* scope = holder ? gateway::entitySchemaOf(plugin).find(holder->type->singular) : nullptr;
        const bool forbidden = scope && scope->mustBeNull;
        action.setEnabled(!here && !forbidden);
        if (here)
            action.setText(tr("%1, here already").arg(shown));
        else if (forbidden)
            action.setText(tr("%1, not possible for a %2").arg(shown, kindName(holder->type->name)));
    }
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/appcontext.h"
#include "bridge/gatewaydocument.h"
#include "panels/gateway/entitytree.h"
#include "panels/gateway/gatewaypanel.h"
#include "text/problemtext.h"

namespace claimsmith::app {
namespace {

QList<PaletteItem> paletteItems(AppContext& context)
{
    QList<PaletteItem> items;
    const ConfigOutline& outline = context.gatewayDocument.lastGood().outline;
    for (const OutlineEntity& entity : outline.entities()) {
        PaletteItem item;
        item.kind = entity.type->name == "consumers" ? PaletteItem::Kind::Consumer : PaletteItem::Kind::Entity;
        item.title = entityLabel(entity);
        item.detail = entityPlace(outline, entity.pointer);
        item.icon = entityIcon(entity.type->name);
        item.open = [pointer = entity.pointer](Panel& panel) { panel.openLink({Link::Kind::Entity, pointer}); };
        items.append(item);
    }
    return items;
}

} // namespace

PanelDescriptor gatewayPanel()
{
    const auto translated = [](const char* text) { return GatewayPanel::tr(text); };
    using Menu = ActionSpec::Menu;
    PanelDescriptor panel;
    panel.id = QStringLiteral("gateway");
    panel.title = translated("Gateway");
    panel.icon = QLatin1String("gateway");
    panel.create = [](AppContext& context, ActionRegistry&) -> Panel* { return new GatewayPanel(context); };
    panel.actions = {
        {QStringLiteral("gateway.apply"), translated("Apply kong.yml"), {}, QLatin1String("check"), Menu::Gateway},
        {QStringLiteral("gateway.addService"),
         translated("Add service"),
         {},
         QLatin1String("server"),
         Menu::Gateway,
         ActionSpec::Scope::Window},
        {QStringLiteral("gateway.addConsumer"),
         translated("Add consumer"),
         {},
         QLatin1String("user"),
         Menu::Gateway,
         ActionSpec::Scope::Window},
        {QStringLiteral("gateway.import"),
         translated("Import kong.yml…"),
         {},
         QLatin1String("download"),
         Menu::Gateway,
         ActionSpec::Scope::Window},
        {QStringLiteral("gateway.export"),
         translated("Export decK…"),
         {},
         QLatin1String("upload"),
         Menu::Gateway,
         ActionSpec::Scope::Window},
        {QStringLiteral("gateway.nextProblem"), translated("Next problem"), {Qt::Key_F8}, {}, Menu::Gateway},
        {QStringLiteral("gateway.previousProblem"),
         translated("Previous problem"),
         {Qt::SHIFT | Qt::Key_F8},
         {},
         Menu::Gateway},
    };
    panel.opens = {Link::Kind::Entity};
    panel.paletteItems = paletteItems;
    return panel;
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/appcontext.h"
#include "bridge/workspacesession.h"
#include "panels/tokens/tokenspanel.h"

namespace claimsmith::app {

namespace {

QList<PaletteItem> paletteItems(AppContext& context)
{
    QList<PaletteItem> items;
    for (const workspace::TokenRecipe& recipe : context.workspace.workspace().tokens) {
        PaletteItem item;
        item.kind = PaletteItem::Kind::Token;
        item.title = QString::fromStdString(recipe.name);
        item.detail = QString::fromStdString(recipe.algorithm);
        item.icon = QLatin1String("tokens");
        item.open = [name = recipe.name](Panel& shown) { shown.openLink({Link::Kind::Recipe, name}); };
        items += item;
    }
    return items;
}

} // namespace

PanelDescriptor tokensPanel()
{
    using Scope = ActionSpec::Scope;
    const auto tr = [](const char* text) { return TokensPanel::tr(text); };
    PanelDescriptor panel;
    panel.id = QStringLiteral("tokens");
    panel.title = tr("Tokens");
    panel.icon = QLatin1String("tokens");
    panel.create = [](AppContext& context, ActionRegistry&) { return new TokensPanel(context); };
    panel.actions = {
        {QStringLiteral("tokens.new"),
         tr("New Token"),
         {},
         QLatin1String("plus"),
         ActionSpec::Menu::Tools,
         Scope::Window},
        {QStringLiteral("tokens.paste"),
         tr("Paste Token"),
         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V)},
         QLatin1String("tokens"),
         ActionSpec::Menu::Edit,
         Scope::Window},
        {QStringLiteral("tokens.renew"),
         tr("Re-sign With exp +10 min"),
         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)},
         QLatin1String("refresh"),
         ActionSpec::Menu::Tools},
        {QStringLiteral("tokens.sign"), tr("Sign Token"), {}, QLatin1String("tokens"), ActionSpec::Menu::Tools},
        {QStringLiteral("tokens.copy"),
         tr("Copy Token"),
         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
         QLatin1String("copy"),
         ActionSpec::Menu::Edit},
        {QStringLiteral("tokens.use"),
         tr("Use Token in Request"),
         {},
         QLatin1String("requests"),
         ActionSpec::Menu::Tools},
        {QStringLiteral("tokens.send"),
         tr("Send Token Through Gateway"),
         {},
         QLatin1String("gateway"),
         ActionSpec::Menu::Tools},
        {QStringLiteral("tokens.explain"), tr("Explain Token"), {}, QLatin1String("book"), ActionSpec::Menu::Tools},
        {QStringLiteral("tokens.compare"), tr("Compare Tokens"), {}, QLatin1String("compare"), ActionSpec::Menu::Tools},
        {QStringLiteral("tokens.attack"), tr("Attack Lab"), {}, QLatin1String("flask"), ActionSpec::Menu::Tools},
        {QStringLiteral("tokens.encrypt"),
         tr("Encrypt or Decrypt"),
         {},
         QLatin1String("lock"),
         ActionSpec::Menu::Tools},
        {QStringLiteral("tokens.keySets"),
         tr("Key Sets"),
         {},
         QLatin1String("layers"),
         ActionSpec::Menu::Tools,
         Scope::Window},
        {QStringLiteral("tokens.importKey"),
         tr("Import Key…"),
         {},
         QLatin1String("import"),
         ActionSpec::Menu::Tools,
         Scope::Window},
        {QStringLiteral("tokens.generateKey"),
         tr("Generate Key…"),
         {},
         QLatin1String("plus"),
         ActionSpec::Menu::Tools,
         Scope::Window},
    };
    panel.opens = {Link::Kind::Token, Link::Kind::Recipe};
    panel.paletteItems = paletteItems;
    return panel;
}

} // namespace claimsmith::app

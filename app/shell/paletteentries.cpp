// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/paletteentries.h"

#include "shell/actionregistry.h"

#include <QAction>

namespace claimsmith::app {
namespace {

PaletteEntry::Group groupOf(PaletteItem::Kind kind)
{
    switch (kind) {
    case PaletteItem::Kind::Request:
        return PaletteEntry::Group::Requests;
    case PaletteItem::Kind::Token:
        return PaletteEntry::Group::Tokens;
    case PaletteItem::Kind::Entity:
        return PaletteEntry::Group::Gateway;
    case PaletteItem::Kind::Consumer:
        return PaletteEntry::Group::Consumers;
    case PaletteItem::Kind::Traffic:
        return PaletteEntry::Group::Traffic;
    }
    return PaletteEntry::Group::Gateway;
}

/// Commands of panels that are not to be seen are there too: running one shows its panel first.
void addCommands(std::vector<PaletteEntry>& entries, const ActionRegistry& actions, PageStack& pages,
                 const std::function<Panel&(const QString&)>& show)
{
    for (const ActionSpec& spec : actions.specs()) {
        QAction* action = actions.find(spec.id);
        if (!actions.makesSense(spec.id) || spec.id == QLatin1String("view.palette"))
            continue;
        QString title = action->text();
        title.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
        const PageStack::Page* owner = pages.find(actions.ownerOf(spec.id));
        entries.push_back({PaletteEntry::Group::Actions,
                           title,
                           owner ? owner->descriptor.title : QString(),
                           spec.icon,
                           {},
                           action->shortcut(),
                           [action, show, owner = owner ? owner->descriptor.id : QString()] {
                               if (!action->isEnabled() && !owner.isEmpty())
                                   show(owner);
                               action->trigger();
                           }});
    }
}

} // namespace

std::vector<PaletteEntry> paletteEntries(const ActionRegistry& actions, PageStack& pages, AppContext& context,
                                         const std::function<Panel&(const QString&)>& show)
{
    std::vector<PaletteEntry> entries;
    addCommands(entries, actions, pages, show);
    for (const PageStack::Page& page : pages.all()) {
        if (!page.descriptor.paletteItems)
            continue;
        for (PaletteItem& item : page.descriptor.paletteItems(context))
            entries.push_back({groupOf(item.kind),
                               item.title,
                               item.detail,
                               item.icon,
                               item.method,
                               {},
                               [show, id = page.descriptor.id, open = item.open] {
                                   Panel& panel = show(id);
                                   if (open)
                                       open(panel);
                               }});
    }
    return entries;
}

} // namespace claimsmith::app

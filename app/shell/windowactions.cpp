// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/windowactions.h"

#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

namespace claimsmith::app {
namespace {

QString text(const char* source)
{
    return QCoreApplication::translate("WindowActions", source);
}

} // namespace

QList<ActionSpec> windowActions()
{
    using Menu = ActionSpec::Menu;
    QList<ActionSpec> specs;
    const auto add = [&specs](const char* id, const char* name, const QList<QKeySequence>& keys, QLatin1String icon,
                              Menu menu) {
        specs.append({QString::fromLatin1(id), text(name), keys, icon, menu, ActionSpec::Scope::Window, false});
    };
    add("workspace.new", QT_TRANSLATE_NOOP("WindowActions", "&New workspace…"), {QKeySequence::New},
        QLatin1String("plus"), Menu::File);
    add("workspace.open", QT_TRANSLATE_NOOP("WindowActions", "&Open workspace…"), {QKeySequence::Open},
        QLatin1String("folder"), Menu::File);
    add("workspace.samples", QT_TRANSLATE_NOOP("WindowActions", "Open a &sample"), {}, QLatin1String("book"),
        Menu::File);
    add("workspace.save", QT_TRANSLATE_NOOP("WindowActions", "&Save now"), {QKeySequence::Save}, QLatin1String("save"),
        Menu::File);
    add("window.quit", QT_TRANSLATE_NOOP("WindowActions", "&Quit"), {QKeySequence::Quit}, {}, Menu::File);
    add("edit.undo", QT_TRANSLATE_NOOP("WindowActions", "&Undo"), {QKeySequence::Undo}, QLatin1String("undo"),
        Menu::Edit);
    add("edit.redo", QT_TRANSLATE_NOOP("WindowActions", "&Redo"), {Qt::CTRL | Qt::SHIFT | Qt::Key_Z},
        QLatin1String("redo"), Menu::Edit);
    add("edit.find", QT_TRANSLATE_NOOP("WindowActions", "&Find or filter"), {QKeySequence::Find},
        QLatin1String("search"), Menu::Edit);
    add("view.palette", QT_TRANSLATE_NOOP("WindowActions", "&Command palette"), {Qt::CTRL | Qt::Key_K},
        QLatin1String("terminal"), Menu::View);
    add("view.side", QT_TRANSLATE_NOOP("WindowActions", "Side &panel"), {Qt::CTRL | Qt::Key_B}, QLatin1String("list"),
        Menu::View);
    add("view.nextPane", QT_TRANSLATE_NOOP("WindowActions", "&Next pane"), {Qt::Key_F6}, {}, Menu::View);
    add("view.previousPane", QT_TRANSLATE_NOOP("WindowActions", "P&revious pane"), {Qt::SHIFT | Qt::Key_F6}, {},
        Menu::View);
    add("view.environment", QT_TRANSLATE_NOOP("WindowActions", "&Environment"), {Qt::CTRL | Qt::Key_E},
        QLatin1String("layers"), Menu::View);
    add("view.light", QT_TRANSLATE_NOOP("WindowActions", "&Light theme"), {}, QLatin1String("sun"), Menu::View);
    add("view.dark", QT_TRANSLATE_NOOP("WindowActions", "&Dark theme"), {}, QLatin1String("moon"), Menu::View);
    add("view.system", QT_TRANSLATE_NOOP("WindowActions", "Theme of the &system"), {}, QLatin1String("palette"),
        Menu::View);
    add("view.settings", QT_TRANSLATE_NOOP("WindowActions", "Se&ttings"), {Qt::CTRL | Qt::Key_Comma},
        QLatin1String("settings"), Menu::View);
    add("page.primary", QT_TRANSLATE_NOOP("WindowActions", "&Main action of the page"),
        {Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter}, QLatin1String("bolt"), Menu::Request);
    add("gateway.start", QT_TRANSLATE_NOOP("WindowActions", "&Start"), {}, QLatin1String("play"), Menu::Gateway);
    add("gateway.stop", QT_TRANSLATE_NOOP("WindowActions", "S&top"), {}, QLatin1String("stop"), Menu::Gateway);
    add("gateway.restart", QT_TRANSLATE_NOOP("WindowActions", "&Restart"), {Qt::CTRL | Qt::ALT | Qt::Key_R},
        QLatin1String("refresh"), Menu::Gateway);
    add("gateway.copyAddress", QT_TRANSLATE_NOOP("WindowActions", "&Copy address"), {}, QLatin1String("copy"),
        Menu::Gateway);
    add("help.shortcuts", QT_TRANSLATE_NOOP("WindowActions", "&Keyboard shortcuts"), {}, QLatin1String("keyboard"),
        Menu::Help);
    add("help.about", QT_TRANSLATE_NOOP("WindowActions", "&About Claimsmith"), {}, QLatin1String("info"), Menu::Help);
    return specs;
}

void fillMenuBar(QMenuBar& bar, const ActionRegistry& actions)
{
    using Menu = ActionSpec::Menu;
    const std::pair<Menu, QString> menus[] = {
        {Menu::File, QCoreApplication::translate("WindowActions", "&File")},
        {Menu::Edit, QCoreApplication::translate("WindowActions", "&Edit")},
        {Menu::View, QCoreApplication::translate("WindowActions", "&View")},
        {Menu::Request, QCoreApplication::translate("WindowActions", "&Request")},
        {Menu::Gateway, QCoreApplication::translate("WindowActions", "&Gateway")},
        {Menu::Tools, QCoreApplication::translate("WindowActions", "&Tools")},
        {Menu::Help, QCoreApplication::translate("WindowActions", "&Help")},
    };
    bar.clear();
    for (const auto& [place, title] : menus) {
        auto* menu = new QMenu(title, &bar);
        QString owner;
        bool first = true;
        for (const ActionSpec& spec : actions.specs()) {
            if (spec.menu != place)
                continue;
            const QString next = actions.ownerOf(spec.id);
            if (!first && next != owner)
                menu->addSeparator();
            owner = next;
            first = false;
            menu->addAction(actions.find(spec.id));
        }
        if (first) {
            delete menu;
            continue;
        }
        bar.addMenu(menu);
    }
}

} // namespace claimsmith::app

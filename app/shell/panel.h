// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/actionregistry.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <string>
#include <vector>

class QUndoStack;

namespace claimsmith::app {

struct AppContext;

/// A way into a panel from another one (Navigator, bridge/appcontext.h).
struct Link
{
    enum class Kind {
        Entity,    ///< a JSON pointer into kong.yml
        Token,     ///< an encoded token
        Recipe,    ///< a token recipe by name
        UseRecipe, ///< a recipe to authenticate the current request with
        Traffic,   ///< all exchanges
        Errors,    ///< failed exchanges
    };

    Kind kind;
    std::string target = {};
    bool send = false; ///< UseRecipe: send the request too
};

/// A page of the window: Requests, Tokens, Gateway, … Built on its first visit and kept, so that scroll, selection,
/// splitters and open tabs stay as they were left. Panels know each other only through Navigator (bridge/appcontext.h).
class Panel : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Puts the keyboard focus on the page's main object: URL, token text, tree.
    virtual void focusMain() { setFocus(); }

    /// The name of what is worked on, for the window's title: "basicAuth". Emit subjectChanged() with it.
    virtual QString subject() const { return {}; }

    /// Ctrl Enter: send, sign, apply.
    virtual void runPrimary() {}

    /// Ctrl F: the filter or finder of the pane with the focus.
    virtual void focusFilter() {}

    /// Esc with nothing else to close: cancel what runs. True when something was cancelled.
    virtual bool cancel() { return false; }

    /// Shows what another panel links to, of the kinds that the descriptor names; the page is shown by then.
    virtual void openLink(const Link& link) { Q_UNUSED(link) }

    /// Runs one of the descriptor's actions; the page is shown by then.
    virtual void runAction(const QString& id) { Q_UNUSED(id) }

    /// Ctrl B, and the folding at narrow windows.
    virtual void setSideVisible(bool visible) { Q_UNUSED(visible) }

    virtual bool isSideVisible() const { return true; }

    /// The document's history that Ctrl Z acts on, null when there is none. Emit undoStackChanged() with it.
    virtual QUndoStack* undoStack() const { return nullptr; }

signals:
    void subjectChanged();
    void undoStackChanged();
};

/// What the palette (Ctrl K) offers besides commands: a request, a token, an entity.
struct PaletteItem
{
    enum class Kind { Request, Token, Entity, Consumer, Traffic };

    Kind kind = Kind::Entity;
    QString title;
    QString detail = {}; ///< small text after the title
    QLatin1String icon = {};
    QString method = {};                   ///< in place of the icon
    std::function<void(Panel&)> open = {}; ///< called with the panel that offered the item, once it is shown
};

/// How the shell knows a panel: one line in app/panels/all.cpp.
struct PanelDescriptor
{
    QString id;    ///< "requests"; also the settings key
    QString title; ///< in the rail
    QLatin1String icon;
    /// Builds the page; owned by the window. Called once, when it is first shown.
    std::function<Panel*(AppContext&, ActionRegistry&)> create;
    /// Begins work that does not wait for the first visit, such as recording. Called once, when the window is made.
    std::function<void(AppContext&)> start = {};
    QList<ActionSpec> actions = {};
    /// The links that open this panel.
    std::vector<Link::Kind> opens = {};
    /// What the palette finds of this panel, computed when it opens; may be asked before create().
    std::function<QList<PaletteItem>(AppContext&)> paletteItems = {};
};

} // namespace claimsmith::app

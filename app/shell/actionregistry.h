// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

class QAction;
class QWidget;

namespace claimsmith::app {

/// A command as declared once. Menus, the palette, shortcuts, the settings page and tests find it by its id.
struct ActionSpec
{
    /// When the command can be run.
    enum class Scope {
        Window, ///< always; its panel is shown first
        Panel,  ///< while its panel is the current page
    };
    /// The menu that lists it.
    enum class Menu { None, File, Edit, View, Request, Gateway, Tools, Help };

    QString id;   ///< "requests.send"
    QString text; ///< "Send", with "…" when more input is needed
    QList<QKeySequence> shortcuts = {};
    QLatin1String icon = {};
    Menu menu = Menu::None;
    Scope scope = Scope::Panel;
    bool checkable = false;
};

/// The commands of the window as QActions. Owned by the main window; GUI thread only.
class ActionRegistry final : public QObject
{
    Q_OBJECT

public:
    /// `window` gets the actions, so that their shortcuts work in all of it.
    explicit ActionRegistry(QWidget* window);

    /// Makes the action of a spec. `owner` is the id of its panel, empty for the window's own.
    QAction* add(const ActionSpec& spec, const QString& owner = {});

    /// Null when there is no such action.
    QAction* find(const QString& id) const;

    /// In the order in which they were added.
    const QList<ActionSpec>& specs() const { return m_specs; }

    QString ownerOf(const QString& id) const { return m_entries.value(id).owner; }

    /// The keys in force; the spec has those from the start.
    QList<QKeySequence> shortcuts(const QString& id) const;
    void setShortcuts(const QString& id, const QList<QKeySequence>& shortcuts);
    bool hasOwnShortcuts(const QString& id) const;
    void restoreShortcuts(const QString& id);
    /// Another command that the keys run already where this one can be run too; empty when they are free.
    QString holderOf(const QKeySequence& keys, const QString& id) const;

    /// Says whether the command makes sense now. It can be run when this holds and its scope is active.
    void setEnabled(const QString& id, bool enabled);
    /// What setEnabled() said last, whichever panel is current.
    bool makesSense(const QString& id) const { return m_entries.value(id).enabled; }
    /// The panel whose commands of scope Panel can be run from now on.
    void setCurrentPanel(const QString& panel);

signals:
    void shortcutsChanged(const QString& id);

private:
    struct Entry
    {
        QAction* action = nullptr;
        ActionSpec::Scope scope = ActionSpec::Scope::Window;
        QString owner;
        bool enabled = true;
        QList<QKeySequence> defaults;
    };

    void refresh(const Entry& entry);

    QWidget* m_window;
    QString m_currentPanel;
    QList<ActionSpec> m_specs;
    QHash<QString, Entry> m_entries;
};

} // namespace claimsmith::app

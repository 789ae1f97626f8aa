// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/actionregistry.h"

#include "theme/icons.h"

#include <QAction>
#include <QWidget>

namespace claimsmith::app {

ActionRegistry::ActionRegistry(QWidget* window) : QObject(window), m_window(window) {}

QAction* ActionRegistry::add(const ActionSpec& spec, const QString& owner)
{
    Q_ASSERT(!m_entries.contains(spec.id));
    auto* action = new QAction(spec.text, this);
    action->setObjectName(spec.id);
    action->setShortcuts(spec.shortcuts);
    action->setCheckable(spec.checkable);
    if (!spec.icon.isEmpty())
        action->setIcon(themedIcon(spec.icon));
    m_window->addAction(action);
    m_specs.append(spec);
    const Entry entry{action, spec.scope, owner, true, spec.shortcuts};
    m_entries.insert(spec.id, entry);
    refresh(entry);
    return action;
}

QAction* ActionRegistry::find(const QString& id) const
{
    return m_entries.value(id).action;
}

QList<QKeySequence> ActionRegistry::shortcuts(const QString& id) const
{
    const QAction* action = find(id);
    return action ? action->shortcuts() : QList<QKeySequence>();
}

void ActionRegistry::setShortcuts(const QString& id, const QList<QKeySequence>& shortcuts)
{
    QAction* action = find(id);
    if (!action || action->shortcuts() == shortcuts)
        return;
    action->setShortcuts(shortcuts);
    emit shortcutsChanged(id);
}

bool ActionRegistry::hasOwnShortcuts(const QString& id) const
{
    return shortcuts(id) != m_entries.value(id).defaults;
}

void ActionRegistry::restoreShortcuts(const QString& id)
{
    setShortcuts(id, m_entries.value(id).defaults);
}

QString ActionRegistry::holderOf(const QKeySequence& keys, const QString& id) const
{
    const Entry mine = m_entries.value(id);
    const auto meets = [&mine](const Entry& other) {
        const bool bothOfPanels = mine.scope == ActionSpec::Scope::Panel && other.scope == ActionSpec::Scope::Panel;
        return !bothOfPanels || mine.owner == other.owner;
    };
    for (const ActionSpec& spec : m_specs)
        if (spec.id != id && meets(m_entries.value(spec.id)) && shortcuts(spec.id).contains(keys))
            return spec.id;
    return {};
}

void ActionRegistry::setEnabled(const QString& id, bool enabled)
{
    const auto entry = m_entries.find(id);
    if (entry == m_entries.end())
        return;
    entry->enabled = enabled;
    refresh(*entry);
}

void ActionRegistry::setCurrentPanel(const QString& panel)
{
    m_currentPanel = panel;
    for (const Entry& entry : std::as_const(m_entries))
        refresh(entry);
}

void ActionRegistry::refresh(const Entry& entry)
{
    const bool inScope = entry.scope == ActionSpec::Scope::Window || entry.owner == m_currentPanel;
    entry.action->setEnabled(entry.enabled && inScope);
}

} // namespace claimsmith::app

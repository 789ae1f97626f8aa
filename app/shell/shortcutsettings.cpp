// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/shortcutsettings.h"

#include "shell/actionregistry.h"

#include <QSettings>
#include <QStringList>

namespace claimsmith::app {
namespace {

QString keyOf(const QString& id)
{
    return QStringLiteral("keyboard/") + id;
}

} // namespace

void loadShortcuts(const QSettings& settings, ActionRegistry& actions)
{
    for (const ActionSpec& spec : actions.specs()) {
        const QVariant stored = settings.value(keyOf(spec.id));
        if (!stored.isValid())
            continue;
        QList<QKeySequence> keys;
        for (const QString& text : stored.toStringList())
            if (!text.isEmpty())
                keys.append(QKeySequence(text, QKeySequence::PortableText));
        actions.setShortcuts(spec.id, keys);
    }
}

void saveShortcuts(QSettings& settings, const ActionRegistry& actions)
{
    for (const ActionSpec& spec : actions.specs()) {
        if (!actions.hasOwnShortcuts(spec.id)) {
            settings.remove(keyOf(spec.id));
            continue;
        }
        QStringList texts;
        for (const QKeySequence& keys : actions.shortcuts(spec.id))
            texts.append(keys.toString(QKeySequence::PortableText));
        // An empty list is read back as no value at all.
        settings.setValue(keyOf(spec.id), texts.isEmpty() ? QStringList(QString()) : texts);
    }
}

} // namespace claimsmith::app

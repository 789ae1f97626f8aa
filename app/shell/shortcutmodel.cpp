// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/shortcutmodel.h"

#include "theme/fonts.h"
#include "theme/paint.h"
#include "theme/theme.h"

namespace claimsmith::app {

ShortcutModel::ShortcutModel(ActionRegistry& actions, QObject* parent) : QAbstractTableModel(parent), m_actions(actions)
{
    connect(&actions, &ActionRegistry::shortcutsChanged, this, [this](const QString& id) {
        for (int row = 0; row < rowCount(); ++row)
            if (m_actions.specs().at(row).id == id)
                emit dataChanged(index(row, 0), index(row, KeysColumn));
    });
}

QString ShortcutModel::nameOf(const QString& id) const
{
    for (const ActionSpec& spec : m_actions.specs())
        if (spec.id == id)
            return QString(spec.text).remove(QLatin1Char('&')).remove(QStringLiteral("…"));
    return {};
}

void ShortcutModel::take(const QString& id, const QKeySequence& keys)
{
    for (QString holder = m_actions.holderOf(keys, id); !holder.isEmpty(); holder = m_actions.holderOf(keys, id)) {
        QList<QKeySequence> left = m_actions.shortcuts(holder);
        left.removeAll(keys);
        m_actions.setShortcuts(holder, left);
    }
    m_actions.setShortcuts(id, keys.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{keys});
}

int ShortcutModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_actions.specs().size());
}

int ShortcutModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ShortcutModel::data(const QModelIndex& index, int role) const
{
    const QString id = idOf(index);
    const bool keys = index.column() == KeysColumn;
    switch (role) {
    case Qt::DisplayRole: {
        if (!keys)
            return nameOf(id);
        QStringList texts;
        for (const QKeySequence& sequence : m_actions.shortcuts(id))
            texts.append(keysText(sequence));
        return texts.join(QStringLiteral(", "));
    }
    case KeysRole:
    case Qt::EditRole:
        return keys ? QVariant::fromValue(m_actions.shortcuts(id).value(0)) : QVariant();
    case Qt::FontRole:
        if (keys)
            return textFont(TextStyle::Mono);
        return textFont(m_actions.hasOwnShortcuts(id) ? TextStyle::BodyStrong : TextStyle::Body);
    case Qt::ToolTipRole:
        return m_actions.hasOwnShortcuts(id) ? tr("Not the keys from the start") : QVariant();
    default:
        return {};
    }
}

bool ShortcutModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != KeysRole || index.column() != KeysColumn)
        return false;
    const QString id = idOf(index);
    const auto keys = value.value<QKeySequence>();
    const QString holder = keys.isEmpty() ? QString() : m_actions.holderOf(keys, id);
    if (holder.isEmpty())
        take(id, keys);
    else
        emit taken(id, keys, holder);
    return true;
}

QVariant ShortcutModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == CommandColumn ? tr("Command") : tr("Keys");
}

Qt::ItemFlags ShortcutModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return index.column() == KeysColumn ? flags | Qt::ItemIsEditable : flags;
}

} // namespace claimsmith::app

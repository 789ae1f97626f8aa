// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/keyvaluemodel.h"

#include <QStringList>

#include <algorithm>

namespace claimsmith::app {

KeyValueModel::KeyValueModel(QObject* parent) : QAbstractTableModel(parent) {}

void KeyValueModel::setRows(const std::vector<workspace::Row>& rows)
{
    if (rows == m_rows)
        return;
    if (rows.size() == m_rows.size()) { // keeps editors and the selection where they are
        m_rows = rows;
        emit dataChanged(index(automaticCount(), 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

void KeyValueModel::setAutomaticRows(std::vector<AutomaticRow> rows)
{
    if (rows == m_automatic)
        return;
    if (rows.size() == m_automatic.size()) {
        m_automatic = std::move(rows);
        emit dataChanged(index(0, 0), index(automaticCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_automatic = std::move(rows);
    endResetModel();
}

workspace::Row* KeyValueModel::userRow(int row)
{
    return isAutomatic(row) || row >= rowCount() || isEmptyRow(row)
               ? nullptr
               : &m_rows[static_cast<std::size_t>(row - automaticCount())];
}

const workspace::Row* KeyValueModel::userRow(int row) const
{
    return const_cast<KeyValueModel*>(this)->userRow(row);
}

void KeyValueModel::removeRowsAt(QList<int> rows)
{
    std::sort(rows.begin(), rows.end(), std::greater<>());
    bool removed = false;
    for (const int row : rows) {
        if (userRow(row) == nullptr)
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + (row - automaticCount()));
        endRemoveRows();
        removed = true;
    }
    if (removed)
        emit edited();
}

void KeyValueModel::moveRowBy(int row, int distance)
{
    const int target = row + distance;
    if (userRow(row) == nullptr || userRow(target) == nullptr || distance == 0)
        return;
    beginMoveRows({}, row, row, {}, distance > 0 ? target + 1 : target);
    workspace::Row moved = std::move(*userRow(row));
    const auto first = m_rows.begin();
    m_rows.erase(first + (row - automaticCount()));
    m_rows.insert(m_rows.begin() + (target - automaticCount()), std::move(moved));
    endMoveRows();
    emit edited();
}

std::vector<workspace::Row> KeyValueModel::parseText(const QString& text)
{
    std::vector<workspace::Row> rows;
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        QString rest = line.trimmed();
        if (rest.isEmpty())
            continue;
        workspace::Row row;
        if (rest.startsWith(QLatin1Char('#'))) {
            row.enabled = false;
            rest = rest.mid(1).trimmed();
        }
        const qsizetype colon = rest.indexOf(QLatin1Char(':'), 1);
        const qsizetype equals = rest.indexOf(QLatin1Char('='), 1);
        const qsizetype cut = colon < 0 ? equals : equals < 0 ? colon : std::min(colon, equals);
        row.name = (cut < 0 ? rest : rest.left(cut)).trimmed().toStdString();
        row.value = cut < 0 ? std::string() : rest.mid(cut + 1).trimmed().toStdString();
        rows.push_back(std::move(row));
    }
    return rows;
}

void KeyValueModel::insertText(int row, const QString& text)
{
    auto rows = parseText(text);
    if (rows.empty())
        return;
    const int at = std::clamp(row, automaticCount(), automaticCount() + static_cast<int>(m_rows.size()));
    beginInsertRows({}, at, at + static_cast<int>(rows.size()) - 1);
    m_rows.insert(m_rows.begin() + (at - automaticCount()), std::make_move_iterator(rows.begin()),
                  std::make_move_iterator(rows.end()));
    endInsertRows();
    emit edited();
}

QString KeyValueModel::textOf(const QList<int>& rows) const
{
    QStringList lines;
    for (const int row : rows) {
        if (const auto* each = userRow(row); each != nullptr)
            lines << QLatin1String(each->enabled ? "" : "# ") + QString::fromStdString(each->name) +
                         QLatin1String(": ") + QString::fromStdString(each->value);
        else if (isAutomatic(row))
            lines << m_automatic[static_cast<std::size_t>(row)].name + QLatin1String(": ") +
                         m_automatic[static_cast<std::size_t>(row)].value;
    }
    return lines.join(QLatin1Char('\n'));
}

int KeyValueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : automaticCount() + static_cast<int>(m_rows.size()) + 1;
}

int KeyValueModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant KeyValueModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const int row = index.row();
    if (role == AutomaticRole)
        return isAutomatic(row);
    if (isAutomatic(row)) {
        const AutomaticRow& automatic = m_automatic[static_cast<std::size_t>(row)];
        if (role == Qt::ToolTipRole)
            return automatic.origin;
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return index.column() == NameColumn    ? automatic.name
                   : index.column() == ValueColumn ? automatic.value
                                                   : QString();
        return {};
    }
    const workspace::Row* user = userRow(row);
    if (role == Qt::CheckStateRole && index.column() == EnabledColumn && user != nullptr)
        return user->enabled ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::AccessibleTextRole && index.column() == EnabledColumn)
        return user == nullptr ? tr("New row")
               : user->enabled ? tr("%1, sent").arg(QString::fromStdString(user->name))
                               : tr("%1, not sent").arg(QString::fromStdString(user->name));
    if (role != Qt::DisplayRole && role != Qt::EditRole && role != Qt::AccessibleTextRole)
        return {};
    if (user == nullptr)
        return index.column() == EnabledColumn ? QVariant() : QString();
    switch (index.column()) {
    case NameColumn:
        return QString::fromStdString(user->name);
    case ValueColumn:
        return QString::fromStdString(user->value);
    default:
        return {};
    }
}

bool KeyValueModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || isAutomatic(index.row()))
        return false;
    if (isEmptyRow(index.row())) {
        if (role != Qt::EditRole || value.toString().isEmpty() || index.column() == EnabledColumn)
            return false;
        // The row that is typed into stays the same one: a new empty row comes after it.
        beginInsertRows({}, index.row() + 1, index.row() + 1);
        m_rows.emplace_back();
        endInsertRows();
    }
    workspace::Row& row = *userRow(index.row());
    const workspace::Row before = row;
    if (role == Qt::CheckStateRole)
        row.enabled = value.toInt() == Qt::Checked;
    else if (role == Qt::EditRole)
        (index.column() == NameColumn ? row.name : row.value) = value.toString().toStdString();
    if (row == before)
        return true;
    emit dataChanged(index.siblingAtColumn(0), index.siblingAtColumn(ColumnCount - 1));
    emit edited();
    return true;
}

QVariant KeyValueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case ValueColumn:
        return tr("Value");
    default:
        return QString();
    }
}

Qt::ItemFlags KeyValueModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (isAutomatic(index.row()))
        return flags;
    if (index.column() != EnabledColumn)
        flags |= Qt::ItemIsEditable;
    else if (!isEmptyRow(index.row()))
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

} // namespace claimsmith::app

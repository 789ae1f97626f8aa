// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/claimmodel.h"

#include "document/json.h"

#include <algorithm>

namespace claimsmith::app {

namespace {

/// The content when the JSON text is a string.
std::optional<QString> stringOf(const QString& json)
{
    const auto value = document::parseJson(json.toStdString());
    if (!value || !value->asString())
        return std::nullopt;
    return QString::fromStdString(*value->asString());
}

bool isJson(const QString& text)
{
    return document::parseJson(text.toStdString()).hasValue();
}

} // namespace

QString claimActionText(ClaimAction action)
{
    switch (action) {
    case ClaimAction::Now:
        return ClaimModel::tr("now");
    case ClaimAction::InTenMinutes:
        return ClaimModel::tr("+10 min");
    case ClaimAction::InOneHour:
        break;
    }
    return ClaimModel::tr("+1 h");
}

bool operator==(const ClaimRow& a, const ClaimRow& b) noexcept
{
    return a.name == b.name && a.json == b.json && a.meaning.kind == b.meaning.kind &&
           a.meaning.text == b.meaning.text && a.meaning.details == b.meaning.details &&
           a.isReference == b.isReference && a.actions == b.actions;
}

QString displayedValue(const QString& json)
{
    return stringOf(json).value_or(json);
}

QString editableValue(const QString& json)
{
    const auto content = stringOf(json);
    return content && !isJson(*content) ? *content : json;
}

QString jsonFromTyped(const QString& text)
{
    const QString trimmed = text.trimmed();
    return isJson(trimmed) ? trimmed : QString::fromStdString(document::toJsonString(text.toStdString()));
}

void ClaimModel::setRows(std::vector<ClaimRow> rows)
{
    const bool sameClaims = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                       [](const ClaimRow& a, const ClaimRow& b) { return a.name == b.name; });
    if (!sameClaims) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
        auto& current = m_rows[static_cast<std::size_t>(row)];
        auto& next = rows[static_cast<std::size_t>(row)];
        if (current == next)
            continue;
        current = std::move(next);
        emit dataChanged(index(row, NameColumn), index(row, MeaningColumn));
    }
}

int ClaimModel::rowOf(const QString& name) const noexcept
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const ClaimRow& row) { return row.name == name; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int ClaimModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ClaimModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ClaimModel::textOf(const ClaimRow& row, int column) const
{
    switch (column) {
    case NameColumn:
        return row.name;
    case ValueColumn:
        return displayedValue(row.json);
    default:
        return row.meaning.text;
    }
}

QVariant ClaimModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ClaimRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, index.column());
    case Qt::EditRole:
        return index.column() == ValueColumn ? editableValue(row.json) : textOf(row, index.column());
    case Qt::ToolTipRole:
        if (index.column() == MeaningColumn && !row.meaning.details.isEmpty())
            return row.meaning.details;
        return textOf(row, index.column());
    case Qt::AccessibleTextRole:
        //: a claim's name, value and meaning
        return tr("%1: %2, %3").arg(row.name, displayedValue(row.json), row.meaning.text);
    case KindRole:
        return static_cast<int>(row.meaning.kind);
    case ReferenceRole:
        return row.isReference;
    default:
        return {};
    }
}

QVariant ClaimModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Claim");
    case ValueColumn:
        return tr("Value");
    case MeaningColumn:
        return tr("Meaning");
    default:
        return {};
    }
}

Qt::ItemFlags ClaimModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() != MeaningColumn)
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool ClaimModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable))
        return false;
    const QString text = value.toString();
    if (text == data(index, Qt::EditRole).toString())
        return true;
    if (index.column() == NameColumn)
        emit renamed(index.row(), text);
    else
        emit valueTyped(index.row(), text);
    return true;
}

} // namespace claimsmith::app

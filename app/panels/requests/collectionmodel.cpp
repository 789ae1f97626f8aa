// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/collectionmodel.h"

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr quintptr topLevel = 0; // a request's internal id is its folder's row + 1

} // namespace

CollectionModel::CollectionModel(QObject* parent) : QAbstractItemModel(parent) {}

std::vector<CollectionModel::FolderRow> CollectionModel::rowsOf(const std::vector<workspace::Folder>& folders)
{
    std::vector<FolderRow> rows;
    for (const auto& each : folders) {
        FolderRow row{each.id, QString::fromStdString(each.name), {}};
        for (const auto& request : each.requests)
            row.requests.push_back({request.id, QString::fromStdString(request.name),
                                    QString::fromStdString(request.method), QString::fromStdString(request.url)});
        rows.push_back(std::move(row));
        auto nested = rowsOf(each.folders); // shown beside their parent
        std::move(nested.begin(), nested.end(), std::back_inserter(rows));
    }
    return rows;
}

bool CollectionModel::isSameShape(const std::vector<FolderRow>& a, const std::vector<FolderRow>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const FolderRow& x, const FolderRow& y) {
        return x.id == y.id && std::equal(x.requests.begin(), x.requests.end(), y.requests.begin(), y.requests.end(),
                                          [](const auto& p, const auto& q) { return p.id == q.id; });
    });
}

void CollectionModel::setFolders(const std::vector<workspace::Folder>& folders)
{
    auto rows = rowsOf(folders);
    if (!isSameShape(rows, m_folders)) {
        beginResetModel();
        m_folders = std::move(rows);
        endResetModel();
        return;
    }
    m_folders = std::move(rows);
    if (m_folders.empty())
        return;
    emit dataChanged(index(0, 0), index(rowCount() - 1, 0));
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex parent = index(row, 0);
        if (const int count = rowCount(parent); count > 0)
            emit dataChanged(index(0, 0, parent), index(count - 1, 0, parent));
    }
}

QModelIndex CollectionModel::indexOf(const workspace::Id& id) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex parent = index(row, 0);
        const FolderRow& each = folder(parent);
        if (each.id == id)
            return parent;
        const auto found = std::find_if(each.requests.begin(), each.requests.end(),
                                        [&](const RequestRow& request) { return request.id == id; });
        if (found != each.requests.end())
            return index(static_cast<int>(found - each.requests.begin()), 0, parent);
    }
    return {};
}

const CollectionModel::RequestRow& CollectionModel::request(const QModelIndex& index) const
{
    return m_folders[index.internalId() - 1].requests[static_cast<std::size_t>(index.row())];
}

QModelIndex CollectionModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : topLevel);
}

QModelIndex CollectionModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == topLevel)
        return {};
    return createIndex(static_cast<int>(child.internalId() - 1), 0, topLevel);
}

int CollectionModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_folders.size());
    return isFolder(parent) && parent.column() == 0 ? static_cast<int>(folder(parent).requests.size()) : 0;
}

int CollectionModel::columnCount(const QModelIndex&) const
{
    return 1;
}

QVariant CollectionModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (isFolder(index)) {
        const FolderRow& row = folder(index);
        switch (role) {
        case Qt::DisplayRole:
        case Qt::EditRole:
            return row.name;
        case Qt::AccessibleTextRole:
            return tr("Folder %1, %n request(s)", nullptr, rowCount(index)).arg(row.name);
        case IdRole:
            return QString::fromStdString(row.id);
        case CountRole:
            return rowCount(index);
        case FilterRole:
            return row.name;
        default:
            return {};
        }
    }
    const RequestRow& row = request(index);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return row.name;
    case Qt::ToolTipRole:
        return row.url;
    case Qt::AccessibleTextRole:
        return row.method + QLatin1Char(' ') + row.name;
    case IdRole:
        return QString::fromStdString(row.id);
    case MethodRole:
        return row.method;
    case FilterRole:
        return row.method + QLatin1Char(' ') + row.name + QLatin1Char(' ') + row.url;
    default:
        return {};
    }
}

bool CollectionModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const QString name = value.toString().trimmed();
    if (!index.isValid() || role != Qt::EditRole || name.isEmpty())
        return false;
    emit renameRequested(index.data(IdRole).toString().toStdString(), name);
    return true;
}

Qt::ItemFlags CollectionModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable : Qt::NoItemFlags;
}

} // namespace claimsmith::app

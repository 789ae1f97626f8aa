// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/model.h"

#include <QAbstractItemModel>

#include <vector>

namespace claimsmith::app {

/// The folders of a workspace and their requests, two levels deep.
class CollectionModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        MethodRole, ///< empty for folders
        FilterRole, ///< what a filter looks at: method, name and URL
        CountRole,  ///< of requests in a folder
    };

    explicit CollectionModel(QObject* parent = nullptr);

    /// Shows other folders. While the same requests stand in the same places only their texts change, so that selection
    /// and opened folders stay.
    void setFolders(const std::vector<workspace::Folder>& folders);
    QModelIndex indexOf(const workspace::Id& id) const;
    static bool isFolder(const QModelIndex& index) { return index.isValid() && !index.parent().isValid(); }

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    /// The user typed another name; the model itself waits for setFolders().
    void renameRequested(const std::string& id, const QString& name);

private:
    struct RequestRow
    {
        workspace::Id id;
        QString name;
        QString method;
        QString url;
    };
    struct FolderRow
    {
        workspace::Id id;
        QString name;
        std::vector<RequestRow> requests;
    };

    static std::vector<FolderRow> rowsOf(const std::vector<workspace::Folder>& folders);
    static bool isSameShape(const std::vector<FolderRow>& a, const std::vector<FolderRow>& b);
    const FolderRow& folder(const QModelIndex& index) const { return m_folders[static_cast<std::size_t>(index.row())]; }
    const RequestRow& request(const QModelIndex& index) const;

    std::vector<FolderRow> m_folders;
};

} // namespace claimsmith::app

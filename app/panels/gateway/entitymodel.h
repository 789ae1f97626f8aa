// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/gateway/entitytree.h"

#include <QAbstractItemModel>

#include <memory>

namespace claimsmith::app {

/// The entity tree as a model. A new tree is taken in by the smallest changes, so that views keep what is open and
/// selected while somebody types.
class EntityModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        DetailRole = Qt::UserRole,
        IconRole,
        EnabledRole,
        SeverityRole, ///< int of ConfigProblem::Severity; invalid when there is nothing to say
        CountRole,    ///< invalid unless a heading
        HeadingRole,
        PointerRole,
        TypeRole,
        SearchRole,
    };

    explicit EntityModel(QObject* parent = nullptr);
    ~EntityModel() override;

    void setTree(std::vector<EntityNode> tree);

    /// The line of the entity at this pointer; invalid when there is none.
    QModelIndex indexOf(std::string_view pointer) const;
    /// Null for an invalid index. Its children are empty: the model has them.
    const EntityNode* nodeAt(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Item;
    Item* itemOf(const QModelIndex& index) const;
    static std::unique_ptr<Item> makeItem(EntityNode node, Item* parent);
    void merge(Item& item, const QModelIndex& index, std::vector<EntityNode> fresh);
    QModelIndex find(const QModelIndex& parent, std::string_view pointer) const;

    std::unique_ptr<Item> m_root;
};

} // namespace claimsmith::app

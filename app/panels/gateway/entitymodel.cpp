// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/entitymodel.h"

#include "panels/gateway/gatewaytr.h"
#include "text/schematext.h"

#include <algorithm>
#include <utility>

namespace claimsmith::app {

struct EntityModel::Item
{
    EntityNode node; ///< without children
    Item* parent = nullptr;
    std::vector<std::unique_ptr<Item>> children = {};

    int row() const
    {
        const auto& siblings = parent->children;
        return static_cast<int>(std::ranges::find(siblings, this, &std::unique_ptr<Item>::get) - siblings.begin());
    }
};

EntityModel::EntityModel(QObject* parent) : QAbstractItemModel(parent), m_root(std::make_unique<Item>()) {}

EntityModel::~EntityModel() = default;

void EntityModel::setTree(std::vector<EntityNode> tree)
{
    merge(*m_root, {}, std::move(tree));
}

std::unique_ptr<EntityModel::Item> EntityModel::makeItem(EntityNode node, Item* parent)
{
    std::vector<EntityNode> children = std::exchange(node.children, {});
    auto item = std::make_unique<Item>();
    item->node = std::move(node);
    item->parent = parent;
    for (EntityNode& child : children)
        item->children.push_back(makeItem(std::move(child), item.get()));
    return item;
}

/// Lines that kept their kind and name at both ends stay; what is between them is exchanged. As many lines as before
/// mean that at most their names changed.
void EntityModel::merge(Item& item, const QModelIndex& index, std::vector<EntityNode> fresh)
{
    auto& children = item.children;
    if (fresh.size() != children.size()) {
        const std::size_t shorter = std::min(fresh.size(), children.size());
        std::size_t head = 0;
        while (head < shorter && fresh[head].isSameLine(children[head]->node))
            ++head;
        std::size_t tail = 0;
        while (tail < shorter - head &&
               fresh[fresh.size() - 1 - tail].isSameLine(children[children.size() - 1 - tail]->node))
            ++tail;
        const auto at = [](std::size_t row) { return static_cast<int>(row); };
        if (children.size() > head + tail) {
            beginRemoveRows(index, at(head), at(children.size() - tail) - 1);
            children.erase(children.begin() + at(head), children.end() - at(tail));
            endRemoveRows();
        }
        if (fresh.size() > head + tail) {
            beginInsertRows(index, at(head), at(fresh.size() - tail) - 1);
            for (std::size_t row = head; row < fresh.size() - tail; ++row)
                children.insert(children.begin() + at(row), makeItem(fresh[row], &item));
            endInsertRows();
        }
    }
    for (std::size_t row = 0; row < fresh.size(); ++row) {
        Item& child = *children[row];
        const QModelIndex childIndex = createIndex(static_cast<int>(row), 0, &child);
        std::vector<EntityNode> grandchildren = std::exchange(fresh[row].children, {});
        child.node = std::move(fresh[row]);
        emit dataChanged(childIndex, childIndex);
        merge(child, childIndex, std::move(grandchildren));
    }
}

EntityModel::Item* EntityModel::itemOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Item*>(index.internalPointer()) : m_root.get();
}

const EntityNode* EntityModel::nodeAt(const QModelIndex& index) const
{
    return index.isValid() ? &itemOf(index)->node : nullptr;
}

QModelIndex EntityModel::find(const QModelIndex& parent, std::string_view pointer) const
{
    for (int row = 0; row < rowCount(parent); ++row) {
        const QModelIndex child = index(row, 0, parent);
        if (nodeAt(child)->pointer == pointer)
            return child;
        if (const QModelIndex below = find(child, pointer); below.isValid())
            return below;
    }
    return {};
}

QModelIndex EntityModel::indexOf(std::string_view pointer) const
{
    return pointer.empty() ? QModelIndex() : find({}, pointer);
}

QModelIndex EntityModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, itemOf(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex EntityModel::parent(const QModelIndex& child) const
{
    Item* parent = child.isValid() ? itemOf(child)->parent : nullptr;
    return !parent || parent == m_root.get() ? QModelIndex() : createIndex(parent->row(), 0, parent);
}

int EntityModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(itemOf(parent)->children.size());
}

int EntityModel::columnCount(const QModelIndex&) const
{
    return 1;
}

QVariant EntityModel::data(const QModelIndex& index, int role) const
{
    const EntityNode* node = nodeAt(index);
    if (!node)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return node->label;
    case Qt::ToolTipRole:
        return node->detail.isEmpty() ? node->label : node->label + QLatin1Char('\n') + node->detail;
    case Qt::AccessibleTextRole: {
        QStringList words{node->isHeading() ? node->label : kindName(node->type) + QLatin1Char(' ') + node->label};
        if (!node->detail.isEmpty())
            words.append(node->detail);
        if (node->count)
            words.append(QString::number(*node->count));
        if (!node->enabled)
            words.append(GatewayTr::tr("disabled"));
        if (node->severity)
            words.append(*node->severity == ConfigProblem::Severity::Error ? GatewayTr::tr("has an error")
                                                                           : GatewayTr::tr("has a warning"));
        return words.join(QStringLiteral(", "));
    }
    case DetailRole:
        return node->detail;
    case IconRole:
        return QString(node->icon);
    case EnabledRole:
        return node->enabled;
    case SeverityRole:
        return node->severity ? QVariant(static_cast<int>(*node->severity)) : QVariant();
    case CountRole:
        return node->count ? QVariant(static_cast<qulonglong>(*node->count)) : QVariant();
    case HeadingRole:
        return node->isHeading();
    case PointerRole:
        return QString::fromStdString(node->pointer);
    case TypeRole:
        return QString::fromStdString(node->type);
    case SearchRole:
        return node->searchText;
    default:
        return {};
    }
}

} // namespace claimsmith::app

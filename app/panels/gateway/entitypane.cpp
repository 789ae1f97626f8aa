// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/entitypane.h"

#include "panels/gateway/entitydelegate.h"
#include "panels/gateway/entitymodel.h"
#include "panels/gateway/menubutton.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/searchfield.h"

#include <QAction>
#include <QMenu>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

/// Rows are tinted over their whole width, branches included.
class EntityTree final : public QTreeView
{
protected:
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const QRect row(0, option.rect.top(), viewport()->width(), option.rect.height());
        if (selectionModel()->isSelected(index))
            painter->fillRect(row, color(isActiveWindow() ? Role::BgSelected : Role::BgSelectedInactive));
        else if (viewport()->underMouse() && row.contains(viewport()->mapFromGlobal(QCursor::pos())))
            painter->fillRect(row, color(Role::BgHover));
        QTreeView::drawRow(painter, option, index);
    }
};

} // namespace

EntityPane::EntityPane(QWidget* parent)
    : Pane(Role::BgPanel, {}, parent), m_model(new EntityModel(this)), m_proxy(new QSortFilterProxyModel(this)),
      m_search(new SearchField(tr("Search entities, tags or fields"))), m_tree(new EntityTree),
      m_add(new IconButton(QLatin1String("plus"), tr("Add an entity"))), m_addMenu(new QMenu(this)),
      m_moreMenu(new QMenu(this))
{
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterRole(EntityModel::SearchRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setRecursiveFilteringEnabled(true);
    m_proxy->setAutoAcceptChildRows(true);

    m_tree->setModel(m_proxy);
    m_tree->setItemDelegate(new EntityDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setIndentation(metrics::indent);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setObjectName(QStringLiteral("entities"));
    m_tree->setAccessibleName(tr("Entities of kong.yml"));
    setFillRole(m_tree, Role::BgPanel);
    m_search->setObjectName(QStringLiteral("entitySearch"));
    m_search->setAccessibleName(tr("Search entities, tags or fields"));

    auto* header = new PanelHeader(tr("Gateway"));
    auto* more = new IconButton(QLatin1String("more"), tr("More about entities"));
    header->addAction(m_add);
    header->addAction(more);
    m_add->setObjectName(QStringLiteral("addEntity"));
    openMenuOnClick(m_add, m_addMenu);
    openMenuOnClick(more, m_moreMenu);

    auto* searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(8, 0, 8, 8);
    searchRow->addWidget(m_search);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addLayout(searchRow);
    layout->addWidget(m_tree, 1);

    addTreeAction(tr("Rename"), QKeySequence(Qt::Key_F2), &EntityPane::renameRequested);
    addTreeAction(tr("Duplicate"), QKeySequence(Qt::CTRL | Qt::Key_D), &EntityPane::duplicateRequested);
    addTreeAction(tr("Enable or disable"), QKeySequence(Qt::Key_Space), &EntityPane::toggleRequested);
    addTreeAction(tr("Delete"), QKeySequence(QKeySequence::Delete), &EntityPane::deleteRequested);
    m_moreMenu->addSeparator();
    m_moreMenu->addAction(tr("Open all"), m_tree, &QTreeView::expandAll);
    m_moreMenu->addAction(tr("Close all"), m_tree, &QTreeView::collapseAll);

    connect(m_tree, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { m_moreMenu->exec(m_tree->viewport()->mapToGlobal(at)); });
    connect(m_addMenu, &QMenu::aboutToShow, this, &EntityPane::addMenuAboutToShow);
    connect(m_search, &QLineEdit::textChanged, this, &EntityPane::filter);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        if (!m_selecting)
            emit currentChanged();
    });
}

void EntityPane::addTreeAction(const QString& text, const QKeySequence& keys, void (EntityPane::*signal)())
{
    auto* action = new QAction(text, m_tree);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut); // Delete in a field must delete a letter
    m_tree->addAction(action);
    m_moreMenu->addAction(action);
    connect(action, &QAction::triggered, this, signal);
}

void EntityPane::setConfig(const ConfigAnalysis& config)
{
    const std::string pointer = current();
    m_selecting = true;
    m_model->setTree(buildEntityTree(config));
    m_selecting = false;
    // A line that was exchanged for another keeps its place in the document.
    if (!pointer.empty() && current() != pointer)
        select(pointer);
    if (m_first && !config.outline.entities().empty()) {
        m_first = false;
        m_tree->expandToDepth(0);
        for (int row = 0; row < m_proxy->rowCount(); ++row) {
            if (m_proxy->index(row, 0).data(EntityModel::TypeRole).toString() != QLatin1String("plugins"))
                m_tree->expandRecursively(m_proxy->index(row, 0), 2);
        }
    }
}

bool EntityPane::select(const std::string& pointer)
{
    QModelIndex index = m_proxy->mapFromSource(m_model->indexOf(pointer));
    if (!index.isValid() && !m_search->text().isEmpty() && m_model->indexOf(pointer).isValid()) {
        m_search->clear();
        index = m_proxy->mapFromSource(m_model->indexOf(pointer));
    }
    if (!index.isValid())
        return false;
    m_selecting = true;
    m_tree->setCurrentIndex(index);
    m_selecting = false;
    m_tree->scrollTo(index);
    return true;
}

std::string EntityPane::current() const
{
    const EntityNode* node = m_model->nodeAt(m_proxy->mapToSource(m_tree->currentIndex()));
    return node ? node->pointer : std::string();
}

std::string EntityPane::currentType() const
{
    const EntityNode* node = m_model->nodeAt(m_proxy->mapToSource(m_tree->currentIndex()));
    return node ? node->type : std::string();
}

void EntityPane::setReadOnly(bool readOnly)
{
    m_add->setEnabled(!readOnly);
    for (QAction* action : m_tree->actions())
        action->setEnabled(!readOnly);
}

void EntityPane::filter(const QString& text)
{
    m_proxy->setFilterFixedString(text);
    if (!text.isEmpty())
        m_tree->expandAll();
    if (const QModelIndex current = m_tree->currentIndex(); current.isValid())
        m_tree->scrollTo(current);
}

} // namespace claimsmith::app

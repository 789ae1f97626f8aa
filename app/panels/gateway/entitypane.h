// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configanalysis.h"
#include "widgets/panels.h"

#include <string>

class QMenu;
class QSortFilterProxyModel;
class QTreeView;

namespace claimsmith::app {

class EntityModel;
class IconButton;
class SearchField;

/// The side of the Gateway panel: what kong.yml holds, as a tree with a search.
class EntityPane final : public Pane
{
    Q_OBJECT

public:
    explicit EntityPane(QWidget* parent = nullptr);

    void setConfig(const ConfigAnalysis& config);
    /// Makes the entity current and opens its parents; false when the tree does not have it.
    bool select(const std::string& pointer);
    /// Of the current entity; empty on a heading.
    std::string current() const;
    /// The kind of the current line: of the entity, or of what stands below the heading.
    std::string currentType() const;
    void setReadOnly(bool readOnly);

    QTreeView* tree() const noexcept { return m_tree; }
    SearchField* search() const noexcept { return m_search; }
    /// What the plus button opens.
    QMenu* addMenu() const noexcept { return m_addMenu; }

signals:
    /// Another line is current, by the user's hand.
    void currentChanged();
    void addMenuAboutToShow();
    void deleteRequested();
    void duplicateRequested();
    void renameRequested();
    void toggleRequested();

private:
    void addTreeAction(const QString& text, const QKeySequence& keys, void (EntityPane::*signal)());
    void filter(const QString& text);

    EntityModel* m_model;
    QSortFilterProxyModel* m_proxy;
    SearchField* m_search;
    QTreeView* m_tree;
    IconButton* m_add;
    QMenu* m_addMenu;
    QMenu* m_moreMenu;
    bool m_selecting = false;
    bool m_first = true;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/paint.h"

#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>

#include <optional>
#include <vector>

namespace claimsmith::app {

/// A row of two lines: a dot or an icon, a name above a quiet line, a chip at the right.
struct SideRow
{
    QString id;
    QString title;
    QString subtitle;
    std::optional<Tone> dot; ///< in place of the icon
    QLatin1String icon = {};
    QString chip = {};

    friend bool operator==(const SideRow&, const SideRow&) = default;
};

class SideListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum ItemRole { IdRole = Qt::UserRole };

    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<SideRow> rows);
    const std::vector<SideRow>& rows() const noexcept { return m_rows; }
    int rowOf(const QString& id) const noexcept;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

signals:
    void renamed(const QString& id, const QString& title);

private:
    std::vector<SideRow> m_rows;
};

/// A list of such rows that can be filtered; rows are renamed with F2.
class SideList final : public QListView
{
    Q_OBJECT

public:
    explicit SideList(QWidget* parent = nullptr);

    SideListModel& rows() const noexcept { return m_model; }
    /// Replaces the rows; the current one stays current by its id.
    void setRows(std::vector<SideRow> rows);
    void setCurrentId(const QString& id);
    QString currentId() const;
    void setFilter(const QString& text);
    /// Rows as cards with a gap between them, for few and weighty choices.
    void setCards();

signals:
    /// A person chose a row.
    void chosen(const QString& id);
    void removeRequested(const QString& id);
    void duplicateRequested(const QString& id);
    void menuRequested(const QString& id, const QPoint& globalPosition);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void applyFilter();

    SideListModel& m_model;
    QString m_filter;
    bool m_silent = false;
};

} // namespace claimsmith::app

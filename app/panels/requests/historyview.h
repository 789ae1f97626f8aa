// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "platform/historystore.h"

#include <QAbstractListModel>
#include <QListView>

namespace claimsmith::app {

/// What was sent, newest first, as far as it passes a filter.
class HistoryModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { MethodRole = Qt::UserRole + 1, PathRole, StatusRole, AgeRole };

    HistoryModel(const HistoryStore& store, const Clock& clock, QObject* parent = nullptr);

    void setFilter(const QString& words);
    const HistoryEntry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    /// Ages grow.
    void refreshAges();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    void reload();

    const HistoryStore& m_store;
    const Clock& m_clock;
    QString m_filter;
    std::vector<HistoryEntry> m_entries;
};

/// Method, path, status, age. A click opens the request that was sent.
class HistoryView final : public QListView
{
    Q_OBJECT

public:
    explicit HistoryView(HistoryModel& model, QWidget* parent = nullptr);

signals:
    void entryChosen(const claimsmith::app::HistoryEntry& entry);
};

} // namespace claimsmith::app

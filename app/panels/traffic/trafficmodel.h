// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchangesummary.h"

#include <QAbstractTableModel>
#include <QString>

#include <deque>
#include <memory>
#include <vector>

namespace claimsmith::app {

/// Which exchanges are shown: every word of the text occurs in one of their columns, and the kind fits.
struct TrafficFilter
{
    enum class Kind { All, Errors, Refused };

    Kind kind = Kind::All;
    QString text;

    bool accepts(const gateway::ExchangeSummary& exchange) const;

    bool isEmpty() const { return kind == Kind::All && text.trimmed().isEmpty(); }

    friend bool operator==(const TrafficFilter&, const TrafficFilter&) = default;
};

/// What passed the gateway, newest first: the last `capacity` exchanges. Filters by itself, so that a burst costs one
/// insertion.
class TrafficModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Method, Route, Path, Consumer, Status, Latency, Plugins, Size, ColumnCount };

    static constexpr std::size_t capacity = 10'000;

    using QAbstractTableModel::QAbstractTableModel;

    /// Takes a batch, oldest first. Nothing while paused.
    void add(const std::vector<gateway::ExchangeSummary>& exchanges);
    void clear();

    void setPaused(bool paused) { m_paused = paused; }

    void setFilter(const TrafficFilter& filter);

    const TrafficFilter& filter() const { return m_filter; }

    /// Kept, shown or not.
    std::size_t size() const { return m_all.size(); }

    const gateway::ExchangeSummary& exchange(int row) const { return *m_shown.at(static_cast<std::size_t>(row)); }

    /// The duration that fills a latency bar: 120 ms, or the longest shown when that is more.
    std::chrono::microseconds fullScale() const { return m_fullScale; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void countChanged();

private:
    using Entry = std::shared_ptr<const gateway::ExchangeSummary>;
    void trim();
    void measure(const Entry& entry);

    std::deque<Entry> m_all;
    std::deque<Entry> m_shown;
    TrafficFilter m_filter;
    std::chrono::microseconds m_fullScale{120'000};
    bool m_paused = false;
};

} // namespace claimsmith::app

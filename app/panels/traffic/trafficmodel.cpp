// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/traffic/trafficmodel.h"

#include "text/quantities.h"

#include <algorithm>

namespace claimsmith::app {
namespace {

constexpr std::chrono::microseconds leastFullScale{120'000};
constexpr int firstErrorStatus = 500;

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

bool isRefusal(int status)
{
    return status == 401 || status == 403;
}

} // namespace

bool TrafficFilter::accepts(const gateway::ExchangeSummary& exchange) const
{
    if (kind == Kind::Errors && exchange.status < firstErrorStatus && !isRefusal(exchange.status) &&
        exchange.status != 429)
        return false;
    if (kind == Kind::Refused && !isRefusal(exchange.status))
        return false;
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty())
        return true;
    const QString all =
        QStringList{QString::fromStdString(exchange.method),     QString::fromStdString(exchange.route),
                    QString::fromStdString(exchange.service),    QString::fromStdString(exchange.path),
                    QString::fromStdString(exchange.consumer),   QString::number(exchange.status),
                    QString::fromStdString(exchange.answeredBy), QString::fromStdString(exchange.message)}
            .join(QLatin1Char('\n'));
    return std::all_of(words.begin(), words.end(),
                       [&all](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

void TrafficModel::add(const std::vector<gateway::ExchangeSummary>& exchanges)
{
    if (m_paused || exchanges.empty())
        return;
    const std::size_t from = exchanges.size() > capacity ? exchanges.size() - capacity : 0;
    std::vector<Entry> fitting;
    for (std::size_t index = from; index < exchanges.size(); ++index) {
        m_all.push_front(std::make_shared<gateway::ExchangeSummary>(exchanges[index]));
        if (m_filter.accepts(*m_all.front()))
            fitting.push_back(m_all.front());
    }
    if (!fitting.empty()) {
        beginInsertRows({}, 0, static_cast<int>(fitting.size()) - 1);
        for (const Entry& entry : fitting) {
            m_shown.push_front(entry);
            measure(entry);
        }
        endInsertRows();
    }
    trim();
    emit countChanged();
}

/// The oldest go, from both lists.
void TrafficModel::trim()
{
    while (m_all.size() > capacity)
        m_all.pop_back();
    if (m_shown.size() <= capacity)
        return;
    beginRemoveRows({}, static_cast<int>(capacity), static_cast<int>(m_shown.size()) - 1);
    m_shown.resize(capacity);
    endRemoveRows();
}

void TrafficModel::measure(const Entry& entry)
{
    m_fullScale = std::max(m_fullScale, entry->duration);
}

void TrafficModel::clear()
{
    beginResetModel();
    m_all.clear();
    m_shown.clear();
    m_fullScale = leastFullScale;
    endResetModel();
    emit countChanged();
}

void TrafficModel::setFilter(const TrafficFilter& filter)
{
    if (m_filter == filter)
        return;
    beginResetModel();
    m_filter = filter;
    m_shown.clear();
    m_fullScale = leastFullScale;
    for (const Entry& entry : m_all) {
        if (!m_filter.accepts(*entry))
            continue;
        m_shown.push_back(entry);
        measure(entry);
    }
    endResetModel();
    emit countChanged();
}

int TrafficModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int TrafficModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TrafficModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const gateway::ExchangeSummary& one = exchange(index.row());
    if (role == Qt::AccessibleTextRole)
        return tr("%1 %2, %3, %4")
            .arg(text(one.method), text(one.path), QString::number(one.status), durationText(one.duration));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case Time:
        return clockText(one.time);
    case Method:
        return text(one.method);
    case Route:
        return one.route.empty() ? tr("none", "route") : text(one.route);
    case Path:
        return text(one.path);
    case Consumer:
        return one.consumer.empty() ? tr("none", "consumer") : text(one.consumer);
    case Status:
        return one.status == 0 ? tr("gone") : QString::number(one.status);
    case Latency:
        return durationText(one.duration);
    case Plugins:
        return text(one.message.empty() && !one.answeredBy.empty() ? one.answeredBy : one.message);
    case Size:
        return sizeText(one.responseBytes);
    default:
        return {};
    }
}

QVariant TrafficModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(section == Size ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Method:
        return tr("Method");
    case Route:
        return tr("Route");
    case Path:
        return tr("Path");
    case Consumer:
        return tr("Consumer");
    case Status:
        return tr("Status");
    case Latency:
        return tr("Latency");
    case Plugins:
        return tr("Plugins");
    case Size:
        return tr("Size");
    default:
        return {};
    }
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/enginestate.h"

#include "base/random.h"

#include <utility>

namespace claimsmith::gateway {

void SnapshotSlot::set(std::shared_ptr<const Snapshot> snapshot)
{
    const std::lock_guard lock(m_mutex);
    m_snapshot.swap(snapshot);
    m_version.fetch_add(1, std::memory_order_release);
}

std::shared_ptr<const Snapshot> SnapshotSlot::get() const
{
    const std::lock_guard lock(m_mutex);
    return m_snapshot;
}

const std::shared_ptr<const Snapshot>& SnapshotReader::get()
{
    const std::uint64_t version = m_slot.version();
    if (version != m_version) {
        // The second control block is what requests count references on: threads would fight for the first one's cache
        // line.
        const auto shared = std::make_shared<std::shared_ptr<const Snapshot>>(m_slot.get());
        m_snapshot = std::shared_ptr<const Snapshot>(shared, shared->get());
        m_version = version;
    }
    return m_snapshot;
}

bool SummaryQueue::hasRoom()
{
    const std::lock_guard lock(m_mutex);
    if (m_waiting.size() < m_capacity)
        return true;
    ++m_missed;
    return false;
}

void SummaryQueue::add(ExchangeSummary summary)
{
    const std::lock_guard lock(m_mutex);
    m_waiting.push_back(std::move(summary));
}

std::size_t SummaryQueue::drain(std::vector<ExchangeSummary>& into)
{
    std::vector<ExchangeSummary> taken;
    std::size_t missed = 0;
    {
        const std::lock_guard lock(m_mutex);
        taken.swap(m_waiting);
        missed = std::exchange(m_missed, 0);
    }
    into.insert(into.end(), std::make_move_iterator(taken.begin()), std::make_move_iterator(taken.end()));
    return missed;
}

void TraceStore::add(std::shared_ptr<const Trace> trace)
{
    const std::lock_guard lock(m_mutex);
    if (m_capacity == 0)
        return;
    if (m_order.size() == m_capacity) {
        m_traces.erase(m_order.front());
        m_order.pop_front();
    }
    m_order.push_back(trace->requestId);
    m_traces.insert_or_assign(trace->requestId, std::move(trace));
}

std::shared_ptr<const Trace> TraceStore::find(std::string_view requestId) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_traces.find(requestId);
    return found == m_traces.end() ? nullptr : found->second;
}

EngineState::EngineState(const EngineOptions& options, std::shared_ptr<const Snapshot> initial)
    : clock(*options.clock), settings(options.settings), standIns(options.standIns), traceNonce(randomAlphanumeric(32)),
      snapshot(std::move(initial)), traces(options.traces)
{
    for (const StandIn& standIn : standIns)
        shared.outgoing.standIn(standIn.authority, standIn.endpoint);
}

} // namespace claimsmith::gateway

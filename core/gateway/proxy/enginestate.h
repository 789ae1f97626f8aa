// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "crypto/certificate.h"
#include "gateway/balancer/balancers.h"
#include "gateway/engine.h"
#include "gateway/exchangesummary.h"
#include "gateway/sharedstate.h"
#include "gateway/trace.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::gateway {

/// Where the configuration in force is found. One writer at a time, any number of readers.
class SnapshotSlot final
{
public:
    explicit SnapshotSlot(std::shared_ptr<const Snapshot> snapshot) : m_snapshot(std::move(snapshot)) {}

    void set(std::shared_ptr<const Snapshot> snapshot);
    std::shared_ptr<const Snapshot> get() const;
    /// Changes with every set().
    std::uint64_t version() const noexcept { return m_version.load(std::memory_order_acquire); }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::atomic<std::uint64_t> m_version{1};
};

/// One thread's view of a SnapshotSlot: no lock and no shared reference count while the configuration stays the same.
class SnapshotReader final
{
public:
    explicit SnapshotReader(const SnapshotSlot& slot) noexcept : m_slot(slot) {}

    const std::shared_ptr<const Snapshot>& get();

private:
    const SnapshotSlot& m_slot;
    std::uint64_t m_version = 0;
    std::shared_ptr<const Snapshot> m_snapshot; ///< with a reference count of this thread's own
};

/// Summaries of one worker on their way to whoever drains them. The worker adds, one other thread takes.
class SummaryQueue final
{
public:
    explicit SummaryQueue(std::size_t capacity) : m_capacity(capacity) {}

    bool isWanted() const noexcept { return m_capacity > 0; }
    /// Whether add() would keep it now; else counts one as missed. Saves making summaries for nobody.
    bool hasRoom();
    void add(ExchangeSummary summary);
    std::size_t drain(std::vector<ExchangeSummary>& into);

private:
    std::size_t m_capacity;
    std::mutex m_mutex;
    std::vector<ExchangeSummary> m_waiting;
    std::size_t m_missed = 0;
};

/// What one worker counts; on a cache line of its own, read by others without locks.
struct alignas(64) WorkerCounters
{
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> errors{0};
};

/// The last traces by request id. Any thread.
class TraceStore final
{
public:
    explicit TraceStore(std::size_t capacity) : m_capacity(capacity) {}

    void add(std::shared_ptr<const Trace> trace);
    std::shared_ptr<const Trace> find(std::string_view requestId) const;

private:
    std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::deque<std::string> m_order;
    std::map<std::string, std::shared_ptr<const Trace>, std::less<>> m_traces;
};

/// What the threads of an engine share.
struct EngineState
{
    EngineState(const EngineOptions& options, std::shared_ptr<const Snapshot> initial);

    const Clock& clock;
    const Settings settings;
    const std::vector<StandIn> standIns;
    const std::string traceNonce;
    SnapshotSlot snapshot;
    TraceStore traces;
    SharedState shared;
    /// Shown where neither the configuration nor the settings have a certificate for a name. Set before the first
    /// thread starts.
    std::optional<crypto::TlsIdentity> ownIdentity;
    Balancers balancers;
};

} // namespace claimsmith::gateway

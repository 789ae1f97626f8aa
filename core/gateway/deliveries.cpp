// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/deliveries.h"

#include "base/log.h"

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <exception>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace claimsmith::gateway {
namespace {

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;

/// Kong sends at once when there is less than this to wait for.
constexpr std::chrono::milliseconds leastCoalescing{50};

/// What is sent together, until it has arrived or is lost.
struct Batch
{
    Bytes body = {};
    std::size_t entries = 0;
    Time begin;
    Time due; ///< of the next try
    int retries = 0;
    bool isSending = false;
};

/// Entries of one queue. A batch's entries wait no longer.
struct Queue
{
    std::shared_ptr<const Destination> destination; ///< the newest
    std::deque<std::string> waiting;
    std::size_t waitingBytes = 0;
    Time since; ///< when the first of `waiting` could have been sent
    std::list<Batch> batches;
    std::size_t batchBytes = 0;
    std::size_t dropped = 0; ///< since a batch was made

    const QueueRules& rules() const noexcept { return destination->rules; }
    bool isEmpty() const noexcept { return waiting.empty() && batches.empty(); }
    /// How many batches may be under way.
    std::size_t limit() const noexcept { return rules().isConcurrent ? rules().maximumEntries : 1; }
    std::size_t batchSize() const noexcept { return rules().isConcurrent ? 1 : rules().maximumBatch; }
    bool mayBegin() const noexcept
    {
        const bool hasRoom = batches.empty() || batchBytes < rules().maximumBytes;
        return !waiting.empty() && batches.size() < limit() && hasRoom;
    }

    /// When the entries that wait go, full batch or not.
    Time ripe() const noexcept
    {
        const bool goesAtOnce = waiting.size() >= batchSize() || rules().coalescing < leastCoalescing;
        return goesAtOnce ? since : since + rules().coalescing;
    }

    std::string takeEntry()
    {
        std::string entry = std::move(waiting.front());
        waiting.pop_front();
        waitingBytes -= entry.size();
        return entry;
    }
};

void tell(LogLevel level, const Queue& queue, const std::string& message)
{
    claimsmith::log(level, "gateway", queue.destination->name + ": " + message);
}

std::string entriesText(std::size_t count)
{
    return std::to_string(count) + (count == 1 ? " entry" : " entries");
}

/// Makes room for one more. Tells of it once, until a batch is made.
void dropOldest(Queue& queue, std::size_t bytes)
{
    const QueueRules& rules = queue.rules();
    while (!queue.waiting.empty() &&
           (queue.waiting.size() >= rules.maximumEntries || queue.waitingBytes + bytes > rules.maximumBytes)) {
        queue.takeEntry();
        if (queue.dropped++ == 0)
            tell(LogLevel::Error, queue, "the queue is full, the oldest entries are dropped");
    }
}

Batch takeBatch(Queue& queue, Time now)
{
    Batch batch{.begin = now, .due = now};
    const bool isList = queue.destination->sendsLists;
    const std::size_t count = std::min(queue.batchSize(), queue.waiting.size());
    if (isList)
        batch.body += '[';
    for (; batch.entries < count; ++batch.entries) {
        if (batch.entries > 0)
            batch.body += ',';
        batch.body += queue.takeEntry();
    }
    if (isList)
        batch.body += ']';
    if (const std::size_t dropped = std::exchange(queue.dropped, 0); dropped > 0)
        tell(LogLevel::Info, queue, "the queue goes on; " + entriesText(dropped) + " were dropped");
    queue.since = now;
    queue.batchBytes += batch.body.size();
    return batch;
}

/// What is wrong with an answer; nothing when the server has taken the batch.
std::optional<std::string> problemWith(const Result<http::ClientResponse>& result)
{
    if (!result)
        return result.error().detail;
    if (const int status = result->head.status; status >= 300)
        return "the server answered " + std::to_string(status);
    return std::nullopt;
}

QueueRules::Duration retryDelay(const QueueRules& rules, int retries)
{
    const auto delay = std::chrono::duration<double>(rules.firstRetry) * std::exp2(retries);
    return std::chrono::duration_cast<QueueRules::Duration>(
        std::min(delay, std::chrono::duration<double>(rules.maximumRetry)));
}

} // namespace

class Deliveries::Private
{
public:
    ~Private();
    void add(std::shared_ptr<const Destination> destination, std::string entry);

private:
    void run();
    std::optional<Time> advance(Queue& queue, Time now);
    void send(Queue& queue, std::list<Batch>::iterator batch);
    void finish(Queue& queue, std::list<Batch>::iterator batch, const Result<http::ClientResponse>& result);
    void giveUp();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::map<std::string, Queue, std::less<>> m_queues; ///< this and the next two are guarded by m_mutex
    std::optional<Time> m_end;                          ///< set when the engine stops: when to give up
    bool m_isOver = false;
    std::unique_ptr<http::Client> m_client; ///< both are there from the first entry on
    std::thread m_thread;
};

Deliveries::Private::~Private()
{
    {
        const std::lock_guard lock(m_mutex);
        m_end = Clock::now() + shutdownGrace;
        for (auto& [name, queue] : m_queues)
            for (Batch& batch : queue.batches)
                batch.due = Clock::now(); // a last try, whatever the delay would be
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
    m_client.reset(); // its callbacks end before the queues do
}

void Deliveries::Private::add(std::shared_ptr<const Destination> destination, std::string entry)
{
    bool isDue = false;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_client) {
            m_client = std::make_unique<http::Client>();
            m_thread = std::thread([this] {
                try {
                    run();
                } catch (const std::exception& error) {
                    claimsmith::log(LogLevel::Error, "gateway", std::string("log deliveries end: ") + error.what());
                }
            });
        }
        Queue& queue = m_queues[destination->queue];
        queue.destination = std::move(destination);
        if (entry.size() > queue.rules().maximumBytes) {
            tell(LogLevel::Error, queue, "an entry is larger than the queue may be, and dropped");
            return;
        }
        dropOldest(queue, entry.size());
        if (queue.waiting.empty())
            queue.since = Clock::now();
        queue.waitingBytes += entry.size();
        queue.waiting.push_back(std::move(entry));
        isDue = queue.mayBegin() && (queue.waiting.size() == 1 || queue.waiting.size() >= queue.batchSize());
    }
    if (isDue)
        m_wake.notify_one();
}

void Deliveries::Private::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        const Time now = Clock::now();
        std::optional<Time> next = m_end;
        for (auto each = m_queues.begin(); each != m_queues.end();) {
            const auto due = advance(each->second, now);
            if (due && (!next || *due < *next))
                next = due;
            each = each->second.isEmpty() ? m_queues.erase(each) : std::next(each);
        }
        if (m_end && (m_queues.empty() || now >= *m_end))
            break;
        if (next)
            m_wake.wait_until(lock, *next);
        else
            m_wake.wait(lock);
    }
    giveUp();
}

/// Makes and sends what is due; tells when to look again, unless an answer or an entry comes before.
std::optional<Time> Deliveries::Private::advance(Queue& queue, Time now)
{
    while (queue.mayBegin() && (m_end || queue.ripe() <= now))
        queue.batches.push_back(takeBatch(queue, now));
    std::optional<Time> next;
    if (queue.mayBegin())
        next = queue.ripe();
    for (auto batch = queue.batches.begin(); batch != queue.batches.end(); ++batch) {
        if (batch->isSending)
            continue;
        if (batch->due <= now)
            send(queue, batch);
        else if (!next || batch->due < *next)
            next = batch->due;
    }
    return next;
}

void Deliveries::Private::send(Queue& queue, std::list<Batch>::iterator batch)
{
    batch->isSending = true;
    http::ClientRequest request = queue.destination->request;
    request.body = batch->body;
    http::ClientCallbacks callbacks;
    callbacks.done = [this, &queue, batch](const Result<http::ClientResponse>& result) {
        const std::lock_guard lock(m_mutex);
        if (!m_isOver)
            finish(queue, batch, result);
    };
    m_client->send(std::move(request), std::move(callbacks));
}

void Deliveries::Private::finish(Queue& queue, std::list<Batch>::iterator batch,
                                 const Result<http::ClientResponse>& result)
{
    const Time now = Clock::now();
    const auto problem = problemWith(result);
    const bool isLost = problem && now - batch->begin > queue.rules().retryTime;
    if (isLost)
        tell(LogLevel::Error, queue, *problem + "; no further retries, " + entriesText(batch->entries) + " lost");
    else if (problem)
        tell(LogLevel::Warning, queue, *problem + "; there will be a retry");
    if (!problem || isLost) {
        queue.batchBytes -= batch->body.size();
        queue.batches.erase(batch);
        queue.since = std::max(queue.since, now); // coalescing begins anew
    } else {
        batch->isSending = false;
        batch->due = now + retryDelay(queue.rules(), batch->retries++);
    }
    m_wake.notify_one();
}

void Deliveries::Private::giveUp()
{
    m_isOver = true;
    for (const auto& [name, queue] : m_queues) {
        std::size_t lost = queue.waiting.size();
        for (const Batch& batch : queue.batches)
            lost += batch.entries;
        tell(LogLevel::Error, queue, "the gateway stops, " + entriesText(lost) + " lost");
    }
}

Deliveries::Deliveries() : d(std::make_unique<Private>()) {}

Deliveries::~Deliveries() = default;

void Deliveries::add(std::shared_ptr<const Destination> destination, std::string entry)
{
    d->add(std::move(destination), std::move(entry));
}

} // namespace claimsmith::gateway

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "http/client/client.h"
#include "panels/tokens/attack/attackresult.h"

#include <QElapsedTimer>
#include <QObject>

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

namespace claimsmith::app {

/// Tries all forms of forged tokens, a few at a time, the genuine one first. Nothing here waits: requests are
/// the http client's, checks against a key run on another thread. GUI thread.
class AttackRun final : public QObject
{
    Q_OBJECT

public:
    explicit AttackRun(QObject* parent = nullptr);
    ~AttackRun() override;

    /// Another matrix, not tried yet. Ends what runs.
    void prepare(AttackMatrix matrix, std::vector<jose::Key> keys);
    const AttackMatrix& matrix() const noexcept { return m_matrix; }

    /// `clock` has to outlive the run. Cells that were tried already stay.
    void start(const Clock& clock);
    /// Keeps what is done.
    void stop();
    bool isRunning() const noexcept { return m_open > 0 || !m_queue.empty(); }
    std::size_t done() const noexcept { return m_done; }
    /// Until the last cell, at the pace so far; nothing in the first three seconds.
    std::optional<std::chrono::seconds> timeLeft() const;
    /// All cells as if they had not been tried.
    void clear();

signals:
    void cellChanged(int row, int place);
    void progressed();
    void finished();

private:
    struct Job
    {
        std::size_t row;
        std::size_t place;
        std::size_t form;
    };

    void next();
    void send(const Job& job);
    void verifyAll(const Clock& clock);
    void take(const Job& job, AttackCell cell);
    void takeResponse(const Job& job, const Result<http::ClientResponse>& response);

    AttackMatrix m_matrix;
    std::vector<jose::Key> m_keys;
    std::deque<Job> m_queue;
    std::size_t m_open = 0;
    std::size_t m_done = 0;
    quint64 m_generation = 0;
    std::size_t m_doneBefore = 0; ///< when it was started
    QElapsedTimer m_elapsed;
    /// Last, so that its thread has ended before anything that its callbacks use goes.
    http::Client m_client;
};

} // namespace claimsmith::app

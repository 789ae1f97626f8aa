// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/error.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::app {

/// One sending, as the History list shows it. Holds no header and no body.
struct HistoryEntry
{
    std::int64_t id = 0;   ///< given by the store
    std::string requestId; ///< workspace::Request::id
    std::string name;      ///< of the request at that time
    std::string method;
    std::string url;   ///< path and query for requests via the gateway; user information and values of secrets left out
    int status = 0;    ///< 0: no answer came
    std::string error; ///< code of the failure when there was no answer
    std::chrono::microseconds duration{0};
    std::uint64_t responseBytes = 0;
    TimePoint sentAt{};
};

/// What was sent, newest first, in an SQLite file. The file is written and read on a thread of its own; entries() is a
/// copy in memory and never waits. A file that can't be opened costs the history, not the program: failed() tells.
class HistoryStore final : public QObject
{
    Q_OBJECT

public:
    /// How many entries are kept; older ones go.
    static constexpr int capacity = 1000;

    /// An empty path keeps everything in memory.
    explicit HistoryStore(QString file, QObject* parent = nullptr);
    /// Writes what is under way.
    ~HistoryStore() override;

    /// Newest first, at most `capacity`.
    const std::vector<HistoryEntry>& entries() const noexcept;
    void add(HistoryEntry entry);
    void clear();

signals:
    void changed();
    void failed(const claimsmith::Error& error);

private:
    class Worker;
    class Implementation;
    std::unique_ptr<Implementation> m;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "identity/fault.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace claimsmith::identity {

/// One request as a log shows it. Holds no token, code, secret or query.
struct LogEntry
{
    TimePoint time{}; ///< by the provider's clock
    std::string method;
    std::string path;   ///< as sent, without the query
    std::string issuer; ///< path of the issuer; empty for the root's and where none was found
    int status = 0;
    std::string client; ///< id, once it is known
    std::string user;   ///< of a user that is known, also when the login failed
    std::string grant;  ///< "password"; of the token endpoint
    std::string event;  ///< what came about: "signed-in", "tokens-issued"…; empty for refusals and plain answers
    std::string error;  ///< the protocol's word: "invalid_grant"; empty when all went well
    std::string reason; ///< OAuthErrorInfo::reason
    FaultSet faults;    ///< that were on
    std::chrono::microseconds duration{0}; ///< without what the fault "slow" adds
};

/// The latest requests, for a panel that looks now and then. Bounded; any thread.
class RequestLog final
{
public:
    explicit RequestLog(std::size_t limit) : m_limit(limit) {}

    /// Drops the oldest when it is full.
    void add(LogEntry entry);
    /// Appends the entries since the last call, oldest first, and returns how many are missing because it was full.
    std::size_t drain(std::vector<LogEntry>& into);

private:
    std::mutex m_mutex;
    std::size_t m_limit;
    std::size_t m_missed = 0;
    std::deque<LogEntry> m_entries;
};

} // namespace claimsmith::identity

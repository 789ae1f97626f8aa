// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "gateway/engine.h"

#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace claimsmith::cli {

enum class AccessLogErrorCode { CannotOpen };
const ErrorDomain& errorDomain(AccessLogErrorCode) noexcept;

/// Writes a line of JSON for each exchange of an engine, ten times a second, on a thread of its own. Holds no tokens:
/// paths leave out their query. Goes before its engine.
class AccessLog final
{
public:
    /// `path` "-" is standard output, "" makes a log that writes nothing.
    static Result<std::unique_ptr<AccessLog>> open(const std::string& path, gateway::Engine& engine);
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;
    /// Writes what is left.
    ~AccessLog();

private:
    AccessLog(std::FILE* file, gateway::Engine& engine);
    void run();
    void writeWaiting();

    std::FILE* m_file; ///< null: writes nothing
    gateway::Engine& m_engine;
    std::mutex m_mutex;
    std::condition_variable m_stop;
    bool m_stopping = false;
    std::thread m_thread;
};

/// One line, without its end.
std::string logLine(const gateway::ExchangeSummary& summary);

} // namespace claimsmith::cli

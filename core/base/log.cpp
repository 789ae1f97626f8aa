// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include <cstdio>
#include <mutex>
#include <utility>

namespace claimsmith {
namespace {

void writeToStandardError(LogLevel level, std::string_view area, std::string_view message)
{
    constexpr const char* names[] = {"debug", "info", "warning", "error"};
    std::fprintf(stderr, "%s: %.*s: %.*s\n", names[static_cast<int>(level)], static_cast<int>(area.size()), area.data(),
                 static_cast<int>(message.size()), message.data());
}

struct Log
{
    std::mutex mutex;
    LogSink sink = writeToStandardError;
};

Log& theLog()
{
    static Log log;
    return log;
}

} // namespace

void setLogSink(LogSink sink)
{
    const std::lock_guard lock(theLog().mutex);
    theLog().sink = std::move(sink);
}

void log(LogLevel level, std::string_view area, std::string_view message)
{
    const std::lock_guard lock(theLog().mutex);
    theLog().sink(level, area, message);
}

} // namespace claimsmith

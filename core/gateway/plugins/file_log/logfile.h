// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <string>
#include <string_view>

namespace claimsmith::gateway::filelog {

/// A file that lines are appended to, made when it is not there. Several writers may share it, also of other processes:
/// a line is written at once. Any thread.
class LogFile final
{
public:
    /// `reopens`: for each line anew, so that the file may be moved away in between.
    LogFile(std::string path, bool reopens) : m_path(std::move(path)), m_reopens(reopens) {}
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;
    ~LogFile();

    /// Says in the program's log when it can't.
    void append(std::string_view line);

private:
    bool open();
    void close() noexcept;

    std::string m_path;
    bool m_reopens;
    std::mutex m_mutex;
    int m_descriptor = -1;
};

} // namespace claimsmith::gateway::filelog

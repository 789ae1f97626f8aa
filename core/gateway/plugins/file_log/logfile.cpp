// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/file_log/logfile.h"

#include "base/log.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace claimsmith::gateway::filelog {
namespace {

void complain(std::string_view what, const std::string& path)
{
    const std::string reason = std::generic_category().message(errno);
    claimsmith::log(LogLevel::Warning, "gateway", "file-log can't " + std::string(what) + " " + path + ": " + reason);
}

} // namespace

LogFile::~LogFile()
{
    close();
}

void LogFile::append(std::string_view line)
{
    const std::lock_guard lock(m_mutex);
    if (m_reopens)
        close();
    if (m_descriptor < 0 && !open())
        return;
    ssize_t written = 0;
    do
        written = ::write(m_descriptor, line.data(), line.size());
    while (written < 0 && errno == EINTR);
    if (written != static_cast<ssize_t>(line.size()))
        complain("write to", m_path);
}

bool LogFile::open()
{
    constexpr mode_t permissions = 0644; // as Kong
    m_descriptor = ::open(m_path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, permissions);
    if (m_descriptor < 0)
        complain("open", m_path);
    return m_descriptor >= 0;
}

void LogFile::close() noexcept
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

} // namespace claimsmith::gateway::filelog

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/net/worker.h"

#include "base/log.h"

#include <boost/asio/executor_work_guard.hpp>

#include <array>
#include <cstdio>
#include <exception>

namespace claimsmith::http {

Worker::Worker(std::size_t index) : m_index(index)
{
    // One thread runs it: Asio leaves out what only several would need.
    m_context.emplace(1);
    m_deadlines.attach(*m_context);
}

Worker::~Worker()
{
    stop();
    destroy();
}

void Worker::start()
{
    m_thread = std::thread([this] {
        const auto guard = asio::make_work_guard(*m_context);
        for (;;) {
            try {
                m_context->run();
                return;
            } catch (const std::exception& error) {
                // A coroutine let something escape: its connection is gone, the others go on.
                log(LogLevel::Error, "http", error.what());
            }
        }
    });
}

void Worker::stop()
{
    if (m_context)
        m_context->stop();
    if (m_thread.joinable())
        m_thread.join();
}

void Worker::destroy()
{
    m_deadlines.detach();
    m_context.reset();
}

std::string_view Worker::date()
{
    static constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t now = std::time(nullptr);
    if (now != m_dateSecond) {
        std::tm parts{};
        gmtime_r(&now, &parts);
        std::snprintf(m_date, sizeof m_date, "%s, %02d %s %04d %02d:%02d:%02d GMT",
                      days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                      months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour, parts.tm_min,
                      parts.tm_sec);
        m_dateSecond = now;
    }
    return m_date;
}

} // namespace claimsmith::http

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/accesslog.h"

#include "document/json.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>

namespace claimsmith::cli {
namespace {

constexpr std::chrono::milliseconds interval{100};

/// "2026-01-02T03:04:05.678Z" (RFC 3339).
std::string timestamp(TimePoint time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const std::time_t whole = std::chrono::system_clock::to_time_t(seconds);
    std::tm parts{};
    gmtime_r(&whole, &parts);
    char text[40];
    const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(time - seconds).count();
    std::snprintf(text + size, sizeof text - size, ".%03dZ", static_cast<int>(rest));
    return text;
}

} // namespace

const ErrorDomain& errorDomain(AccessLogErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"access-log", [](int) noexcept { return std::string_view("cannot-open"); }};
    return domain;
}

std::string logLine(const gateway::ExchangeSummary& summary)
{
    const auto count = [](auto value) { return document::Value(static_cast<std::int64_t>(value)); };
    document::Object line{{"time", timestamp(summary.time)},
                          {"id", summary.requestId},
                          {"method", summary.method},
                          {"path", summary.path.substr(0, summary.path.find('?'))},
                          {"status", summary.status},
                          {"microseconds", count(summary.duration.count())},
                          {"upstreamMicroseconds", count(summary.upstreamDuration.count())},
                          {"bytes", count(summary.responseBytes)}};
    for (const auto& [name, value] :
         {std::pair("route", summary.route), std::pair("service", summary.service),
          std::pair("consumer", summary.consumer), std::pair("answeredBy", summary.answeredBy),
          std::pair("message", summary.message)}) {
        if (!value.empty())
            line.append(name, value);
    }
    return document::toJson(line);
}

Result<std::unique_ptr<AccessLog>> AccessLog::open(const std::string& path, gateway::Engine& engine)
{
    std::FILE* const file = path.empty() ? nullptr : path == "-" ? stdout : std::fopen(path.c_str(), "a");
    if (!path.empty() && file == nullptr) {
        Error error{AccessLogErrorCode::CannotOpen};
        error.place.file = path;
        error.detail = std::string("cannot write the log: ") + std::strerror(errno);
        return error;
    }
    return std::unique_ptr<AccessLog>(new AccessLog(file, engine));
}

AccessLog::AccessLog(std::FILE* file, gateway::Engine& engine) : m_file(file), m_engine(engine)
{
    if (m_file != nullptr)
        m_thread = std::thread([this] { run(); });
}

AccessLog::~AccessLog()
{
    if (m_file == nullptr)
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_stop.notify_one();
    m_thread.join();
    if (m_file != stdout)
        std::fclose(m_file);
}

void AccessLog::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_stop.wait_for(lock, interval, [this] { return m_stopping; }))
        writeWaiting();
    writeWaiting();
}

void AccessLog::writeWaiting()
{
    std::vector<gateway::ExchangeSummary> waiting;
    const std::size_t missed = m_engine.drain(waiting);
    for (const gateway::ExchangeSummary& summary : waiting) {
        const std::string line = logLine(summary) + '\n';
        std::fwrite(line.data(), 1, line.size(), m_file);
    }
    if (missed > 0)
        std::fprintf(m_file, "{\"missed\":%zu}\n", missed);
    std::fflush(m_file);
}

} // namespace claimsmith::cli

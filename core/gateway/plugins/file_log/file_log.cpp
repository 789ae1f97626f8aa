// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/file_log/file_log.h"

#include "base/log.h"
#include "gateway/fieldrules.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/logrecord.h"
#include "gateway/plugins/making.h"
#include "gateway/plugins/pre_function/logfields.h"

#include <fstream>
#include <mutex>

namespace claimsmith::gateway {

using document::Value;

namespace {

std::optional<std::string> checkPath(const Value& value)
{
    const bool isGood = value.asString()->find_first_of("*&%\\`") == std::string::npos;
    return isGood ? std::nullopt : std::optional<std::string>("not a valid filename");
}

const Schema& schema()
{
    static const Schema fileLog{
        .fields =
            {
                protocolsField({"grpc", "grpcs", "http", "https"}),
                recordField(
                    "config",
                    {
                        stringField("path")
                            .describe("The file path of the output log file. The plugin creates the log file if "
                                      "it doesn't exist yet.")
                            .require()
                            .check(checkPath),
                        booleanField("reopen")
                            .describe("Determines whether the log file is closed and reopened on every request.")
                            .require()
                            .defaultTo(false),
                        functions::logFieldsField(),
                    })
                    .require(),
            },
        .checks = {},
    };
    return fileLog;
}

/// A file that several workers append lines to. Opened when the first line comes; folders are not made.
class LogFile final
{
public:
    LogFile(std::string path, bool reopens) : m_path(std::move(path)), m_reopens(reopens) {}

    void append(const std::string& line)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_file.is_open())
            m_file.open(m_path, std::ios::binary | std::ios::app);
        // In one piece, so that other processes' lines stay apart from it.
        if (!m_file.write(line.data(), static_cast<std::streamsize>(line.size())).flush()) {
            claimsmith::log(LogLevel::Error, "gateway", "file-log: failed to write to " + m_path);
            m_file.clear();
            m_file.close();
        }
        if (m_reopens)
            m_file.close();
    }

private:
    std::string m_path;
    bool m_reopens;
    std::mutex m_mutex;
    std::ofstream m_file; ///< guarded by m_mutex
};

class FileLogPlugin final : public Plugin
{
public:
    explicit FileLogPlugin(const PluginContext& context)
        : m_fields(context.config), m_file(std::make_unique<LogFile>(textSetting(context.config, "path").value_or(""),
                                                                     flagSetting(context.config, "reopen")))
    {
    }

    void log(Exchange& exchange) const override
    {
        m_fields.apply(exchange);
        m_file->append(logRecord(exchange) + '\n');
    }

private:
    functions::LogFields m_fields;
    std::unique_ptr<LogFile> m_file; ///< has a lock of its own
};

} // namespace

PluginDescriptor fileLogPlugin()
{
    return {
        .name = "file-log",
        .priority = 9,
        .phases = {Phase::Log},
        .schema = schema,
        .create = makePlugin<FileLogPlugin>,
    };
}

} // namespace claimsmith::gateway

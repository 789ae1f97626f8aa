// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/file_log/file_log.h"

#include "document/json.h"
#include "gateway/fieldrules.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/customlogfields.h"
#include "gateway/plugins/file_log/logfile.h"
#include "gateway/plugins/logrecord.h"

namespace claimsmith::gateway {
namespace {

const Schema& schema()
{
    static const Schema fileLog{
        .fields =
            {
                protocolsField({"grpc", "grpcs", "http", "https"}),
                recordField("config",
                            {
                                stringField("path")
                                    .hint("File that records are appended to; its folder has to be there.")
                                    .require()
                                    .match({PatternRule::Kind::Match, {"^[^*&%%\\`]+$"}, "not a valid filename"}),
                                booleanField("reopen")
                                    .hint("Open the file anew for each record, so that it may be moved away.")
                                    .require()
                                    .defaultTo(false),
                                customLogFieldsField(),
                            })
                    .require(),
            },
        .checks = {},
    };
    return fileLog;
}

class FileLogPlugin final : public Plugin
{
public:
    explicit FileLogPlugin(const document::Value& config)
        : m_fields(config), m_file(textSetting(config, "path").value_or(""), flagSetting(config, "reopen"))
    {
    }

    void log(Exchange& exchange) const override
    {
        m_fields.addTo(exchange);
        m_file.append(document::toJson(logRecord(exchange), {.escapeSlash = true}) + "\n");
    }

private:
    CustomLogFields m_fields;
    mutable filelog::LogFile m_file; ///< takes care of its threads itself
};

Result<std::unique_ptr<const Plugin>> create(const PluginContext& context)
{
    return std::unique_ptr<const Plugin>(std::make_unique<const FileLogPlugin>(context.config));
}

} // namespace

PluginDescriptor fileLogPlugin()
{
    return {
        .name = "file-log",
        .priority = 9,
        .phases = {Phase::Log},
        .schema = schema,
        .create = create,
    };
}

} // namespace claimsmith::gateway

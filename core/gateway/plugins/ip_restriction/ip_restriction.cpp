// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/ip_restriction/ip_restriction.h"

#include "gateway/address.h"
#include "gateway/fieldrules.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/ip_restriction/checks.h"
#include "gateway/plugins/ip_restriction/explain.h"
#include "gateway/plugins/making.h"

#include <algorithm>

namespace claimsmith::gateway {
namespace {

constexpr int forbidden = 403;

const Schema& schema()
{
    static const Schema restriction{
        .fields =
            {
                protocolsField({"http", "https", "tcp", "tls", "grpc", "grpcs"}),
                recordField("config",
                            {
                                arrayField("allow", addressField())
                                    .describe("List of IPs or CIDR ranges to allow. One of `config.allow` or "
                                              "`config.deny` must be specified.")
                                    .hint("Addresses and blocks that are let in; no other is."),
                                arrayField("deny", addressField())
                                    .describe("List of IPs or CIDR ranges to deny. One of `config.allow` or "
                                              "`config.deny` must be specified.")
                                    .hint("Addresses and blocks that are kept out, also when allowed."),
                                numberField("status")
                                    .describe("The HTTP status of the requests that will be rejected by the plugin.")
                                    .hint("Status of a refusal instead of 403.")
                                    .annotate("required", false),
                                stringField("message")
                                    .describe("The message to send as a response body to rejected requests.")
                                    .hint("Message of a refusal.")
                                    .annotate("required", false),
                            })
                    .require(),
            },
        .checks = {FieldGroup{FieldGroup::Rule::AtLeastOne, {"config.allow", "config.deny"}}},
    };
    return restriction;
}

/// A list of the configuration, as written and as compared.
class AddressList final
{
public:
    explicit AddressList(const std::vector<std::string>& entries)
    {
        for (const std::string& entry : entries)
            if (const auto range = parseAddressRange(entry)) {
                m_entries.push_back({entry, *range});
                m_text += (m_text.empty() ? "" : ", ") + entry;
            }
    }

    bool empty() const noexcept { return m_entries.empty(); }

    const std::string& text() const noexcept { return m_text; }

    /// The entry that the address lies in, or null.
    const std::string* find(std::string_view address) const noexcept
    {
        const auto entry =
            std::ranges::find_if(m_entries, [&](const Entry& each) { return each.range.contains(address); });
        return entry == m_entries.end() ? nullptr : &entry->text;
    }

private:
    struct Entry
    {
        std::string text;
        AddressRange range;
    };

    std::vector<Entry> m_entries;
    std::string m_text;
};

class IpRestrictionPlugin final : public Plugin
{
public:
    explicit IpRestrictionPlugin(const PluginContext& context)
        : m_allow(textsSetting(context.config, "allow")), m_deny(textsSetting(context.config, "deny")),
          m_status(static_cast<int>(numberSetting(context.config, "status", forbidden))),
          m_message(textSetting(context.config, "message")), m_pointer(context.pointer)
    {
    }

    Decision access(Exchange& exchange) const override
    {
        const std::string& address = exchange.request.clientAddress;
        Findings findings(exchange.step(), iprestriction::all);
        const std::string* denied = m_deny.find(address);
        const bool isAllowed = m_allow.empty() || m_allow.find(address);
        if (findings)
            note(findings, address, denied, isAllowed);
        findings.closeUnchecked();
        return denied || !isAllowed ? refuse(exchange) : Continue{};
    }

private:
    Decision refuse(const Exchange& exchange) const
    {
        if (m_status < 400 || m_status > 599)
            throw Fault{"the status is none of an error"};
        const std::string message = m_message.value_or("IP address not allowed: " + exchange.request.clientAddress);
        return errorAnswer(exchange.request.head.headers, exchange.requestId, m_status, message);
    }

    void note(Findings& findings, const std::string& address, const std::string* denied, bool isAllowed) const
    {
        Finding first{.check = std::string(iprestriction::notDenied),
                      .expected = m_deny.text(),
                      .found = address,
                      .pointer = document::joinPointer(m_pointer, "deny"),
                      .parameters = {{"entry", denied ? *denied : std::string()}}};
        m_deny.empty() ? findings.notAsked(std::move(first)) : findings.record(!denied, std::move(first));
        if (!denied && !m_allow.empty())
            findings.record(isAllowed, {.check = std::string(iprestriction::allowed),
                                        .expected = m_allow.text(),
                                        .found = address,
                                        .pointer = document::joinPointer(m_pointer, "allow")});
    }

    AddressList m_allow;
    AddressList m_deny;
    int m_status;
    std::optional<std::string> m_message;
    std::string m_pointer;
};

} // namespace

PluginDescriptor ipRestrictionPlugin()
{
    return {
        .name = "ip-restriction",
        .priority = 990,
        .phases = {Phase::Access},
        .schema = schema,
        .create = makePlugin<IpRestrictionPlugin>,
        .explain = iprestriction::explainRefusal,
    };
}

} // namespace claimsmith::gateway

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/settings.h"

#include "base/text.h"
#include "gateway/settingvalues.h"

#include <algorithm>
#include <array>
#include <span>

namespace claimsmith::gateway {
namespace {

using namespace settingvalues;

std::string_view codeName(int code) noexcept
{
    static constexpr std::array<std::string_view, 2> names = {"bad-line", "bad-value"};
    return names[static_cast<std::size_t>(code)];
}

Result<void> readTrusted(Settings& settings, std::string_view text)
{
    for (const std::string_view item : itemsOf(text)) {
        if (item == "unix:")
            continue; // there are no such clients here
        const auto range = parseAddressRange(item);
        if (!range)
            return badValue("expected addresses and blocks of addresses");
        settings.trust.trusted.push_back(*range);
    }
    return {};
}

/// "80:8080, 443:8443": clients' port, listening port.
Result<void> readPortMaps(Settings& settings, std::string_view text)
{
    for (const std::string_view item : itemsOf(text)) {
        const std::size_t colon = std::min(item.find(':'), item.size() - 1);
        CLAIMSMITH_TRY(const std::uint16_t outside, readPort(item.substr(0, colon)));
        CLAIMSMITH_TRY(const std::uint16_t inside, readPort(item.substr(colon + 1)));
        settings.portMaps[inside] = outside;
    }
    return {};
}

// --- Headers

struct TokenName
{
    std::string_view name;
    std::vector<bool HeaderTokens::*> members;
};

/// Names of one list; "off" and every name that is left out switch off.
Result<void> readTokens(HeaderTokens& tokens, std::string_view text, std::span<const TokenName> known)
{
    for (const TokenName& token : known) {
        for (bool HeaderTokens::*const member : token.members)
            tokens.*member = false;
    }
    if (trimmed(text) == "off")
        return {};
    for (const std::string_view item : itemsOf(text)) {
        const auto found =
            std::ranges::find_if(known, [item](const TokenName& token) { return equalIgnoringCase(token.name, item); });
        if (found == known.end())
            return badValue("unknown header token '" + std::string(item) + "'");
        for (bool HeaderTokens::*const member : found->members)
            tokens.*member = true;
    }
    return {};
}

Result<void> readClientTokens(Settings& settings, std::string_view text)
{
    using Tokens = HeaderTokens;
    static const std::array<TokenName, 10> known = {{
        {"server_tokens", {&Tokens::server, &Tokens::via}},
        {"latency_tokens", {&Tokens::proxyLatency, &Tokens::upstreamLatency, &Tokens::responseLatency}},
        {"Server", {&Tokens::server}},
        {"Via", {&Tokens::via}},
        {"X-Kong-Proxy-Latency", {&Tokens::proxyLatency}},
        {"X-Kong-Upstream-Latency", {&Tokens::upstreamLatency}},
        {"X-Kong-Response-Latency", {&Tokens::responseLatency}},
        {"X-Kong-Upstream-Status", {&Tokens::upstreamStatus}},
        {"X-Kong-Request-Id", {&Tokens::requestId}},
        {"X-Kong-Admin-Latency", {}}, // the Admin API's own
    }};
    return readTokens(settings.headers, text, known);
}

Result<void> readUpstreamTokens(Settings& settings, std::string_view text)
{
    static const std::array<TokenName, 1> known = {{{"X-Kong-Request-Id", {&HeaderTokens::upstreamRequestId}}}};
    return readTokens(settings.headers, text, known);
}

// --- The table

template <auto member>
Result<void> setSwitch(Settings& settings, std::string_view text)
{
    CLAIMSMITH_TRY(settings.*member, readSwitch(text));
    return {};
}

/// An entry reads its value into the settings. Entries are read in the table's order: what comes later may refine.
struct Entry
{
    std::string_view name;
    Result<void> (*read)(Settings& settings, std::string_view text);
    std::string_view fallback = {}; ///< read when nothing is said
};

constexpr std::array entries = std::to_array<Entry>({
    {"proxy_listen",
     [](Settings& settings, std::string_view text) -> Result<void> {
         CLAIMSMITH_TRY(settings.proxyListen, readListeners(text));
         return {};
     }},
    {"admin_listen",
     [](Settings& settings, std::string_view text) -> Result<void> {
         CLAIMSMITH_TRY(settings.adminListen, readListeners(text));
         return {};
     }},
    {"trusted_ips", readTrusted},
    {"real_ip_header",
     [](Settings& settings, std::string_view text) -> Result<void> {
         settings.trust.header = text;
         return text == "proxy_protocol" ? badValue("the PROXY protocol is not offered") : Result<void>();
     }},
    {"real_ip_recursive",
     [](Settings& settings, std::string_view text) -> Result<void> {
         CLAIMSMITH_TRY(settings.trust.recursive, readSwitch(text));
         return {};
     }},
    {"headers", readClientTokens},
    {"headers_upstream", readUpstreamTokens},
    {"allow_debug_header", setSwitch<&Settings::allowDebugHeader>},
    {"client_max_body_size",
     [](Settings& settings, std::string_view text) -> Result<void> {
         CLAIMSMITH_TRY(settings.clientMaximumBody, readSize(text));
         return {};
     }},
    {"nginx_http_client_max_body_size",
     [](Settings& settings, std::string_view text) -> Result<void> {
         CLAIMSMITH_TRY(settings.clientMaximumBody, readSize(text));
         return {};
     }},
    // Bodies are kept in memory and files as they need it: any size is honoured by what clients see.
    {"client_body_buffer_size",
     [](Settings&, std::string_view text) -> Result<void> {
         const auto size = readSize(text);
         return size ? Result<void>() : Result<void>(size.error());
     }},
    {"upstream_keepalive_pool_size",
     [](Settings& settings, std::string_view text) -> Result<void> {
         CLAIMSMITH_TRY(settings.keepalive.poolSize, readNumber(text));
         return {};
     }},
    {"upstream_keepalive_max_requests",
     [](Settings& settings, std::string_view text) -> Result<void> {
         CLAIMSMITH_TRY(settings.keepalive.maximumRequests, readNumber(text));
         return {};
     }},
    {"upstream_keepalive_idle_timeout",
     [](Settings& settings, std::string_view text) -> Result<void> {
         CLAIMSMITH_TRY(settings.keepalive.idleTime, readTime(text));
         return {};
     }},
    {"ssl_protocols", readVersions},
    {"ssl_ciphers",
     [](Settings& settings, std::string_view text) -> Result<void> {
         settings.tls.ciphers = text;
         return {};
     }},
    {"ssl_prefer_server_ciphers",
     [](Settings& settings, std::string_view text) -> Result<void> {
         CLAIMSMITH_TRY(settings.tls.prefersOwnCiphers, readSwitch(text));
         return {};
     }},
    {"ssl_cipher_suite", readSuite, "intermediate"},
    {"ssl_session_tickets",
     [](Settings& settings, std::string_view text) -> Result<void> {
         CLAIMSMITH_TRY(settings.tls.tickets, readSwitch(text));
         return {};
     }},
    {"ssl_session_timeout",
     [](Settings& settings, std::string_view text) -> Result<void> {
         CLAIMSMITH_TRY(settings.tls.sessionLifetime, readTime(text));
         return {};
     }},
    {"router_flavor",
     [](Settings&, std::string_view text) -> Result<void> {
         return text == "traditional_compatible" ? Result<void>() : badValue("expected traditional_compatible");
     }},
    {"error_default_type",
     [](Settings& settings, std::string_view text) -> Result<void> {
         static constexpr std::array<std::string_view, 4> types = {"application/json", "application/xml", "text/html",
                                                                   "text/plain"};
         settings.errorType = text;
         return std::ranges::find(types, text) == types.end() ? badValue("expected a type that error pages have")
                                                              : Result<void>();
     }},
    {"port_maps", readPortMaps},
});

/// Certificates with their keys, each of two settings.
struct IdentityEntry
{
    std::string_view name;
    std::vector<crypto::TlsIdentity> Settings::*member;
};
constexpr IdentityEntry identityEntries[] = {{"ssl_cert", &Settings::identities},
                                             {"admin_ssl_cert", &Settings::adminIdentities}};

bool isKnown(std::string_view name) noexcept
{
    return std::ranges::any_of(identityEntries,
                               [name](const IdentityEntry& entry) {
                                   return name == entry.name ||
                                          (name.starts_with(entry.name) && name.substr(entry.name.size()) == "_key");
                               }) ||
           std::ranges::find(entries, name, &Entry::name) != entries.end();
}

Error namedError(Error error, std::string_view name)
{
    error.place.pointer = name;
    return error;
}

/// Without the quotes around it, or the comment behind it.
std::string_view plainValue(std::string_view text)
{
    text = trimmed(text);
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'')) {
        const std::size_t end = text.find(text.front(), 1);
        if (end != std::string_view::npos)
            return text.substr(1, end - 1);
    }
    return trimmed(text.substr(0, text.find('#')));
}

} // namespace

const ErrorDomain& errorDomain(SettingsErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"settings", codeName};
    return domain;
}

bool TrustSettings::isTrusted(std::string_view peer) const noexcept
{
    return std::ranges::any_of(trusted, [peer](const AddressRange& range) { return range.contains(peer); });
}

std::optional<std::string> TrustSettings::clientAddress(std::string_view value) const
{
    std::optional<std::string> found;
    const auto items = split(value, ',');
    for (auto item = items.rbegin(); item != items.rend(); ++item) {
        const std::string_view address = trimmed(*item);
        if (!isIpAddress(address))
            break;
        found = address;
        if (!recursive || !isTrusted(address))
            break;
    }
    return found;
}

Result<SettingValues> parseKongConf(std::string_view text)
{
    SettingValues values;
    std::size_t number = 0;
    for (const std::string_view raw : split(text, '\n')) {
        ++number;
        const std::string_view line = trimmed(raw);
        if (line.empty() || line.front() == '#')
            continue;
        const std::size_t equals = line.find('=');
        const std::string_view name = trimmed(line.substr(0, std::min(equals, line.size())));
        if (equals == std::string_view::npos || name.empty())
            return Error{
                .code = SettingsErrorCode::BadLine, .place = {.line = number}, .detail = "expected name = value"};
        values.insert_or_assign(toLower(name), std::string(plainValue(line.substr(equals + 1))));
    }
    return values;
}

Result<SettingsReading> readSettings(const SettingValues& values)
{
    SettingsReading reading;
    for (const Entry& entry : entries) {
        const auto found = values.find(entry.name);
        const std::string_view text = found == values.end() ? entry.fallback : std::string_view(found->second);
        if (found == values.end() && text.empty())
            continue;
        if (const auto read = entry.read(reading.settings, trimmed(text)); !read)
            return namedError(read.error(), entry.name);
    }
    for (const IdentityEntry& entry : identityEntries) {
        auto read = readIdentities(values, entry.name);
        if (!read)
            return namedError(read.error(), entry.name);
        reading.settings.*entry.member = std::move(read).value();
    }
    for (const auto& [name, value] : values) {
        if (!isKnown(name))
            reading.unsupported.push_back(name);
    }
    return reading;
}

} // namespace claimsmith::gateway

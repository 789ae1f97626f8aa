// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/settingvalues.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace claimsmith::gateway::settingvalues {

Error badValue(std::string expected)
{
    return {.code = SettingsErrorCode::BadValue, .detail = std::move(expected)};
}

std::vector<std::string_view> itemsOf(std::string_view text)
{
    std::vector<std::string_view> items;
    for (const std::string_view item : split(text, ',')) {
        if (!trimmed(item).empty())
            items.push_back(trimmed(item));
    }
    return items;
}

Result<bool> readSwitch(std::string_view text)
{
    if (equalIgnoringCase(text, "on") || equalIgnoringCase(text, "true"))
        return true;
    if (equalIgnoringCase(text, "off") || equalIgnoringCase(text, "false"))
        return false;
    return badValue("expected on or off");
}

Result<std::uint64_t> readNumber(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return badValue("expected a number");
    return value;
}

namespace {

/// A number with one of these units behind it, or none; nothing when it is too large.
Result<std::uint64_t> readScaled(std::string_view text, std::string_view units, std::span<const std::uint64_t> factors)
{
    std::uint64_t factor = 1;
    if (!text.empty()) {
        const std::size_t unit = units.find(toLower(text.back()));
        if (unit != std::string_view::npos) {
            factor = factors[unit];
            text.remove_suffix(1);
        }
    }
    CLAIMSMITH_TRY(const std::uint64_t number, readNumber(text));
    if (number > UINT64_MAX / factor)
        return badValue("expected a smaller number");
    return number * factor;
}

} // namespace

Result<std::uint64_t> readSize(std::string_view text)
{
    static constexpr std::array<std::uint64_t, 3> factors = {1ULL << 10U, 1ULL << 20U, 1ULL << 30U};
    return readScaled(text, "kmg", factors);
}

Result<std::chrono::seconds> readTime(std::string_view text)
{
    static constexpr std::array<std::uint64_t, 4> factors = {1, 60, 3600, 86400};
    CLAIMSMITH_TRY(const std::uint64_t seconds, readScaled(text, "smhd", factors));
    constexpr std::uint64_t limit = 10ULL * 365 * 86400;
    return std::chrono::seconds(std::min(seconds, limit));
}

Result<std::uint16_t> readPort(std::string_view text)
{
    CLAIMSMITH_TRY(const std::uint64_t number, readNumber(text));
    if (number > 65535)
        return badValue("expected a port");
    return static_cast<std::uint16_t>(number);
}

namespace {

/// What Kong lets stand behind an address; those that only tune sockets change nothing.
Result<void> readFlag(ProxyListener& listener, std::string_view flag)
{
    static constexpr std::array<std::string_view, 7> accepted = {
        "deferred", "bind", "reuseport", "ipv6only=on", "ipv6only=off", "so_keepalive=on", "so_keepalive=off"};
    if (flag == "ssl") {
        listener.tls = true;
        return {};
    }
    if (flag == "http2") {
        listener.http2 = listener.clearHttp2 = true;
        return {};
    }
    if (flag.starts_with("backlog=")) {
        const auto backlog = readNumber(flag.substr(8));
        return backlog ? Result<void>() : Result<void>(backlog.error());
    }
    if (std::ranges::find(accepted, flag) == accepted.end())
        return badValue("unknown flag '" + std::string(flag) + "'");
    return {};
}

} // namespace

Result<std::vector<ProxyListener>> readListeners(std::string_view text)
{
    std::vector<ProxyListener> listeners;
    if (text == "off")
        return listeners;
    for (const std::string_view item : itemsOf(text)) {
        const auto words = split(item, ' ');
        auto address = http::parseAuthority(words.front());
        if (!address)
            return badValue("expected addresses with ports, or off");
        ProxyListener listener{std::move(address).value()};
        listener.http2 = false;
        for (std::size_t i = 1; i < words.size(); ++i) {
            if (!words[i].empty())
                CLAIMSMITH_CHECK(readFlag(listener, words[i]));
        }
        listeners.push_back(std::move(listener));
    }
    return listeners;
}

} // namespace claimsmith::gateway::settingvalues

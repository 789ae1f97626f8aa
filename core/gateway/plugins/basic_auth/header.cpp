// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/basic_auth/header.h"

#include "base/base64.h"
#include "gateway/plugins/authorization.h"

#include <algorithm>
#include <utility>

namespace claimsmith::gateway::basicauth {
namespace {

constexpr std::string_view scheme = "basic";

bool hasControls(std::string_view text) noexcept
{
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

void fill(Given& given, std::string_view username, std::string_view password)
{
    given.form = Given::Form::Good;
    given.username = username;
    given.password = SecretBytes(password);
}

/// RFC 7617 §2: the user name ends at the first colon; neither part has control characters.
void splitStrictly(Given& given, std::string_view pair)
{
    const auto colon = pair.find(':');
    if (colon == 0 || colon == std::string_view::npos || hasControls(pair))
        given.form = Given::Form::NoUser;
    else
        fill(given, pair.substr(0, colon), pair.substr(colon + 1));
}

/// Kong's pattern `([^:]+):(.*)`, searched anywhere: colons before the user name and lines after the first don't count.
void splitLeniently(Given& given, std::string_view pair)
{
    const auto begin = pair.find_first_not_of(':');
    const auto colon = begin == std::string_view::npos ? begin : pair.find(':', begin);
    if (colon == std::string_view::npos) {
        given.form = Given::Form::NoUser;
        return;
    }
    const auto rest = pair.substr(colon + 1);
    fill(given, pair.substr(begin, colon - begin), rest.substr(0, rest.find('\n')));
    given.isLax = begin != 0 || hasControls(pair);
}

void readStrictly(Given& given, std::string_view value)
{
    const auto text = afterScheme(value, scheme);
    auto pair = text ? fromBase64(*text) : std::nullopt;
    given.form = text ? Given::Form::NotBase64 : Given::Form::OtherScheme;
    if (!pair)
        return;
    splitStrictly(given, *pair);
    wipe(*pair);
}

void readLeniently(Given& given, std::string_view value)
{
    const auto text = findAfterScheme(value, scheme, SchemeGap::Optional);
    auto pair = text ? fromBase64BeforePadding(*text) : std::nullopt;
    given.form = text ? Given::Form::NotBase64 : Given::Form::OtherScheme;
    given.isRefusedByCase = !text && afterScheme(value, scheme);
    if (!pair)
        return;
    splitLeniently(given, *pair);
    wipe(*pair);
    given.isLax = given.isLax || afterScheme(value, scheme) != text || !fromBase64(*text);
}

} // namespace

Given readBasic(const http::HeaderMap& headers, std::string_view name, Conduct conduct)
{
    Given given;
    given.header = name;
    const auto value = headers.find(name);
    if (!value)
        return given;
    given.scheme = schemeOf(*value);
    if (conduct == Conduct::Strict && headers.count(name) > 1)
        given.form = Given::Form::Repeated;
    else if (conduct == Conduct::Strict)
        readStrictly(given, *value);
    else
        readLeniently(given, *value);
    return given;
}

} // namespace claimsmith::gateway::basicauth

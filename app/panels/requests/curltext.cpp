// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/curltext.h"

#include "base/text.h"

#include <QStringList>

#include <algorithm>

namespace claimsmith::app {

namespace {

/// Within single quotes a shell takes everything as it is, but for the quote itself.
QString shellQuoted(std::string_view text)
{
    QString inner = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    inner.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + inner + QLatin1Char('\'');
}

/// curl writes these by itself.
bool isWrittenByCurl(const runner::Prepared& prepared, std::string_view name)
{
    constexpr std::string_view own[] = {"host", "content-length", "user-agent", "accept"};
    const auto same = [name](std::string_view other) { return equalIgnoringCase(name, other); };
    return std::any_of(prepared.automaticHeaders.begin(), prepared.automaticHeaders.end(), same) &&
           std::any_of(std::begin(own), std::end(own), same);
}

} // namespace

QString curlCommand(const runner::Prepared& prepared)
{
    QStringList parts{QStringLiteral("curl")};
    const std::string& method = prepared.head.method;
    const bool usual = method == (prepared.body.empty() ? "GET" : "POST");
    if (method == "HEAD")
        parts << QStringLiteral("--head");
    else if (!usual)
        parts << QStringLiteral("-X ") + shellQuoted(method);
    parts << shellQuoted(prepared.head.target);
    for (const auto& field : prepared.head.headers) {
        if (isWrittenByCurl(prepared, field.name))
            continue;
        const std::string line = field.value.empty() ? std::string(field.name) + ";"
                                                     : std::string(field.name) + ": " + std::string(field.value);
        parts << QStringLiteral("-H ") + shellQuoted(line);
    }
    if (!prepared.body.empty())
        parts << QStringLiteral("--data-binary ") + shellQuoted(prepared.body);
    return parts.join(QLatin1String(" \\\n  "));
}

} // namespace claimsmith::app

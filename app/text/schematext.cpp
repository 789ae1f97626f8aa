// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/schematext.h"

#include "gateway/schema.h"
#include "text/quantities.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace claimsmith::app {
namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(SchemaText)
};

struct Kind
{
    std::string_view type;
    const char* heading;
    const char* name;
    const char* prefix;
};

constexpr std::array kinds{
    Kind{"services", QT_TRANSLATE_NOOP("SchemaText", "Services"), QT_TRANSLATE_NOOP("SchemaText", "service"), ""},
    Kind{"routes", QT_TRANSLATE_NOOP("SchemaText", "Routes"), QT_TRANSLATE_NOOP("SchemaText", "route"), ""},
    Kind{"plugins", QT_TRANSLATE_NOOP("SchemaText", "Plugins"), QT_TRANSLATE_NOOP("SchemaText", "plugin"), ""},
    Kind{"consumers", QT_TRANSLATE_NOOP("SchemaText", "Consumers"), QT_TRANSLATE_NOOP("SchemaText", "consumer"), ""},
    Kind{"consumer_groups", QT_TRANSLATE_NOOP("SchemaText", "Consumer groups"),
         QT_TRANSLATE_NOOP("SchemaText", "consumer group"), ""},
    Kind{"jwt_secrets", QT_TRANSLATE_NOOP("SchemaText", "JWT credentials"),
         QT_TRANSLATE_NOOP("SchemaText", "JWT credential"), "jwt"},
    Kind{"keyauth_credentials", QT_TRANSLATE_NOOP("SchemaText", "API keys"), QT_TRANSLATE_NOOP("SchemaText", "API key"),
         "key-auth"},
    Kind{"basicauth_credentials", QT_TRANSLATE_NOOP("SchemaText", "Basic auth credentials"),
         QT_TRANSLATE_NOOP("SchemaText", "basic auth credential"), "basic-auth"},
    Kind{"hmacauth_credentials", QT_TRANSLATE_NOOP("SchemaText", "HMAC credentials"),
         QT_TRANSLATE_NOOP("SchemaText", "HMAC credential"), "hmac-auth"},
    Kind{"oauth2_credentials", QT_TRANSLATE_NOOP("SchemaText", "OAuth 2.0 applications"),
         QT_TRANSLATE_NOOP("SchemaText", "OAuth 2.0 application"), "oauth2"},
    Kind{"consumer_group_consumers", QT_TRANSLATE_NOOP("SchemaText", "Group members"),
         QT_TRANSLATE_NOOP("SchemaText", "group member"), ""},
    Kind{"acls", QT_TRANSLATE_NOOP("SchemaText", "Groups"), QT_TRANSLATE_NOOP("SchemaText", "group"), "acl"},
    Kind{"upstreams", QT_TRANSLATE_NOOP("SchemaText", "Upstreams"), QT_TRANSLATE_NOOP("SchemaText", "upstream"), ""},
    Kind{"targets", QT_TRANSLATE_NOOP("SchemaText", "Targets"), QT_TRANSLATE_NOOP("SchemaText", "target"), ""},
    Kind{"certificates", QT_TRANSLATE_NOOP("SchemaText", "Certificates"),
         QT_TRANSLATE_NOOP("SchemaText", "certificate"), ""},
    Kind{"ca_certificates", QT_TRANSLATE_NOOP("SchemaText", "CA certificates"),
         QT_TRANSLATE_NOOP("SchemaText", "CA certificate"), ""},
    Kind{"snis", QT_TRANSLATE_NOOP("SchemaText", "Server names"), QT_TRANSLATE_NOOP("SchemaText", "server name"), ""},
    Kind{"keys", QT_TRANSLATE_NOOP("SchemaText", "Keys"), QT_TRANSLATE_NOOP("SchemaText", "key"), ""},
    Kind{"key_sets", QT_TRANSLATE_NOOP("SchemaText", "Key sets"), QT_TRANSLATE_NOOP("SchemaText", "key set"), ""},
    Kind{"vaults", QT_TRANSLATE_NOOP("SchemaText", "Vaults"), QT_TRANSLATE_NOOP("SchemaText", "vault"), ""},
};

const Kind* findKind(std::string_view type)
{
    const auto found = std::find_if(kinds.begin(), kinds.end(), [type](const Kind& kind) { return kind.type == type; });
    return found == kinds.end() ? nullptr : &*found;
}

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// A whole number of the largest unit that divides the time evenly, or about as much of it.
QString timeReading(double seconds)
{
    struct Unit
    {
        double seconds;
        QString (*text)(qint64 count);
    };
    static const std::array<Unit, 4> units{{
        {86400, [](qint64 count) { return count == 1 ? Tr::tr("1 day") : Tr::tr("%1 days").arg(count); }},
        {3600, [](qint64 count) { return Tr::tr("%1 h", "hours").arg(count); }},
        {60, [](qint64 count) { return Tr::tr("%1 min", "minutes").arg(count); }},
        {1, [](qint64 count) { return Tr::tr("%1 s", "seconds").arg(count); }},
    }};
    for (const Unit& unit : units) {
        const double count = seconds / unit.seconds;
        if (count >= 1 && count < 1e9 && std::floor(count) == count)
            return unit.text(static_cast<qint64>(count));
    }
    return seconds >= 60 && seconds < 1e15 ? spanText(std::chrono::seconds(static_cast<qint64>(seconds))) : QString();
}

} // namespace

QString helpText(const gateway::Field& field)
{
    const QString text = fromView(field.help).simplified();
    if (text.isEmpty())
        return {};
    // A full stop ends a sentence when a capital follows; "e.g. a" and "3.0" do not.
    for (qsizetype at = text.indexOf(QLatin1String(". ")); at >= 0; at = text.indexOf(QLatin1String(". "), at + 1)) {
        if (at + 2 < text.size() && text.at(at + 2).isUpper())
            return text.left(at + 1);
    }
    return text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

QString numberReading(double value, std::string_view unit)
{
    if (value == 0 || !std::isfinite(value))
        return {};
    if (unit == "s" && value >= 60)
        return timeReading(value);
    if (unit == "ms" && value >= 1000)
        return timeReading(value / 1000);
    if ((unit == "bytes" || unit == "B") && value >= 1000)
        return sizeText(static_cast<quint64>(value));
    return {};
}

QString unitText(double value, std::string_view unit)
{
    const QString reading = numberReading(value, unit);
    return reading.isEmpty() ? fromView(unit)
                             : Tr::tr("%1, %2", "unit, then what the number means").arg(fromView(unit), reading);
}

QString kindHeading(std::string_view entityType)
{
    const Kind* kind = findKind(entityType);
    return kind ? Tr::tr(kind->heading) : fromView(entityType);
}

QString kindName(std::string_view entityType)
{
    const Kind* kind = findKind(entityType);
    return kind ? Tr::tr(kind->name) : fromView(entityType);
}

QString kindPrefix(std::string_view entityType)
{
    const Kind* kind = findKind(entityType);
    return kind ? QString::fromLatin1(kind->prefix) : QString();
}

QString addElementText(const gateway::Field& list)
{
    struct Meaning
    {
        std::string_view part;
        const char* text;
    };
    static constexpr std::array meanings{
        Meaning{"header", QT_TRANSLATE_NOOP("SchemaText", "Add a header")},
        Meaning{"cookie", QT_TRANSLATE_NOOP("SchemaText", "Add a cookie")},
        Meaning{"uri_param", QT_TRANSLATE_NOOP("SchemaText", "Add a parameter")},
        Meaning{"method", QT_TRANSLATE_NOOP("SchemaText", "Add a method")},
        Meaning{"path", QT_TRANSLATE_NOOP("SchemaText", "Add a path")},
        Meaning{"host", QT_TRANSLATE_NOOP("SchemaText", "Add a host")},
        Meaning{"sni", QT_TRANSLATE_NOOP("SchemaText", "Add a server name")},
        Meaning{"protocol", QT_TRANSLATE_NOOP("SchemaText", "Add a protocol")},
        Meaning{"tag", QT_TRANSLATE_NOOP("SchemaText", "Add a tag")},
        Meaning{"origin", QT_TRANSLATE_NOOP("SchemaText", "Add an origin")},
        Meaning{"claim", QT_TRANSLATE_NOOP("SchemaText", "Add a claim")},
        Meaning{"scope", QT_TRANSLATE_NOOP("SchemaText", "Add a scope")},
        Meaning{"key_name", QT_TRANSLATE_NOOP("SchemaText", "Add a name")},
    };
    for (const Meaning& meaning : meanings) {
        if (list.name.find(meaning.part) != std::string::npos)
            return Tr::tr(meaning.text);
    }
    return Tr::tr("Add a value");
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/problemtext.h"

#include "base/error.h"
#include "gateway/schema.h"
#include "gateway/snapshot.h"
#include "http/server/server.h"
#include "text/schematext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <array>

namespace claimsmith::app {
namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(ProblemText)
};

/// What the configuration analysis warns about, by id.
struct Warning
{
    std::string_view id;
    const char* text;
};

constexpr std::array warnings{
    Warning{"jwt-without-exp", QT_TRANSLATE_NOOP("ProblemText", "Without an exp check a token never expires")},
    Warning{"jwt-without-nbf",
            QT_TRANSLATE_NOOP("ProblemText", "A token without nbf check is accepted before its start")},
    Warning{"anonymous-unknown",
            QT_TRANSLATE_NOOP("ProblemText", "No consumer has the name or id in anonymous, requests without "
                                             "credentials get a 500")},
    Warning{"issuer-in-clear", QT_TRANSLATE_NOOP("ProblemText", "Issuer uses http, tokens can be read on the way")},
    Warning{"secret-in-file",
            QT_TRANSLATE_NOOP("ProblemText", "A secret stands in kong.yml and goes wherever the file goes")},
    Warning{"plugin-ordering", QT_TRANSLATE_NOOP("ProblemText", "Plugins run by priority, ordering changes nothing")},
    Warning{"websocket-protocol",
            QT_TRANSLATE_NOOP("ProblemText", "There are no WebSocket services, ws and wss change nothing")},
    Warning{"vault-reference",
            QT_TRANSLATE_NOOP("ProblemText", "Vaults are not asked, the reference counts as the text that it is")},
    Warning{"vault", QT_TRANSLATE_NOOP("ProblemText", "Vaults are not asked")},
    Warning{"stream-route",
            QT_TRANSLATE_NOOP("ProblemText", "Nothing listens for streams, no request takes this route")},
    Warning{"service-protocol",
            QT_TRANSLATE_NOOP("ProblemText", "The upstream is spoken to with HTTP/1.1 whatever this says")},
    Warning{"tcp-health-checks",
            QT_TRANSLATE_NOOP("ProblemText", "Checks of this type do not run where HTTP is proxied")},
    Warning{"grpc-health-checks",
            QT_TRANSLATE_NOOP("ProblemText", "Targets are asked with HTTP requests, as Kong does")},
    Warning{"srv-names", QT_TRANSLATE_NOOP("ProblemText", "SRV records are not looked up")},
    Warning{"oauth2-credential", QT_TRANSLATE_NOOP("ProblemText", "No plugin reads this credential")},
    Warning{"konnect", QT_TRANSLATE_NOOP("ProblemText", "This one gateway stands for every control plane")},
    Warning{"workspace", QT_TRANSLATE_NOOP("ProblemText", "There are no workspaces, all entities are in one")},
    Warning{"lookup-tags", QT_TRANSLATE_NOOP("ProblemText", "Nothing outside this file is looked up")},
    Warning{"group-overrides", QT_TRANSLATE_NOOP("ProblemText", "Plugins of a group take the place of overrides")},
    Warning{"not-kept", QT_TRANSLATE_NOOP("ProblemText", "The gateway has none of these, the list is passed over")},
};

/// Kong's texts as patterns, and what is said instead. The predicate goes behind the field's name ("… must be text").
struct Pattern
{
    const char* kong;
    const char* predicate; ///< %1, %2: what the groups caught
};

constexpr std::array patterns{
    Pattern{"^value should be between (\\S+) and (\\S+)$",
            QT_TRANSLATE_NOOP("ProblemText", "must be between %1 and %2")},
    Pattern{"^value must be greater than (\\S+)$", QT_TRANSLATE_NOOP("ProblemText", "must be greater than %1")},
    Pattern{"^required field missing$", QT_TRANSLATE_NOOP("ProblemText", "is missing")},
    Pattern{"^unknown field$", QT_TRANSLATE_NOOP("ProblemText", "is not a field that the gateway knows")},
    Pattern{"^expected a string$", QT_TRANSLATE_NOOP("ProblemText", "must be text")},
    Pattern{"^expected an integer$", QT_TRANSLATE_NOOP("ProblemText", "must be a whole number")},
    Pattern{"^expected a number$", QT_TRANSLATE_NOOP("ProblemText", "must be a number")},
    Pattern{"^expected a boolean$", QT_TRANSLATE_NOOP("ProblemText", "must be true or false")},
    Pattern{"^expected an? (?:array|set)$", QT_TRANSLATE_NOOP("ProblemText", "must be a list")},
    Pattern{"^expected a (?:map|record)$", QT_TRANSLATE_NOOP("ProblemText", "must hold named values")},
    Pattern{"^expected one of: (.+)$", QT_TRANSLATE_NOOP("ProblemText", "must be one of %1")},
    Pattern{"^expected to contain: (.+)$", QT_TRANSLATE_NOOP("ProblemText", "must contain %1")},
    Pattern{"^length must be at least 1$", QT_TRANSLATE_NOOP("ProblemText", "must not be empty")},
    Pattern{"^length must be at least (\\d+)$", QT_TRANSLATE_NOOP("ProblemText", "must have at least %1 characters")},
    Pattern{"^length must be at most (\\d+)$", QT_TRANSLATE_NOOP("ProblemText", "must have at most %1 characters")},
    Pattern{"^should start with: (.+)$", QT_TRANSLATE_NOOP("ProblemText", "must start with %1")},
    Pattern{"^value must be null$", QT_TRANSLATE_NOOP("ProblemText", "cannot be set here")},
    Pattern{"^expected a valid UUID$", QT_TRANSLATE_NOOP("ProblemText", "must be a UUID")},
    Pattern{"^invalid key$", QT_TRANSLATE_NOOP("ProblemText", "holds no key that can be read")},
    Pattern{"^invalid value: (.*)$", QT_TRANSLATE_NOOP("ProblemText", "cannot be %1")},
};

/// Texts about an entity or the document: whole sentences of their own.
constexpr std::array sentences{
    Pattern{"^plugin '(.+)' not enabled; .*$", QT_TRANSLATE_NOOP("ProblemText", "The gateway has no plugin %1")},
    Pattern{"^invalid reference '(\\S+): (.+)' \\(no such entry in '\\S+'\\)$",
            QT_TRANSLATE_NOOP("ProblemText", "There is no %1 %2 in this file")},
    Pattern{"^uniqueness violation: '\\S+' entity with (.+) set to '(.*)' already declared$",
            QT_TRANSLATE_NOOP("ProblemText", "Another entity has the %1 %2 already")},
    Pattern{"^at least one of these fields must be non-empty: (.+)$",
            QT_TRANSLATE_NOOP("ProblemText", "At least one of %1 has to be set")},
    Pattern{"^exactly one of these fields must be non-empty: (.+)$",
            QT_TRANSLATE_NOOP("ProblemText", "Exactly one of %1 has to be set")},
    Pattern{"^only one or none of these fields must be set: (.+)$",
            QT_TRANSLATE_NOOP("ProblemText", "Only one of %1 may be set")},
    Pattern{"^all or none of these fields must be set: (.+)$",
            QT_TRANSLATE_NOOP("ProblemText", "All of %1 have to be set, or none")},
    Pattern{"^values of these fields must be distinct: (.+)$", QT_TRANSLATE_NOOP("ProblemText", "%1 must differ")},
    Pattern{"^must set one of (.+) when 'protocols' is .+$",
            QT_TRANSLATE_NOOP("ProblemText", "One of %1 has to be set")},
    Pattern{"^failed conditional validation given value of field '(?:config\\.)?(.+)'$",
            QT_TRANSLATE_NOOP("ProblemText", "Another field does not fit the value of %1")},
    Pattern{"^unknown type: (.+)$", QT_TRANSLATE_NOOP("ProblemText", "There is no kind %1")},
};

QString fromStd(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

template <std::size_t Size>
std::optional<QString> match(const std::array<Pattern, Size>& table, const QString& kong)
{
    for (const Pattern& pattern : table) {
        const QRegularExpressionMatch found = QRegularExpression(QString::fromLatin1(pattern.kong)).match(kong);
        if (!found.hasMatch())
            continue;
        QString text = Tr::tr(pattern.predicate);
        for (int group = 1; group <= found.lastCapturedIndex(); ++group)
            text.replace(QLatin1Char('%') + QString::number(group), found.captured(group).remove(QLatin1Char('\'')));
        return text;
    }
    return std::nullopt;
}

/// "config.keys.2" → "keys.2": whose field it is, the entity's column says.
QString shownField(const std::string& field)
{
    const QString name = fromStd(field);
    return name.startsWith(QLatin1String("config.")) ? name.mid(7) : name;
}

QString capitalised(QString text)
{
    if (!text.isEmpty())
        text[0] = text.at(0).toUpper();
    return text;
}

} // namespace

QString problemText(const gateway::Problem& problem)
{
    for (const Warning& warning : warnings) {
        if (warning.id == problem.message)
            return Tr::tr(warning.text);
    }
    const QString kong = fromStd(problem.message);
    if (auto sentence = match(sentences, kong))
        return *sentence;
    const QString field = shownField(problem.field);
    if (auto predicate = match(patterns, kong); predicate && !field.isEmpty())
        return Tr::tr("%1 %2", "field, then what is wrong with it").arg(field, *predicate);
    return field.isEmpty() ? capitalised(kong) : Tr::tr("%1: %2", "field, then Kong's own text").arg(field, kong);
}

QString fieldProblemText(const gateway::Problem& problem, const gateway::Field& field)
{
    const QString kong = fromStd(problem.message);
    if (problem.message == "required field missing")
        return Tr::tr("Enter %1.", "a field's name").arg(fromStd(field.name));
    if (field.between && problem.message.rfind("value should be between", 0) == 0) {
        const QLocale locale = QLocale::c();
        const QString most = numberReading(field.between->second, field.unit);
        const QString range =
            Tr::tr("Must be between %1 and %2")
                .arg(locale.toString(field.between->first, 'g', 15), locale.toString(field.between->second, 'g', 15));
        return most.isEmpty() ? range + QLatin1Char('.')
                              : Tr::tr("%1 (%2).", "a range, then its upper end in words").arg(range, most);
    }
    if (auto predicate = match(patterns, kong))
        return capitalised(*predicate) + QLatin1Char('.');
    const QString text = problemText({problem.place, problem.message, problem.entity, problem.name, {}});
    return text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

QString parseFailureText(const Error& error)
{
    return Tr::tr("kong.yml does not parse: line %1, column %2").arg(error.place.line).arg(error.place.column);
}

GatewayFailureText gatewayFailureText(const Error& error, const QString& address)
{
    const QString port = address.section(QLatin1Char(':'), -1);
    const QString unchanged = Tr::tr("The gateway did not start. Nothing else was changed.");
    if (error.code == http::ServerErrorCode::AddressInUse)
        return {Tr::tr("Port %1 is used by another program").arg(port), unchanged};
    if (error.code == http::ServerErrorCode::AddressNotLocal)
        return {Tr::tr("%1 is no address of this machine").arg(address), unchanged};
    if (error.code == http::ServerErrorCode::NotPermitted)
        return {Tr::tr("Only root may open port %1").arg(port), unchanged};
    if (error.code == http::ServerErrorCode::BadAddress)
        return {Tr::tr("%1 is not an address and port such as 127.0.0.1:8000").arg(address), unchanged};
    return {Tr::tr("The gateway did not start"), capitalised(fromStd(error.detail))};
}

} // namespace claimsmith::app

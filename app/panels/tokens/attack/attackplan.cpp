// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/attack/attackplan.h"

#include "gateway/snapshot.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(AttackPlan)
};

constexpr std::chrono::seconds patience{10};
constexpr std::uint64_t largestAnswer = 64U << 10U;

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

const gateway::Route* findRoute(const gateway::Snapshot& snapshot, const std::string& id)
{
    const auto& routes = snapshot.routes();
    const auto found = std::find_if(routes.begin(), routes.end(), [&](const auto& route) { return route->id == id; });
    return found == routes.end() ? nullptr : found->get();
}

const document::Value* guardConfig(const gateway::Snapshot& snapshot, const gateway::Route& route)
{
    for (const gateway::ChainSlot& slot : snapshot.chainOf(&route)) {
        if (slot.instance && slot.descriptor->name == "jwt")
            return slot.instance->entity->fields.find("config");
    }
    return nullptr;
}

void addPlaces(std::vector<TokenPlace>& places, const document::Value& config, std::string_view setting,
               TokenPlace::Kind kind)
{
    const auto* names = config.find(setting);
    const auto* list = names ? names->asArray() : nullptr;
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        if (const std::string* name = (*list)[i].asString())
            places.push_back({kind, *name});
    }
}

/// A path that the route matches; regular expressions are not turned round.
std::string plainPath(const gateway::Route& route)
{
    const auto plain = std::find_if(route.paths.begin(), route.paths.end(),
                                    [](const std::string& path) { return !path.starts_with('~'); });
    return plain == route.paths.end() ? "/" : *plain;
}

std::vector<TokenPlace> usualPlaces()
{
    return {{TokenPlace::Kind::Header, "authorization"},
            {TokenPlace::Kind::Query, "jwt"},
            {TokenPlace::Kind::Cookie, "jwt"}};
}

/// Kinds by the beginning of their ids.
struct GroupWords
{
    std::string_view prefix;
    const char* text;
};

#define T(text) QT_TRANSLATE_NOOP("AttackPlan", text)
constexpr std::array groupWords{
    GroupWords{"exp", T("Time")},
    GroupWords{"nbf", T("Time")},
    GroupWords{"iat", T("Time")},
    GroupWords{"aud", T("Identity")},
    GroupWords{"iss", T("Identity")},
    GroupWords{"claims", T("Identity")},
    GroupWords{"payload", T("Identity")},
    GroupWords{"hs-", T("Keys and secrets")},
    GroupWords{"alg-other", T("Keys and secrets")},
    GroupWords{"alg-none", T("Signature")},
    GroupWords{"none", T("Signature")},
    GroupWords{"signature", T("Signature")},
    GroupWords{"ecdsa", T("Signature")},
    GroupWords{"unsigned", T("Signature")},
    GroupWords{"jwe", T("Encryption")},
    GroupWords{"jwk", T("Header")},
    GroupWords{"jku", T("Header")},
    GroupWords{"x5", T("Header")},
    GroupWords{"kid", T("Header")},
    GroupWords{"crit", T("Header")},
    GroupWords{"b64", T("Header")},
    GroupWords{"zip", T("Header")},
    GroupWords{"typ", T("Header")},
    GroupWords{"header", T("Header")},
    GroupWords{"alg", T("Header")},
};
#undef T

void addToQuery(std::string& url, const std::string& name, const std::string& value)
{
    url += url.find('?') == std::string::npos ? '?' : '&';
    url += name + '=' + QUrl::toPercentEncoding(QString::fromStdString(value)).toStdString();
}

} // namespace

QString AttackRow::title() const
{
    return variant ? text(variant->title) : Tr::tr("The genuine token");
}

QString AttackRow::label() const
{
    if (forgeries.size() > 1)
        return Tr::tr("%n forms", nullptr, static_cast<int>(forgeries.size()));
    return forgeries.empty() ? QString() : text(forgeries.front().label);
}

QString AttackRow::group() const
{
    if (!variant)
        return Tr::tr("Baseline");
    const auto* found = std::find_if(groupWords.begin(), groupWords.end(),
                                     [&](const GroupWords& each) { return variant->id.starts_with(each.prefix); });
    return found == groupWords.end() ? Tr::tr("Structure") : Tr::tr(found->text);
}

QString placeText(const TokenPlace& place)
{
    switch (place.kind) {
    case TokenPlace::Kind::Header:
        return Tr::tr("%1 header")
            .arg(place.name == "authorization" ? QStringLiteral("Authorization") : text(place.name));
    case TokenPlace::Kind::Query:
        return Tr::tr("Query ?%1=").arg(text(place.name));
    case TokenPlace::Kind::Cookie:
        return Tr::tr("Cookie %1").arg(text(place.name));
    case TokenPlace::Kind::Verifier:
        break;
    }
    return Tr::tr("Verifier");
}

std::optional<AttackTarget> routeTarget(const gateway::Snapshot& snapshot, const std::string& id,
                                        const std::string& authority)
{
    const gateway::Route* route = findRoute(snapshot, id);
    const document::Value* config = route ? guardConfig(snapshot, *route) : nullptr;
    if (!config)
        return std::nullopt;
    AttackTarget target;
    target.kind = AttackTarget::Kind::Route;
    target.name = Tr::tr("route %1").arg(text(route->name.empty() ? route->id : route->name));
    target.route = id;
    target.url = "http://" + authority + plainPath(*route);
    target.host = route->hosts.empty() ? std::string() : route->hosts.front();
    target.method = route->methods.empty() ? "GET" : route->methods.front();
    for (const auto& [name, values] : route->headers)
        target.headers.emplace_back(name, values.empty() ? std::string() : values.front());
    addPlaces(target.places, *config, "header_names", TokenPlace::Kind::Header);
    addPlaces(target.places, *config, "uri_param_names", TokenPlace::Kind::Query);
    addPlaces(target.places, *config, "cookie_names", TokenPlace::Kind::Cookie);
    // A place where the plugin does not look is worth a try too: nothing may get through there.
    const bool readsCookies = std::any_of(target.places.begin(), target.places.end(),
                                          [](const TokenPlace& each) { return each.kind == TokenPlace::Kind::Cookie; });
    if (!readsCookies)
        target.places.push_back({TokenPlace::Kind::Cookie, "jwt"});
    return target;
}

AttackTarget urlTarget(const std::string& url)
{
    AttackTarget target;
    target.kind = AttackTarget::Kind::Url;
    target.name = text(url);
    target.url = url;
    target.places = usualPlaces();
    return target;
}

AttackTarget verifierTarget(const QString& key)
{
    AttackTarget target;
    target.name = key;
    target.places = {{TokenPlace::Kind::Verifier, {}}};
    return target;
}

bool isLoopback(const std::string& url)
{
    const QString host = QUrl(QString::fromStdString(url)).host();
    static const QRegularExpression ownBlock(QStringLiteral("^127(\\.\\d{1,3}){3}$"));
    return host == QLatin1String("localhost") || host.endsWith(QLatin1String(".localhost")) ||
           host == QLatin1String("::1") || ownBlock.match(host).hasMatch();
}

Result<std::vector<AttackRow>> attackRows(const std::string& token, const jose::forge::Knowledge& knowledge)
{
    CLAIMSMITH_TRY(const auto forged, jose::forge::forge(token, knowledge));
    std::vector<AttackRow> rows;
    rows.push_back({nullptr, {{.label = {}, .token = token}}});
    for (const jose::forge::ForgedVariant& each : forged) {
        if (!each.forgeries.empty())
            rows.push_back({each.variant, each.forgeries});
    }
    // Rows of one heading stand together.
    std::vector<QString> order;
    for (const AttackRow& row : rows) {
        if (std::find(order.begin(), order.end(), row.group()) == order.end())
            order.push_back(row.group());
    }
    const auto rank = [&](const AttackRow& row) { return std::find(order.begin(), order.end(), row.group()); };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const AttackRow& a, const AttackRow& b) { return rank(a) < rank(b); });
    return rows;
}

http::ClientRequest attackRequest(const AttackTarget& target, const TokenPlace& place,
                                  const jose::forge::Forgery& forgery)
{
    http::ClientRequest request;
    request.method = target.method;
    request.url = target.url;
    request.totalTimeout = patience;
    request.maximumBody = largestAnswer;
    if (!target.host.empty())
        request.headers.add("Host", target.host);
    for (const auto& [name, value] : target.headers)
        request.headers.add(name, value);
    switch (place.kind) {
    case TokenPlace::Kind::Header:
        request.headers.add(place.name == "authorization" ? "Authorization" : place.name, "Bearer " + forgery.token);
        break;
    case TokenPlace::Kind::Query:
        addToQuery(request.url, place.name, forgery.token);
        break;
    case TokenPlace::Kind::Cookie:
        request.headers.add("Cookie", place.name + '=' + forgery.token);
        break;
    case TokenPlace::Kind::Verifier:
        break;
    }
    if (forgery.beside)
        addToQuery(request.url, "jwt", *forgery.beside);
    return request;
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/jwks/keysetstore.h"

#include "document/json.h"
#include "text/josetext.h"

#include <QFile>
#include <QUrl>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr qint64 largestFile = 1 << 20;

/// Where an issuer describes itself: appended to its URL (OpenID Connect Discovery §4), or put before its path (RFC
/// 8414 §3.1).
std::vector<QString> discoveryUrls(const QString& asked)
{
    QUrl url(asked);
    QString path = url.path();
    if (path.contains(QLatin1String("/.well-known/")) || url.hasQuery())
        return {};
    while (path.endsWith(u'/'))
        path.chop(1);
    const auto at = [&](const QString& where) {
        QUrl result = url;
        result.setPath(where);
        return result.toString();
    };
    return {at(path + QStringLiteral("/.well-known/openid-configuration")),
            at(QStringLiteral("/.well-known/oauth-authorization-server") + path)};
}

QString textOf(const std::string* value)
{
    return value ? QString::fromStdString(*value) : QString();
}

} // namespace

KeySetStore::KeySetStore(const Clock& clock, QObject* parent) : QObject(parent), m_clock(clock)
{
    connect(&m_fetcher, &JwksFetcher::fetched, this, &KeySetStore::take);
    connect(&m_fetcher, &JwksFetcher::failed, this, [this](const Error& error) {
        if (m_reason.isEmpty())
            m_reason = QString::fromStdString(error.detail);
        tryNext();
    });
}

const FetchedSet* KeySetStore::find(const QString& source) const
{
    const auto found =
        std::find_if(m_sets.begin(), m_sets.end(), [&](const FetchedSet& each) { return each.source == source; });
    return found == m_sets.end() ? nullptr : &*found;
}

void KeySetStore::fetch(const QString& url)
{
    m_asked = url.trimmed();
    m_issuer.clear();
    m_reason.clear();
    m_plans = {m_asked};
    for (const QString& each : discoveryUrls(m_asked))
        m_plans.push_back(each);
    tryNext();
}

void KeySetStore::tryNext()
{
    if (m_plans.empty())
        return giveUp(m_reason);
    m_current = m_plans.front();
    m_plans.pop_front();
    m_fetcher.fetch(m_current.toStdString());
}

void KeySetStore::take(const Bytes& document, const http::ResponseHead& head)
{
    const auto value = document::parseJson(document);
    const QString keys = value ? textOf(value->findString("jwks_uri")) : QString();
    if (!keys.isEmpty()) { // it describes an issuer: the set is where it says
        m_issuer = textOf(value->findString("issuer"));
        m_plans = {keys};
        return tryNext();
    }
    auto set = readSet(m_current, document);
    if (!set) {
        if (m_reason.isEmpty())
            m_reason = joseErrorText(set.error());
        return tryNext();
    }
    set->issuer = m_issuer;
    set->headers = head.headers;
    set->fetchedAt = m_clock.unixSeconds();
    keep(std::move(set).value());
}

void KeySetStore::keep(FetchedSet set)
{
    const QString source = set.source;
    const auto known =
        std::find_if(m_sets.begin(), m_sets.end(), [&](const FetchedSet& each) { return each.source == source; });
    if (known != m_sets.end()) {
        set.changes = keySetChanges(known->keys, set.keys);
        set.fetches = known->fetches + 1;
        m_sets.erase(known);
    }
    m_sets.insert(m_sets.begin(), std::move(set));
    const QString asked = std::exchange(m_asked, {});
    emit changed();
    emit fetched(asked, source);
}

void KeySetStore::giveUp(const QString& sentence)
{
    for (FetchedSet& each : m_sets) {
        if (each.source == m_asked)
            each.failure = sentence;
    }
    const QString asked = std::exchange(m_asked, {});
    emit changed();
    emit failed(asked, sentence);
}

void KeySetStore::openFile(const QString& path)
{
    m_asked = path;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return giveUp(file.errorString());
    if (file.size() > largestFile)
        return giveUp(tr("The file is larger than 1 MB, which no set of keys is"));
    auto set = readSet(path, file.readAll().toStdString());
    if (!set)
        return giveUp(joseErrorText(set.error()));
    set->fetchedAt = m_clock.unixSeconds();
    keep(std::move(set).value());
}

void KeySetStore::remove(const QString& source)
{
    std::erase_if(m_sets, [&](const FetchedSet& each) { return each.source == source; });
    emit changed();
}

} // namespace claimsmith::app

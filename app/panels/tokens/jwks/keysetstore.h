// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "bridge/jwksfetcher.h"
#include "panels/tokens/jwks/keyset.h"

#include <QObject>

#include <deque>
#include <vector>

namespace claimsmith::app {

/// The key sets that were fetched in this run of the program, the newest first. Gets nothing by itself: each fetch is
/// somebody's click. An issuer is as good as its URL: discovery finds the set (OpenID Connect Discovery §4, RFC 8414
/// §3). GUI thread.
class KeySetStore final : public QObject
{
    Q_OBJECT

public:
    /// `clock` has to outlive the store.
    explicit KeySetStore(const Clock& clock, QObject* parent = nullptr);

    const std::vector<FetchedSet>& sets() const noexcept { return m_sets; }
    const FetchedSet* find(const QString& source) const;
    bool isFetching() const noexcept { return !m_asked.isEmpty(); }

    /// Of a set, a certificate or key, or an issuer. A fetch that is under way is given up.
    void fetch(const QString& url);
    void openFile(const QString& path);
    void remove(const QString& source);

signals:
    void changed();
    /// What was asked for is there, under this source.
    void fetched(const QString& asked, const QString& source);
    void failed(const QString& asked, const QString& sentence);

private:
    void tryNext();
    void take(const Bytes& document, const http::ResponseHead& head);
    void keep(FetchedSet set);
    void giveUp(const QString& sentence);

    const Clock& m_clock;
    JwksFetcher m_fetcher;
    std::vector<FetchedSet> m_sets;
    QString m_asked;             ///< what the person typed; empty when nothing is under way
    QString m_issuer;            ///< that a discovery document named
    QString m_current;           ///< URL that is being fetched
    std::deque<QString> m_plans; ///< to try when the current one leads nowhere
    QString m_reason;            ///< why the first one failed
};

} // namespace claimsmith::app

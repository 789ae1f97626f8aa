// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace claimsmith::app {

/// Secrets on the clipboard: taken off again after a minute and when the program ends, unless something else was copied
/// since. Keeps a hash of what it put there, not the secret. GUI thread.
class SecretClipboard final : public QObject
{
    Q_OBJECT

public:
    static SecretClipboard& instance();

    void copy(const QString& secret);
    /// For tests that do not wait a minute.
    void setLifetime(std::chrono::milliseconds lifetime) { m_lifetime = lifetime; }

private:
    explicit SecretClipboard(QObject* parent);
    void clear();

    QTimer m_timer;
    std::chrono::milliseconds m_lifetime{60'000};
    QByteArray m_hash;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/paint.h"

#include <QList>
#include <QObject>

class QMenu;

namespace claimsmith::app {

/// What happened while nobody looked: failures of saving, of the gateway, of the keychain. The newest twenty, shown by
/// the bell.
class Notices final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void add(Tone tone, const QString& sentence);

    int unread() const { return m_unread; }

    /// Fills the bell's menu, newest first, and counts all as read.
    void show(QMenu& menu);

signals:
    void changed();

private:
    struct Notice
    {
        Tone tone;
        QString sentence;
        QString time;
    };

    QList<Notice> m_notices;
    int m_unread = 0;
};

} // namespace claimsmith::app

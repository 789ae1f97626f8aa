// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/notices.h"

#include "theme/icons.h"

#include <QMenu>
#include <QTime>

namespace claimsmith::app {
namespace {

constexpr qsizetype kept = 20;

QLatin1String iconOf(Tone tone)
{
    switch (tone) {
    case Tone::Bad:
        return QLatin1String("x-circle");
    case Tone::Warn:
        return QLatin1String("warning");
    default:
        return QLatin1String("info");
    }
}

} // namespace

void Notices::add(Tone tone, const QString& sentence)
{
    m_notices.prepend({tone, sentence, QTime::currentTime().toString(QStringLiteral("HH:mm:ss"))});
    while (m_notices.size() > kept)
        m_notices.removeLast();
    ++m_unread;
    emit changed();
}

void Notices::show(QMenu& menu)
{
    menu.clear();
    if (m_notices.isEmpty())
        menu.addAction(tr("Nothing to tell"))->setEnabled(false);
    for (const Notice& notice : std::as_const(m_notices)) {
        QString text = notice.sentence;
        text.replace(QLatin1Char('&'), QStringLiteral("&&"));
        menu.addAction(themedIcon(iconOf(notice.tone), toneColors(notice.tone).text),
                       text + QLatin1Char('\t') + notice.time);
    }
    m_unread = 0;
    emit changed();
}

} // namespace claimsmith::app

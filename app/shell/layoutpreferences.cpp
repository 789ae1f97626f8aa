// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/layoutpreferences.h"

#include <QSettings>
#include <QStringList>

namespace claimsmith::app {
namespace {

const auto responsePlaceKey = QStringLiteral("layout/responsePlace");
const QStringList places{QStringLiteral("below"), QStringLiteral("beside"), QStringLiteral("byWidth")};

} // namespace

LayoutPreferences& LayoutPreferences::instance()
{
    static LayoutPreferences preferences;
    return preferences;
}

LayoutPreferences::LayoutPreferences()
{
    const qsizetype stored = places.indexOf(QSettings().value(responsePlaceKey).toString());
    if (stored >= 0)
        m_responsePlace = static_cast<ResponsePlace>(stored);
}

void LayoutPreferences::setResponsePlace(ResponsePlace place)
{
    if (place == m_responsePlace)
        return;
    m_responsePlace = place;
    QSettings().setValue(responsePlaceKey, places.at(static_cast<int>(place)));
    emit changed();
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/englishplurals.h"

namespace claimsmith::app {

QString EnglishPlurals::translate(const char*, const char* source, const char*, int n) const
{
    constexpr QLatin1String mark("(s)");
    QString text = QString::fromUtf8(source);
    if (n < 0 || !text.contains(mark))
        return {};
    return text.replace(mark, n == 1 ? QLatin1String() : QLatin1String("s"));
}

} // namespace claimsmith::app

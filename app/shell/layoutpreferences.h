// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace claimsmith::app {

/// How pages lay themselves out, as Settings, Appearance says. Remembered at once; pages follow changed().
class LayoutPreferences final : public QObject
{
    Q_OBJECT

public:
    enum class ResponsePlace {
        Below,   ///< the editor, always
        Beside,  ///< it, unless the window is narrow
        ByWidth, ///< beside on wide pages, else below
    };

    static LayoutPreferences& instance();

    ResponsePlace responsePlace() const noexcept { return m_responsePlace; }
    void setResponsePlace(ResponsePlace place);

signals:
    void changed();

private:
    LayoutPreferences();

    ResponsePlace m_responsePlace = ResponsePlace::Below;
};

} // namespace claimsmith::app

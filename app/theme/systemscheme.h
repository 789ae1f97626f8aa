// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QDBusVariant;

namespace claimsmith::app {

/// Whether the desktop asks for dark windows. Before Qt 6.5 the style hints do not say, so the settings portal is asked
/// (org.freedesktop.appearance, color-scheme); until it answers, and without one, the lightness of the platform's
/// palette at construction decides.
class SystemScheme final : public QObject
{
    Q_OBJECT

public:
    explicit SystemScheme(QObject* parent = nullptr);

    bool isDark() const noexcept { return m_dark; }

signals:
    void changed();

private slots:
    void onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void askPortal();
    void take(uint portalValue);
    void setDark(bool dark);

    bool m_platformDark;
    bool m_dark;
};

} // namespace claimsmith::app

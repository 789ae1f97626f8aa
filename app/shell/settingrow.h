// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace claimsmith::app {

/// A line of a settings card: name, what it does, control at the right; separated from the next by a line.
class SettingRow final : public QWidget
{
    Q_OBJECT

public:
    SettingRow(const QString& name, const QString& help, const QList<QWidget*>& controls, bool last);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool m_last;
};

} // namespace claimsmith::app

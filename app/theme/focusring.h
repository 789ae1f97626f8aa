// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QFocusFrame;
class QWidget;

namespace claimsmith::app {

/// Draws the keyboard focus around buttons, check boxes and own controls: one ring that moves, shown only when the
/// focus came by Tab or a shortcut. Fields draw theirs inside and are left alone. Lives as long as its parent, the
/// application.
class FocusRing final : public QObject
{
    Q_OBJECT

public:
    explicit FocusRing(QObject* application);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show(QWidget* widget);
    void hide();

    QPointer<QFocusFrame> m_frame;
};

} // namespace claimsmith::app

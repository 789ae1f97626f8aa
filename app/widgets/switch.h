// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

class QVariantAnimation;

namespace claimsmith::app {

/// On or off at once: 28 × 16 with a knob. Its text is its accessible name and is not drawn; a label stands beside it.
class Switch final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit Switch(const QString& name, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVariantAnimation* m_motion;
    qreal m_place = 0; ///< of the knob, 0 off to 1 on
};

} // namespace claimsmith::app

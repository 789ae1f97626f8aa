// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/appearance.h"

#include <QRadioButton>

namespace claimsmith::app {

/// A colour scheme as a small picture over a radio button.
class ThemeChoice final : public QRadioButton
{
    Q_OBJECT

public:
    ThemeChoice(Appearance::Scheme scheme, const QString& name);

    QSize sizeHint() const override;

protected:
    bool hitButton(const QPoint& position) const override;
    void paintEvent(QPaintEvent* event) override;

private:
    Appearance::Scheme m_scheme;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/fonts.h"
#include "theme/paint.h"

#include <QAbstractButton>

class QTimer;

namespace claimsmith::app {

/// The gateway's state in the status bar: dot or turning ring, word, addresses.
class GatewayPill final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit GatewayPill(QWidget* parent = nullptr);

    struct Face
    {
        Tone tone = Tone::Neutral;
        QString state;
        QString proxy;  ///< "127.0.0.1:8000", in mono
        QString admin;  ///< ":8001", in mono, after the word admin
        QString reason; ///< of a failure
        bool turning = false;

        friend bool operator==(const Face&, const Face&) = default;
    };

    void setFace(const Face& face);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Part
    {
        QString text;
        TextStyle style;
        Role role;
    };

    QList<Part> parts() const;

    Face m_face;
    QTimer* m_turn;
    int m_step = 0;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/client/client.h"

#include <QWidget>

#include <vector>

namespace claimsmith::app {

/// One phase of an exchange.
struct TimelinePhase
{
    QString name;
    std::chrono::microseconds begin{0};
    std::chrono::microseconds end{0};
    QString note; ///< "127.0.0.1:8000", "1.2 kB sent"
};

/// The phases that took place, in order.
std::vector<TimelinePhase> phasesOf(const http::ClientResponse& response);

/// The phases of an exchange as bars on one scale of time.
class TimelineView final : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineView(QWidget* parent = nullptr);

    void setPhases(std::vector<TimelinePhase> phases);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {320, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<TimelinePhase> m_phases;
};

} // namespace claimsmith::app

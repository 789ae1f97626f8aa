// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/tracestepsmodel.h"

#include <QListView>

namespace claimsmith::app {

/// The way of a request through the gateway, step below step: green and solid where it went, filled red where it ended,
/// grey and dashed where it never came.
class TraceView final : public QListView
{
    Q_OBJECT

public:
    explicit TraceView(QWidget* parent = nullptr);

    TraceStepsModel& steps() const { return *m_model; }
    /// Shows a trace and selects the step that decided.
    void setTrace(std::shared_ptr<const gateway::Trace> trace);
    /// Rows of 48 instead of 52, for low windows.
    void setLow(bool low);
    bool isLow() const noexcept { return m_low; }

signals:
    /// The reader chose a step.
    void stepSelected(int row);
    /// Double click or Enter: the entity behind it.
    void stepActivated(int row);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    TraceStepsModel* m_model;
    bool m_low = false;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"
#include "panels/requests/explanationview.h"

#include <QWidget>

#include <memory>

class QSplitter;

namespace claimsmith::app {

class ExplanationView;
class TraceView;

/// The Trace tab: the steps at the left, at the right what the chosen one did and why; one above the other where it is
/// narrow.
class TracePane final : public QWidget
{
    Q_OBJECT

public:
    explicit TracePane(QWidget* parent = nullptr);

    /// `snapshot` is the configuration to explain with; null: steps only.
    void setTrace(std::shared_ptr<const gateway::Trace> trace, std::shared_ptr<const gateway::Snapshot> snapshot,
                  ExplanationView::Preview preview);
    /// Of the step that is shown.
    const gateway::Explanation& explanation() const noexcept { return m_explanation; }
    const gateway::Trace* trace() const noexcept { return m_trace.get(); }
    void setLow(bool low);

signals:
    void repairChosen(const claimsmith::gateway::Repair& repair);
    void entityClicked(const std::string& pointer);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showStep(int row);

    QSplitter* m_splitter;
    TraceView* m_steps;
    ExplanationView* m_view;
    std::shared_ptr<const gateway::Trace> m_trace;
    std::shared_ptr<const gateway::Snapshot> m_snapshot;
    ExplanationView::Preview m_preview;
    gateway::Explanation m_explanation;
    int m_stepsWidth = 0; ///< as laid out last for the room there was
};

} // namespace claimsmith::app

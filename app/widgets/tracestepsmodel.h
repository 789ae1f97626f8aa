// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/trace.h"
#include "theme/paint.h"

#include <QAbstractListModel>

#include <memory>

namespace claimsmith::app {

/// How a step of a trace reads: what the steps of a request have in common, worked out once.
struct TraceStepText
{
    QString title;
    QString detail;
    Pill outcome;     ///< empty text: none
    QString priority; ///< plugins only
    QString duration; ///< empty when it did not run
    QLatin1String icon;
};

TraceStepText textOf(const gateway::Trace& trace, const gateway::Step& step);

/// What ended the request in short words, for a pill: "401 token expired".
QString outcomeText(const gateway::Trace& trace, const gateway::Step& step);

/// The steps of one exchange from top to bottom.
class TraceStepsModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    explicit TraceStepsModel(QObject* parent = nullptr);

    void setTrace(std::shared_ptr<const gateway::Trace> trace);
    const gateway::Trace* trace() const noexcept { return m_trace.get(); }
    const gateway::Step& step(int row) const { return m_trace->steps[static_cast<std::size_t>(row)]; }
    const TraceStepText& text(int row) const { return m_texts[static_cast<std::size_t>(row)]; }

    /// The step that ended the request, else the last plugin that ran, else the answer; -1 without a trace.
    int decisiveRow() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::shared_ptr<const gateway::Trace> m_trace;
    std::vector<TraceStepText> m_texts;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/tracepane.h"

#include "gateway/snapshot.h"
#include "widgets/panels.h"
#include "widgets/traceview.h"

#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int stepsWidth = 448;
constexpr int smallStepsWidth = 352;
constexpr int leastStepsWidth = 300;
constexpr int fullWidth = 1040; // of this pane: less, and the steps give room to the explanation
constexpr int stepsTop = 6;
constexpr int narrowWidth = 700; // of this pane: less, and the explanation goes below the steps

} // namespace

TracePane::TracePane(QWidget* parent)
    : QWidget(parent), m_splitter(new Splitter(Qt::Horizontal)), m_steps(new TraceView), m_view(new ExplanationView)
{
    m_steps->setObjectName(QStringLiteral("traceSteps"));
    m_steps->setMinimumWidth(leastStepsWidth);
    auto* left = new Pane(Role::BgSurface);
    auto* leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, stepsTop, 0, 0);
    leftLayout->addWidget(m_steps);
    static_cast<Splitter*>(m_splitter)->setThin();
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_view);
    m_splitter->setStretchFactor(1, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    connect(m_steps, &TraceView::stepSelected, this, &TracePane::showStep);
    connect(m_steps, &TraceView::stepActivated, this, [this](int row) {
        if (const auto& pointer = m_steps->steps().step(row).pointer; !pointer.empty())
            emit entityClicked(pointer);
    });
    connect(m_view, &ExplanationView::repairChosen, this, &TracePane::repairChosen);
    connect(m_view, &ExplanationView::entityClicked, this, &TracePane::entityClicked);
}

void TracePane::setTrace(std::shared_ptr<const gateway::Trace> trace, std::shared_ptr<const gateway::Snapshot> snapshot,
                         ExplanationView::Preview preview)
{
    m_trace = trace;
    m_snapshot = std::move(snapshot);
    m_preview = std::move(preview);
    m_explanation = {};
    m_view->setVisible(m_trace && m_snapshot);
    m_steps->setTrace(std::move(trace));
}

void TracePane::setLow(bool low)
{
    m_steps->setLow(low);
}

void TracePane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const auto orientation = width() < narrowWidth ? Qt::Vertical : Qt::Horizontal;
    const int steps = width() < fullWidth ? smallStepsWidth : stepsWidth;
    if (orientation == m_splitter->orientation() && steps == m_stepsWidth)
        return; // a reader's own division stays
    m_stepsWidth = steps;
    m_splitter->setOrientation(orientation);
    if (orientation == Qt::Vertical)
        m_splitter->setSizes({height() * 2 / 5, height() * 3 / 5});
    else
        m_splitter->setSizes({steps, std::max(steps, width() - steps)});
}

void TracePane::showStep(int row)
{
    if (!m_trace || !m_snapshot)
        return;
    const auto index = static_cast<std::size_t>(row);
    m_explanation = gateway::explainStep(*m_trace, index, *m_snapshot);
    const auto now = std::chrono::floor<std::chrono::seconds>(m_trace->time).time_since_epoch().count();
    m_view->show(m_explanation, m_trace->steps[index], now, m_preview);
}

} // namespace claimsmith::app

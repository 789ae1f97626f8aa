// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/trace.h"
#include "widgets/headerdiffview.h"

#include <QWidget>

#include <memory>

class QStackedWidget;

namespace claimsmith::app {

class EmptyState;

/// The Upstream tab: what became of the client's headers on the way.
class UpstreamPane final : public QWidget
{
    Q_OBJECT

public:
    explicit UpstreamPane(QWidget* parent = nullptr);

    void setTrace(const gateway::Trace* trace);
    HeaderDiffView& table() const { return *m_table; }
    const HeaderDifferenceCounts& counts() const noexcept { return m_counts; }

private:
    QStackedWidget* m_pages;
    HeaderDiffView* m_table;
    EmptyState* m_empty;
    HeaderDifferenceCounts m_counts;
};

/// "+ 11 added ~ 2 changed - 2 removed", painted in the colours of the rows.
class DifferenceCounter final : public QWidget
{
    Q_OBJECT

public:
    explicit DifferenceCounter(QWidget* parent = nullptr);

    void setCounts(const HeaderDifferenceCounts& counts);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Part
    {
        QString sign;
        QString text;
        Role role;
    };

    std::vector<Part> parts() const;

    HeaderDifferenceCounts m_counts;
};

} // namespace claimsmith::app

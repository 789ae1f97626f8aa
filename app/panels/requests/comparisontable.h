// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"

#include <QWidget>

#include <vector>

namespace claimsmith::app {

/// What was found set against what was wanted: label, raw value, its date, and how far off it is.
class ComparisonTable final : public QWidget
{
    Q_OBJECT

public:
    explicit ComparisonTable(QWidget* parent = nullptr);

    /// `now` in Unix seconds by the gateway's clock: what distances are seen from.
    void setRows(std::vector<gateway::ComparisonRow> rows, std::int64_t now);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {320, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<gateway::ComparisonRow> m_rows;
    std::int64_t m_now = 0;
};

} // namespace claimsmith::app

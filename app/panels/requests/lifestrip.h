// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"

#include <QWidget>

#include <vector>

namespace claimsmith::app {

/// The instants of a token and the gateway's clock on one line: where it was valid, where it no longer is.
class LifeStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit LifeStrip(QWidget* parent = nullptr);

    /// In order of time, as explain() gives them.
    void setMarks(std::vector<gateway::RulerMark> marks);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Band
    {
        int left;
        int right;
        bool valid;
        QString text;
    };

    std::int64_t timeOf(const char* name, std::int64_t fallback) const;
    int place(std::int64_t time) const;
    std::vector<Band> bands() const;
    void paintLabels(QPainter& painter) const;

    std::vector<gateway::RulerMark> m_marks;
};

} // namespace claimsmith::app

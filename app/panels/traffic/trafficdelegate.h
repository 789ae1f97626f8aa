// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace claimsmith::app {

/// Draws the cells of the traffic list: method and status in their colours, a bar for the latency with the upstream's
/// share, a dot for each plugin.
class TrafficDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The small marks that rows and the legend below them share.
enum class PluginMark { Passed, Rejected, Answered, NotRun };
void paintPluginMark(QPainter& painter, const QRect& box, PluginMark mark);

} // namespace claimsmith::app

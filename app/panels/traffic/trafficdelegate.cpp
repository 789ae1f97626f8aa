// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/traffic/trafficdelegate.h"

#include "panels/traffic/trafficmodel.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QApplication>
#include <QPainter>

namespace claimsmith::app {
namespace {

constexpr int cellPadding = 8;
constexpr int barWidth = 132;
constexpr int barHeight = 8;
constexpr int dot = 8;
constexpr int dotStep = 11;
constexpr int shownDots = 6;

PluginMark markOf(const gateway::ExchangeSummary& exchange, gateway::Step::Verdict verdict)
{
    using Verdict = gateway::Step::Verdict;
    switch (verdict) {
    case Verdict::Passed:
    case Verdict::Skipped:
    case Verdict::Anonymous:
        return PluginMark::Passed;
    case Verdict::Answered:
        return exchange.status >= 400 ? PluginMark::Rejected : PluginMark::Answered;
    case Verdict::NotRun:
        return PluginMark::NotRun;
    case Verdict::Failed:
        return PluginMark::Rejected;
    }
    return PluginMark::NotRun;
}

void paintLatency(QPainter& painter, const QRect& cell, const gateway::ExchangeSummary& exchange,
                  std::chrono::microseconds fullScale, const QString& text)
{
    const QRectF track(cell.x(), cell.y() + (cell.height() - barHeight) / 2.0, barWidth, barHeight);
    paintBox(painter, track, 2, color(Role::BgChip), QColor());
    const auto length = [&](std::chrono::microseconds part) {
        return barWidth * std::min(1.0, static_cast<double>(part.count()) / static_cast<double>(fullScale.count()));
    };
    const double whole = std::max(1.0, length(exchange.duration));
    const double own =
        std::max(1.0, length(exchange.duration - std::min(exchange.duration, exchange.upstreamDuration)));
    QColor upstream = color(Role::Accent);
    upstream.setAlphaF(0.35F);
    paintBox(painter, QRectF(track.x(), track.y(), whole, barHeight), 2, upstream, QColor());
    paintBox(painter, QRectF(track.x(), track.y(), own, barHeight), 2, color(Role::Accent), QColor());
    painter.setFont(textFont(TextStyle::Mono));
    painter.setPen(color(Role::Text));
    painter.drawText(cell.adjusted(barWidth + 8, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
}

void paintPlugins(QPainter& painter, const QRect& cell, const gateway::ExchangeSummary& exchange, const QString& reason)
{
    int x = cell.x();
    int shown = 0;
    for (const auto& [name, verdict] : exchange.plugins) {
        if (++shown > shownDots)
            break;
        paintPluginMark(painter, QRect(x, cell.y(), dot, cell.height()), markOf(exchange, verdict));
        x += dotStep;
    }
    if (reason.isEmpty())
        return;
    const QRect rest = cell.adjusted(x - cell.x() + (x > cell.x() ? 4 : 0), 0, 0, 0);
    painter.setFont(textFont(TextStyle::Caption));
    painter.setPen(color(exchange.status >= 400 ? Role::Bad : Role::Text3));
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(reason, Qt::ElideRight, rest.width()));
}

} // namespace

void paintPluginMark(QPainter& painter, const QRect& box, PluginMark mark)
{
    switch (mark) {
    case PluginMark::Passed:
        paintDot(painter, box, dot, Role::OkSolid);
        return;
    case PluginMark::Rejected:
        paintDot(painter, box, dot, Role::BadSolid);
        return;
    case PluginMark::Answered:
        paintDot(painter, box, dot, Role::WarnSolid);
        return;
    case PluginMark::NotRun:
        paintBox(painter, QRectF(box.x() + (box.width() - dot) / 2, box.y() + (box.height() - dot) / 2, dot, dot),
                 dot / 2.0, QColor(), color(Role::LineStrong));
    }
}

void TrafficDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), color(Role::LineSubtle));

    const auto* model = static_cast<const TrafficModel*>(index.model());
    const gateway::ExchangeSummary& exchange = model->exchange(index.row());
    const QString text = index.data().toString();
    const QRect cell = option.rect.adjusted(cellPadding, 0, -cellPadding, 0);
    const auto write = [&](TextStyle font, Role role, Qt::TextElideMode elide = Qt::ElideRight,
                           Qt::Alignment side = Qt::AlignLeft) {
        painter->setFont(textFont(font));
        painter->setPen(color(role));
        painter->drawText(cell, static_cast<int>(side | Qt::AlignVCenter),
                          painter->fontMetrics().elidedText(text, elide, cell.width()));
    };
    switch (index.column()) {
    case TrafficModel::Time:
        write(TextStyle::Mono, Role::Text);
        break;
    case TrafficModel::Method:
        painter->setFont(textFont(TextStyle::Method));
        painter->setPen(color(methodRole(text)));
        painter->drawText(cell, Qt::AlignVCenter | Qt::AlignLeft, methodWord(text));
        break;
    case TrafficModel::Route:
        write(TextStyle::Small, exchange.route.empty() ? Role::Text3 : Role::Text);
        break;
    case TrafficModel::Path:
        write(TextStyle::Mono, Role::Text, Qt::ElideMiddle);
        break;
    case TrafficModel::Consumer:
        write(TextStyle::Small, exchange.consumer.empty() ? Role::Text3 : Role::Text);
        break;
    case TrafficModel::Status:
        write(TextStyle::Mono, toneColors(toneOfStatus(exchange.status)).text);
        break;
    case TrafficModel::Latency:
        paintLatency(*painter, cell, exchange, model->fullScale(), text);
        break;
    case TrafficModel::Plugins:
        paintPlugins(*painter, cell, exchange, text);
        break;
    case TrafficModel::Size:
        write(TextStyle::Mono, Role::Text, Qt::ElideRight, Qt::AlignRight);
        break;
    default:
        break;
    }
}

} // namespace claimsmith::app

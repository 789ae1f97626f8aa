// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/traceview.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>

#include <algorithm>

namespace claimsmith::app {

namespace {

using gateway::Step;

constexpr int rowHeight = 52;
constexpr int lowRowHeight = 48;
constexpr int nodeSize = 24;
constexpr int nodeCentre = 28; // from the left edge
constexpr int textLeft = 52;
constexpr int rightMargin = 12;
constexpr int durationWidth = 72;
constexpr int lineWidth = 2;
constexpr int barWidth = 3;

enum class Reach { Went, Ended, NotReached };

Reach reachOf(const Step& step)
{
    switch (step.verdict) {
    case Step::Verdict::NotRun:
        return Reach::NotReached;
    case Step::Verdict::Failed:
        return Reach::Ended;
    case Step::Verdict::Answered:
        return step.status >= 400 ? Reach::Ended : Reach::Went;
    default:
        return Reach::Went;
    }
}

class StepDelegate final : public QStyledItemDelegate
{
public:
    explicit StepDelegate(TraceView* view) : QStyledItemDelegate(view), m_view(view) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        const int lines = lineHeight(TextStyle::Body) + lineHeight(TextStyle::Small);
        return {0, std::max(m_view->isLow() ? lowRowHeight : rowHeight, lines + 8)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const int row = index.row();
        const Step& step = m_view->steps().step(row);
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        paintGround(*painter, option, step, selected);
        const QPoint centre(option.rect.left() + nodeCentre, option.rect.center().y() - 1);
        paintLines(*painter, option.rect, centre, row);
        paintNode(*painter, centre, step, m_view->steps().text(row));
        paintTexts(*painter, option.rect, step, m_view->steps().text(row));
    }

private:
    void paintGround(QPainter& painter, const QStyleOptionViewItem& option, const Step& step, bool selected) const
    {
        if (selected) {
            const bool bad = reachOf(step) == Reach::Ended;
            painter.fillRect(option.rect, color(bad                  ? Role::DiffRemoveBg
                                                : m_view->hasFocus() ? Role::BgSelected
                                                                     : Role::BgSelectedInactive));
            painter.fillRect(QRect(option.rect.left(), option.rect.top(), barWidth, option.rect.height()),
                             color(bad ? Role::BadSolid : Role::Accent));
        } else if (option.state.testFlag(QStyle::State_MouseOver)) {
            painter.fillRect(option.rect, color(Role::BgHover));
        }
    }

    /// From the step above to this one, and on to the one below.
    void paintLines(QPainter& painter, const QRect& rect, const QPoint& centre, int row) const
    {
        const auto line = [&](int from, int to, bool went) {
            QPen pen(color(went ? Role::OkSolid : Role::LineStrong), lineWidth);
            if (!went)
                pen.setDashPattern({2.5, 2});
            pen.setCapStyle(Qt::FlatCap);
            painter.setPen(pen);
            painter.drawLine(centre.x(), from, centre.x(), to);
        };
        const auto& steps = m_view->steps();
        const auto solid = [&](int above) {
            return reachOf(steps.step(above)) == Reach::Went && reachOf(steps.step(above + 1)) != Reach::NotReached;
        };
        if (row > 0)
            line(rect.top(), centre.y() - nodeSize / 2, solid(row - 1));
        if (row + 1 < steps.rowCount())
            line(centre.y() + nodeSize / 2, rect.bottom() + 1, solid(row));
    }

    static void paintNode(QPainter& painter, const QPoint& centre, const Step& step, const TraceStepText& text)
    {
        const QRect circle(centre.x() - nodeSize / 2, centre.y() - nodeSize / 2, nodeSize, nodeSize);
        const Reach reach = reachOf(step);
        painter.setRenderHint(QPainter::Antialiasing);
        QPen pen(color(reach == Reach::NotReached ? Role::LineStrong : Role::OkSolid), 1.5);
        if (reach == Reach::NotReached)
            pen.setDashPattern({2, 2});
        if (reach == Reach::Ended) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(Role::BadSolid));
        } else {
            painter.setPen(pen);
            painter.setBrush(color(Role::BgSurface));
        }
        painter.drawEllipse(QRectF(circle).adjusted(0.75, 0.75, -0.75, -0.75));
        painter.setRenderHint(QPainter::Antialiasing, false);
        const Role ink = reach == Reach::Ended ? Role::TextOnAccent : reach == Reach::Went ? Role::Ok : Role::Text3;
        paintIcon(painter, circle, reach == Reach::Ended ? QLatin1String("close") : text.icon, metrics::iconField - 2,
                  color(ink));
    }

    static void paintTexts(QPainter& painter, const QRect& rect, const Step& step, const TraceStepText& text)
    {
        const int first = rect.top() + (rect.height() - lineHeight(TextStyle::Body) - lineHeight(TextStyle::Small)) / 2;
        const int right = rect.right() + 1 - rightMargin;
        const QRect top(rect.left() + textLeft, first, right - rect.left() - textLeft, lineHeight(TextStyle::Body));
        const QRect bottom(top.left(), top.bottom() + 1, top.width(), lineHeight(TextStyle::Small));
        const bool reached = reachOf(step) != Reach::NotReached;

        int rest = top.width();
        if (!text.outcome.text.isEmpty()) {
            const int width = std::min(sizeOf(text.outcome).width(), top.width() * 2 / 3);
            paintPill(painter, QRect(right - width, top.top(), width, top.height()), text.outcome);
            rest -= width + 8;
        }
        painter.setFont(textFont(TextStyle::BodyStrong));
        painter.setPen(color(reached ? Role::Text : Role::Text2));
        painter.drawText(QRect(top.topLeft(), QSize(rest, top.height())), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text.title, Qt::ElideRight, rest));

        painter.setFont(textFont(TextStyle::MonoSmall));
        painter.setPen(color(Role::Text2));
        painter.drawText(bottom, Qt::AlignRight | Qt::AlignVCenter, text.duration);
        painter.setFont(textFont(TextStyle::Small));
        int left = bottom.width() - durationWidth;
        if (!text.priority.isEmpty()) {
            const QRect cell(bottom.left(), bottom.top(), left, bottom.height());
            painter.drawText(cell, Qt::AlignRight | Qt::AlignVCenter, text.priority);
            left -= painter.fontMetrics().horizontalAdvance(text.priority) + 12;
        } else if (text.duration.isEmpty()) {
            left = bottom.width();
        }
        painter.drawText(QRect(bottom.topLeft(), QSize(left, bottom.height())), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text.detail, Qt::ElideRight, left));
    }

    TraceView* m_view;
};

} // namespace

TraceView::TraceView(QWidget* parent) : QListView(parent), m_model(new TraceStepsModel(this))
{
    setModel(m_model);
    setItemDelegate(new StepDelegate(this));
    setAccessibleName(tr("Steps of the gateway"));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    connect(this, &QListView::activated, this, [this](const QModelIndex& index) { emit stepActivated(index.row()); });
}

void TraceView::setTrace(std::shared_ptr<const gateway::Trace> trace)
{
    m_model->setTrace(std::move(trace));
    const int row = m_model->decisiveRow();
    if (row >= 0)
        setCurrentIndex(m_model->index(row));
}

void TraceView::setLow(bool low)
{
    if (m_low == low)
        return;
    m_low = low;
    scheduleDelayedItemsLayout();
}

void TraceView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    if (current.isValid())
        emit stepSelected(current.row());
}

} // namespace claimsmith::app

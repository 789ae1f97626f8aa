// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/historyview.h"

#include "panels/requests/responsefacts.h"
#include "text/quantities.h"
#include "theme/paint.h"
#include "theme/styleviews.h"
#include "theme/theme.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int shownEntries = 200;
constexpr int methodLeft = 12;
constexpr int pathLeft = 54;
constexpr int ageWidth = 56;
constexpr int statusWidth = 34;
constexpr int rightMargin = 10;
constexpr int ageInterval = 1000; // milliseconds

class EntryDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {0, Theme::instance().rowHeight()};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        styleviews::drawRow(option, *painter);
        const QRect row = option.rect;
        const QString method = index.data(HistoryModel::MethodRole).toString();
        painter->setFont(textFont(TextStyle::Method));
        painter->setPen(color(methodRole(method)));
        painter->drawText(row.adjusted(methodLeft, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, methodWord(method));

        painter->setFont(textFont(TextStyle::Caption));
        painter->setPen(color(Role::Text3));
        const QRect age = row.adjusted(0, 0, -rightMargin, 0);
        painter->drawText(age, Qt::AlignRight | Qt::AlignVCenter, index.data(HistoryModel::AgeRole).toString());

        painter->setFont(textFont(TextStyle::Mono));
        const int status = index.data(HistoryModel::StatusRole).toInt();
        painter->setPen(color(toneColors(toneOfStatus(status)).text));
        const QRect statusBox(row.right() - rightMargin - ageWidth - statusWidth, row.top(), statusWidth, row.height());
        painter->drawText(statusBox, Qt::AlignLeft | Qt::AlignVCenter,
                          status == 0 ? HistoryModel::tr("\u2013", "no answer came") : QString::number(status));

        painter->setPen(color(Role::Text));
        const QRect path(row.left() + pathLeft, row.top(), statusBox.left() - row.left() - pathLeft - 8, row.height());
        painter->drawText(path, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data(HistoryModel::PathRole).toString(),
                                                            Qt::ElideMiddle, path.width()));
    }
};

} // namespace

HistoryModel::HistoryModel(const HistoryStore& store, const Clock& clock, QObject* parent)
    : QAbstractListModel(parent), m_store(store), m_clock(clock)
{
    connect(&store, &HistoryStore::changed, this, &HistoryModel::reload);
    reload();
}

void HistoryModel::setFilter(const QString& words)
{
    m_filter = words;
    reload();
}

void HistoryModel::reload()
{
    beginResetModel();
    m_entries.clear();
    for (const auto& entry : m_store.entries()) {
        const QString text = QString::fromStdString(entry.method + ' ' + entry.url + ' ' + entry.name + ' ' +
                                                    std::to_string(entry.status));
        if (text.contains(m_filter, Qt::CaseInsensitive))
            m_entries.push_back(entry);
        if (m_entries.size() == shownEntries)
            break;
    }
    endResetModel();
}

void HistoryModel::refreshAges()
{
    if (!m_entries.empty())
        emit dataChanged(index(0), index(rowCount() - 1), {AgeRole});
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const HistoryEntry& each = entry(index.row());
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(m_clock.now() - each.sentAt);
    switch (role) {
    case MethodRole:
        return QString::fromStdString(each.method);
    case Qt::DisplayRole:
    case PathRole:
        return QString::fromStdString(each.url);
    case StatusRole:
        return each.status;
    case AgeRole:
        return briefAgeText(age);
    case Qt::ToolTipRole:
        return QString::fromStdString(each.name) + QLatin1String(", ") + clockText(each.sentAt);
    case Qt::AccessibleTextRole:
        return tr("%1 %2, %3, %4")
            .arg(QString::fromStdString(each.method), QString::fromStdString(each.url),
                 each.status == 0 ? tr("no answer") : QString::number(each.status), distanceText(-age));
    default:
        return {};
    }
}

HistoryView::HistoryView(HistoryModel& model, QWidget* parent) : QListView(parent)
{
    setModel(&model);
    setItemDelegate(new EntryDelegate(this));
    setObjectName(QStringLiteral("historyList"));
    setAccessibleName(tr("History"));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setUniformItemSizes(true);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFillRole(this, Role::BgPanel);
    setFillRole(viewport(), Role::BgPanel);
    const auto choose = [this, &model](const QModelIndex& index) { emit entryChosen(model.entry(index.row())); };
    connect(this, &QListView::clicked, this, choose);
    connect(this, &QListView::activated, this, choose);
    auto* ages = new QTimer(this);
    ages->setInterval(ageInterval);
    connect(ages, &QTimer::timeout, &model, &HistoryModel::refreshAges);
    ages->start();
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/palettemodel.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QPainter>

namespace claimsmith::app {
namespace {

constexpr int titleHeight = 28;
constexpr int hitHeight = 36;
constexpr int inset = 8;
constexpr int left = 21;
constexpr int textLeft = 69;
constexpr int detailGap = 12;

/// Draws text with ranges in bold accent; returns where it ends.
int drawMarked(QPainter& painter, const QRect& rect, const QString& text, const QList<TextRange>& ranges,
               TextStyle style, Role role)
{
    QFont bold = textFont(style);
    bold.setWeight(QFont::DemiBold);
    QRect rest = rect;
    const auto draw = [&](const QString& part, const QFont& font, Role ink) {
        if (part.isEmpty() || rest.width() <= 0)
            return;
        painter.setFont(font);
        painter.setPen(color(ink));
        const QFontMetrics sizes(font);
        painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         sizes.elidedText(part, Qt::ElideRight, rest.width()));
        rest.setLeft(rest.left() + sizes.horizontalAdvance(part));
    };
    qsizetype done = 0;
    for (const TextRange& range : ranges) {
        if (range.start < done)
            continue; // two words at one place
        draw(text.mid(done, range.start - done), textFont(style), role);
        draw(text.mid(range.start, range.length), bold, Role::AccentText);
        done = range.start + range.length;
    }
    draw(text.mid(done), textFont(style), role);
    return rest.left();
}

} // namespace

void PaletteModel::setHits(std::vector<PaletteHit> hits)
{
    beginResetModel();
    m_hits = std::move(hits);
    m_rows.clear();
    for (std::size_t index = 0; index < m_hits.size(); ++index) {
        const PaletteEntry::Group group = m_hits[index].entry->group;
        if (m_rows.empty() || m_rows.back().group != group)
            m_rows.push_back({group, -1});
        m_rows.push_back({group, static_cast<int>(index)});
    }
    endResetModel();
}

const PaletteHit* PaletteModel::hitAt(int row) const
{
    const int hit = m_rows.at(static_cast<std::size_t>(row)).hit;
    return hit < 0 ? nullptr : &m_hits.at(static_cast<std::size_t>(hit));
}

QString PaletteModel::groupTitle(int row) const
{
    switch (m_rows.at(static_cast<std::size_t>(row)).group) {
    case PaletteEntry::Group::Actions:
        return tr("Actions");
    case PaletteEntry::Group::Requests:
        return tr("Requests");
    case PaletteEntry::Group::Tokens:
        return tr("Tokens");
    case PaletteEntry::Group::Gateway:
        return tr("Gateway");
    case PaletteEntry::Group::Consumers:
        return tr("Consumers");
    case PaletteEntry::Group::Traffic:
        return tr("Traffic");
    }
    return {};
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) ||
        (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const PaletteHit* hit = hitAt(index.row());
    if (!hit)
        return groupTitle(index.row());
    if (role == Qt::DisplayRole || hit->entry->detail.isEmpty())
        return hit->entry->title;
    return QStringLiteral("%1, %2").arg(hit->entry->title, hit->entry->detail);
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    return hitAt(index.row()) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* model = static_cast<const PaletteModel*>(index.model());
    const PaletteHit* hit = model->hitAt(index.row());
    const QRect rect = option.rect;
    if (!hit) {
        painter->setFont(textFont(TextStyle::SmallBold));
        painter->setPen(color(Role::Text3));
        painter->drawText(rect.adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                          model->groupTitle(index.row()));
        return;
    }
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected)
        paintBox(*painter, rect.adjusted(inset, 0, -inset, 0), metrics::radiusControl, color(Role::BgSelected),
                 QColor());
    const PaletteEntry& entry = *hit->entry;
    if (!entry.method.isEmpty()) {
        painter->setFont(textFont(TextStyle::Method));
        painter->setPen(color(methodRole(entry.method)));
        painter->drawText(rect.adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, methodWord(entry.method));
    } else if (!entry.icon.isEmpty()) {
        paintIcon(*painter, QRect(rect.x() + left, rect.y(), metrics::iconRow, rect.height()), entry.icon,
                  metrics::iconRow, color(selected ? Role::AccentText : Role::Text2));
    }
    QRect text = rect.adjusted(textLeft, 0, -left, 0);
    if (!entry.keys.isEmpty()) {
        const QString keys = keysText(entry.keys);
        const int width = keycapSize(keys).width();
        paintKeycap(*painter, QRect(text.right() - width + 1, rect.y(), width, rect.height()), keys);
        text.setRight(text.right() - width - detailGap);
    }
    const int end = drawMarked(*painter, text, entry.title, hit->inTitle,
                               selected ? TextStyle::BodyStrong : TextStyle::Body, Role::Text);
    text.setLeft(end + detailGap);
    drawMarked(*painter, text, entry.detail, hit->inDetail, TextStyle::Small, Role::Text3);
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const auto* model = static_cast<const PaletteModel*>(index.model());
    return {100, model->hitAt(index.row()) ? hitHeight : titleHeight};
}

} // namespace claimsmith::app

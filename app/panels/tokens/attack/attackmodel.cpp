// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/attack/attackmodel.h"

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int padding = 8;
constexpr int titleInset = 16;
constexpr int bar = 3;

QString stateText(const AttackCell& cell)
{
    switch (cell.state) {
    case AttackCell::State::NotTried:
        return AttackModel::tr("not tried");
    case AttackCell::State::Running:
        return AttackModel::tr("running");
    case AttackCell::State::Refused:
        return AttackModel::tr("refused, as it should be");
    case AttackCell::State::Expected:
        return AttackModel::tr("accepted, as expected");
    case AttackCell::State::Accepted:
        return AttackModel::tr("accepted that should not be");
    case AttackCell::State::NotSent:
        return AttackModel::tr("cannot travel here");
    case AttackCell::State::Failed:
        break;
    }
    return AttackModel::tr("error");
}

QString proofOf(const AttackRow& row)
{
    return QString::fromStdString(std::string(row.variant->proves) + '\n' + std::string(row.variant->standard));
}

Role roleOf(AttackCell::State state)
{
    switch (state) {
    case AttackCell::State::Refused:
        return Role::Ok;
    case AttackCell::State::Accepted:
    case AttackCell::State::Failed:
        return Role::Bad;
    default:
        return Role::Text2;
    }
}

int drawText(QPainter& painter, const QRect& box, const QString& text, TextStyle style, Role role)
{
    painter.setFont(textFont(style));
    painter.setPen(color(role));
    const QFontMetrics metrics(painter.font());
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(text, Qt::ElideRight, box.width()));
    return std::min(box.width(), metrics.horizontalAdvance(text) + 1);
}

void paintToken(QPainter& painter, const QRect& box, const AttackRow& row)
{
    const int taken = drawText(painter, box, row.title(), TextStyle::SmallStrong, Role::Text);
    drawText(painter, box.adjusted(taken + 8, 0, 0, 0), row.label(), TextStyle::Caption, Role::Text3);
}

void paintCell(QPainter& painter, const QRect& cell, const AttackCell& outcome)
{
    if (outcome.isTrouble()) {
        painter.fillRect(cell.adjusted(0, 0, 0, -1), color(Role::DiffRemoveBg));
        painter.fillRect(QRect(cell.left(), cell.top(), bar, cell.height() - 1), color(Role::BadSolid));
    }
    QRect box = cell.adjusted(padding, 0, -padding, -1);
    const Role role = roleOf(outcome.state);
    if (outcome.status > 0)
        box.setLeft(box.left() + drawText(painter, box, QString::number(outcome.status), TextStyle::Mono, role) + 6);
    const bool waits = outcome.state == AttackCell::State::NotTried || outcome.state == AttackCell::State::Running ||
                       outcome.state == AttackCell::State::NotSent;
    const QString words = waits || outcome.reason.isEmpty() ? stateText(outcome) : outcome.reason;
    drawText(painter, box, words, outcome.isTrouble() ? TextStyle::SmallStrong : TextStyle::Small,
             outcome.isTrouble() ? Role::Bad
             : waits             ? Role::Text3
                                 : Role::Text2);
}

} // namespace

void AttackModel::setMatrix(const AttackMatrix* matrix)
{
    beginResetModel();
    m_matrix = matrix;
    m_lines.clear();
    QString heading;
    for (std::size_t row = 0; matrix && row < matrix->rows.size(); ++row) {
        const QString group = matrix->rows[row].group();
        if (group != heading)
            m_lines.push_back({group, 0});
        heading = group;
        m_lines.push_back({{}, row});
    }
    endResetModel();
}

int AttackModel::tableRow(std::size_t matrixRow) const
{
    const auto found = std::find_if(m_lines.begin(), m_lines.end(),
                                    [&](const Line& line) { return line.heading.isEmpty() && line.row == matrixRow; });
    return found == m_lines.end() ? -1 : static_cast<int>(found - m_lines.begin());
}

void AttackModel::updateCell(int row, int place)
{
    const QModelIndex changed = index(tableRow(static_cast<std::size_t>(row)), place + 1);
    if (changed.isValid())
        emit dataChanged(changed, changed);
}

std::optional<std::size_t> AttackModel::matrixRow(int row) const
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_lines.size())
        return std::nullopt;
    const Line& line = m_lines[static_cast<std::size_t>(row)];
    return line.heading.isEmpty() ? std::optional(line.row) : std::nullopt;
}

const AttackRow* AttackModel::rowAt(const QModelIndex& index) const
{
    const auto row = index.isValid() ? matrixRow(index.row()) : std::nullopt;
    return row ? &m_matrix->rows[*row] : nullptr;
}

const AttackCell* AttackModel::cellAt(const QModelIndex& index) const
{
    const auto row = index.isValid() ? matrixRow(index.row()) : std::nullopt;
    if (!row || index.column() == 0)
        return nullptr;
    return &m_matrix->cells[*row][static_cast<std::size_t>(index.column()) - 1];
}

int AttackModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int AttackModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_matrix ? 0 : static_cast<int>(m_matrix->target.places.size()) + 1;
}

QVariant AttackModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const AttackRow* row = rowAt(index);
    if (role == GroupRole)
        return row == nullptr;
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    if (!row)
        return m_lines[static_cast<std::size_t>(index.row())].heading;
    const AttackCell* cell = cellAt(index);
    if (!cell)
        return role == Qt::ToolTipRole && row->variant ? proofOf(*row)
               : row->label().isEmpty()                ? row->title()
                                                       : row->title() + QStringLiteral(", ") + row->label();
    if (role == Qt::ToolTipRole)
        return stateText(*cell) + u'\n' + cell->reason;
    //: status, reason, outcome of a forged token
    return tr("%1 %2, %3").arg(cell->status).arg(cell->reason, stateText(*cell));
}

QVariant AttackModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || !m_matrix)
        return {};
    return section == 0 ? tr("Forged token")
                        : placeText(m_matrix->target.places[static_cast<std::size_t>(section) - 1]);
}

Qt::ItemFlags AttackModel::flags(const QModelIndex& index) const
{
    return rowAt(index) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemIsEnabled;
}

void AttackDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto& model = *static_cast<const AttackModel*>(index.model());
    painter->save();
    const QRect cell = option.rect;
    const AttackRow* row = model.rowAt(index);
    if (!row) {
        painter->fillRect(cell, color(Role::BgPanel));
        drawText(*painter, cell.adjusted(titleInset, 0, 0, -1), index.data().toString(), TextStyle::SmallStrong,
                 Role::Text2);
    } else if (const AttackCell* outcome = model.cellAt(index)) {
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(cell, color(Role::BgSelected));
        paintCell(*painter, cell, *outcome);
        painter->fillRect(QRect(cell.left(), cell.top(), 1, cell.height()), color(Role::LineSubtle));
    } else {
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(cell, color(Role::BgSelected));
        paintToken(*painter, cell.adjusted(titleInset, 0, -padding, -1), *row);
    }
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), color(Role::LineSubtle));
    painter->restore();
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/headerdiffmodel.h"

#include "base/base64.h"
#include "document/json.h"

#include <QStringList>

#include <algorithm>

namespace claimsmith::app {

namespace {

using Kind = HeaderDifference::Kind;

constexpr quintptr topLevel = 0; // a child's internal id is its parent's row + 1

QString qstring(const std::string& text)
{
    return QString::fromStdString(text);
}

bool isJsonObject(const QString& part)
{
    const auto bytes = fromBase64Url(part.toStdString(), Base64Rule::Lenient);
    if (!bytes)
        return false;
    const auto value = document::parseJson(*bytes, {.allowDuplicateKeys = true});
    return value.hasValue() && value->asObject() != nullptr;
}

} // namespace

QString tokenInHeaderValue(const QString& value)
{
    const QString candidate = value.mid(value.lastIndexOf(QLatin1Char(' ')) + 1);
    const QStringList parts = candidate.split(QLatin1Char('.'));
    if ((parts.size() != 3 && parts.size() != 5) || parts.front().isEmpty())
        return {};
    const bool encoded = std::all_of(parts.begin(), parts.end(),
                                     [](const QString& part) { return !findNonBase64Url(part.toStdString()); });
    return encoded && isJsonObject(parts.front()) ? candidate : QString();
}

HeaderDiffModel::HeaderDiffModel(QObject* parent) : QAbstractItemModel(parent) {}

void HeaderDiffModel::setDifferences(std::vector<HeaderDifference> differences)
{
    m_all = std::move(differences);
    rebuild();
}

void HeaderDiffModel::setChangedOnly(bool changedOnly)
{
    if (m_changedOnly == changedOnly)
        return;
    m_changedOnly = changedOnly;
    rebuild();
}

void HeaderDiffModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    for (const auto& difference : m_all) {
        if (m_changedOnly && difference.kind == Kind::Same)
            continue;
        const auto& value = difference.kind == Kind::Removed ? difference.sent : difference.received;
        m_rows.push_back({difference, tokenInHeaderValue(qstring(value))});
    }
    endResetModel();
}

const HeaderDiffModel::Row& HeaderDiffModel::rowAt(const QModelIndex& index) const
{
    const auto row = isTokenChild(index) ? index.internalId() - 1 : static_cast<quintptr>(index.row());
    return m_rows[static_cast<std::size_t>(row)];
}

const HeaderDifference& HeaderDiffModel::difference(const QModelIndex& index) const
{
    return rowAt(index).difference;
}

QString HeaderDiffModel::token(const QModelIndex& index) const
{
    return index.isValid() ? rowAt(index).token : QString();
}

bool HeaderDiffModel::isTokenChild(const QModelIndex& index)
{
    return index.isValid() && index.internalId() != topLevel;
}

QString HeaderDiffModel::copyText(const QModelIndex& index) const
{
    const HeaderDifference& row = difference(index);
    return qstring(row.name) + QLatin1String(": ") + qstring(row.kind == Kind::Removed ? row.sent : row.received);
}

QModelIndex HeaderDiffModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : topLevel);
}

QModelIndex HeaderDiffModel::parent(const QModelIndex& child) const
{
    return isTokenChild(child) ? createIndex(static_cast<int>(child.internalId() - 1), 0, topLevel) : QModelIndex();
}

int HeaderDiffModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_rows.size());
    return parent.column() == 0 && !isTokenChild(parent) && !rowAt(parent).token.isEmpty() ? 1 : 0;
}

int HeaderDiffModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QString HeaderDiffModel::text(const Row& row, int column) const
{
    const HeaderDifference& difference = row.difference;
    switch (column) {
    case NameColumn:
        return qstring(difference.name);
    case SentColumn:
        return difference.kind == Kind::Added ? tr("not sent") : qstring(difference.sent);
    case ReceivedColumn:
        return difference.kind == Kind::Removed ? tr("removed") : qstring(difference.received);
    default:
        break;
    }
    QStringList authors;
    for (const auto& author : difference.by)
        authors << (author.name.empty() ? tr("proxy", "the gateway itself") : qstring(author.name));
    return authors.join(QLatin1String(", "));
}

QString HeaderDiffModel::spokenText(const Row& row) const
{
    const QString name = text(row, NameColumn);
    const QString authors = text(row, AuthorColumn);
    switch (row.difference.kind) {
    case Kind::Changed:
        return tr("%1 changed from %2 to %3 by %4")
            .arg(name, text(row, SentColumn), text(row, ReceivedColumn), authors);
    case Kind::Removed:
        return tr("%1, %2, removed by %3").arg(name, text(row, SentColumn), authors);
    case Kind::Added:
        return tr("%1 added by %2: %3").arg(name, authors, text(row, ReceivedColumn));
    case Kind::Same:
        break;
    }
    return tr("%1 unchanged: %2").arg(name, text(row, ReceivedColumn));
}

QVariant HeaderDiffModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = rowAt(index);
    if (role == Qt::AccessibleTextRole)
        return index.column() == NameColumn ? spokenText(row) : text(row, index.column());
    if (isTokenChild(index))
        return {};
    if (role == Qt::DisplayRole)
        return text(row, index.column());
    if (role == Qt::ToolTipRole && (index.column() == SentColumn || index.column() == ReceivedColumn))
        return text(row, index.column());
    return {};
}

QVariant HeaderDiffModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(section == AuthorColumn ? Qt::AlignRight | Qt::AlignVCenter
                                                                         : Qt::AlignLeft | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Header");
    case SentColumn:
        return tr("Client sent");
    case ReceivedColumn:
        return tr("Upstream received");
    case AuthorColumn:
        return tr("Changed by");
    default:
        return {};
    }
}

Qt::ItemFlags HeaderDiffModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/headerdiff.h"

#include <QAbstractItemModel>

namespace claimsmith::app {

/// Header differences as rows. A row whose value is a compact token has one child, which spans all columns and stands
/// for the opened token.
class HeaderDiffModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, SentColumn, ReceivedColumn, AuthorColumn, ColumnCount };

    explicit HeaderDiffModel(QObject* parent = nullptr);

    void setDifferences(std::vector<HeaderDifference> differences);
    /// Hides unchanged headers. On at first.
    void setChangedOnly(bool changedOnly);
    bool changedOnly() const noexcept { return m_changedOnly; }

    /// The difference of a row or of the child below it.
    const HeaderDifference& difference(const QModelIndex& index) const;
    /// The compact token in the row's value, without a scheme such as "Bearer"; empty when there is none.
    QString token(const QModelIndex& index) const;
    static bool isTokenChild(const QModelIndex& index);
    /// "Name: value" as the upstream got it, or as it was sent when it was removed.
    QString copyText(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row
    {
        HeaderDifference difference;
        QString token;
    };

    void rebuild();
    const Row& rowAt(const QModelIndex& index) const;
    QString text(const Row& row, int column) const;
    QString spokenText(const Row& row) const;

    std::vector<HeaderDifference> m_all;
    std::vector<Row> m_rows;
    bool m_changedOnly = true;
};

/// The compact JWS or JWE in a header value, with or without a scheme before it; empty when there is none: three or
/// five base64url parts, of which the first is a JSON object.
QString tokenInHeaderValue(const QString& value);

} // namespace claimsmith::app

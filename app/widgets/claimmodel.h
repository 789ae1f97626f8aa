// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/claimtext.h"

#include <QAbstractTableModel>

#include <vector>

namespace claimsmith::app {

/// What a claim's row offers beside editing.
enum class ClaimAction { Now, InTenMinutes, InOneHour };

/// "now", "+10 min", "+1 h": the face of the action's button.
QString claimActionText(ClaimAction action);

/// A claim as the table shows it.
struct ClaimRow
{
    QString name;
    QString json; ///< the value as JSON text on one line
    ClaimMeaning meaning;
    bool isReference = false; ///< the meaning names an entity of the gateway: drawn as a link
    std::vector<ClaimAction> actions;
};
bool operator==(const ClaimRow& a, const ClaimRow& b) noexcept;

/// The claims of a token. Rows come in as one finished value; what a person types goes out as a signal, and comes back
/// as rows when the token took it.
class ClaimModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, MeaningColumn, ColumnCount };
    enum ItemRole {
        KindRole = Qt::UserRole, ///< ClaimMeaning::Kind as int
        ReferenceRole,           ///< bool: the meaning is a link
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<ClaimRow> rows);
    const std::vector<ClaimRow>& rows() const noexcept { return m_rows; }
    int rowOf(const QString& name) const noexcept; ///< -1 when there is none

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

signals:
    void renamed(int row, const QString& name);
    void valueTyped(int row, const QString& text);

private:
    QString textOf(const ClaimRow& row, int column) const;

    std::vector<ClaimRow> m_rows;
};

/// The value as a person reads it: strings without their quotes, everything else as JSON.
QString displayedValue(const QString& json);
/// The value as a person edits it: like displayedValue(), but a string that would read as other JSON keeps its quotes.
QString editableValue(const QString& json);
/// The JSON text for what a person typed into a value: JSON as it stands, anything else as a string.
QString jsonFromTyped(const QString& text);

} // namespace claimsmith::app

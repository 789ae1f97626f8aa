// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configanalysis.h"

#include <QAbstractTableModel>

#include <vector>

namespace claimsmith::app {

/// What is wrong with kong.yml, one line a problem: message, entity, place, quick fix.
class ProblemsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Message, Entity, Where, Fix, ColumnCount };
    enum Role { SeverityRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setConfig(const ConfigAnalysis& config);
    void setErrorsOnly(bool errorsOnly);
    /// Null behind the end.
    const ConfigProblem* problemAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        ConfigProblem problem;
        QString message;
        QString entity;
        QString place;
        QString fix;
    };
    void refill();

    std::vector<Row> m_all;
    std::vector<std::size_t> m_shown;
    bool m_errorsOnly = false;
};

/// "Set 31536000", "Add nbf", "Remove realms", "Rename to realm".
QString fixText(const ConfigEdit& fix, const document::Value& document);

} // namespace claimsmith::app

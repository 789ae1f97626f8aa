// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/problemsmodel.h"

#include "document/json.h"
#include "panels/gateway/entitytree.h"
#include "panels/gateway/gatewaytr.h"
#include "text/problemtext.h"

namespace claimsmith::app {
namespace {

using Severity = ConfigProblem::Severity;

QString fromStd(const std::string& text)
{
    return QString::fromStdString(text);
}

QString placeText(const Place& place)
{
    return place.line == 0 ? fromStd(place.file) : QStringLiteral("%1:%2").arg(fromStd(place.file)).arg(place.line);
}

QString messageText(const ConfigAnalysis& config, const ConfigProblem& problem)
{
    const QString text = problemText(problem.problem);
    return config.parses() ? text
                           : GatewayTr::tr("%1. %2", "does not parse, then the reader's own words")
                                 .arg(parseFailureText(*config.parseFailure), text);
}

} // namespace

QString fixText(const ConfigEdit& fix, const document::Value& document)
{
    const auto tokens = document::splitPointer(fix.pointer);
    const QString name = tokens.empty() ? QString() : fromStd(tokens.back());
    switch (fix.kind) {
    case ConfigEdit::Kind::Remove:
        return GatewayTr::tr("Remove %1").arg(name);
    case ConfigEdit::Kind::Rename:
        return GatewayTr::tr("Rename to %1").arg(fromStd(fix.name));
    case ConfigEdit::Kind::Set:
        break;
    }
    // One element more than there is: name that one alone.
    const document::Value* present = document.at(fix.pointer);
    const document::Array* elements = fix.value.asArray();
    const std::size_t before = present && present->asArray() ? present->asArray()->size() : 0;
    if (elements && elements->size() == before + 1 && elements->back().asString())
        return GatewayTr::tr("Add %1").arg(fromStd(*elements->back().asString()));
    const std::string* text = fix.value.asString();
    return GatewayTr::tr("Set %1").arg(fromStd(text ? *text : document::toJson(fix.value)));
}

void ProblemsModel::setConfig(const ConfigAnalysis& config)
{
    std::vector<Row> rows;
    for (const ConfigProblem& problem : config.problems) {
        const Place& place = problem.problem.place;
        rows.push_back({problem, messageText(config, problem), entityPlace(config.outline, place.pointer),
                        placeText(place), problem.fix ? fixText(*problem.fix, config.document) : QString()});
    }
    m_all = std::move(rows);
    refill();
}

void ProblemsModel::setErrorsOnly(bool errorsOnly)
{
    m_errorsOnly = errorsOnly;
    refill();
}

void ProblemsModel::refill()
{
    beginResetModel();
    m_shown.clear();
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        if (!m_errorsOnly || m_all[i].problem.severity == Severity::Error)
            m_shown.push_back(i);
    }
    endResetModel();
}

const ConfigProblem* ProblemsModel::problemAt(int row) const
{
    const auto position = static_cast<std::size_t>(row);
    return row < 0 || position >= m_shown.size() ? nullptr : &m_all[m_shown[position]].problem;
}

int ProblemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int ProblemsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_all[m_shown[static_cast<std::size_t>(index.row())]];
    const bool error = row.problem.severity == Severity::Error;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        switch (index.column()) {
        case Message:
            return row.message;
        case Entity:
            return row.entity;
        case Where:
            return row.place;
        default:
            return row.fix;
        }
    case Qt::AccessibleTextRole:
        return GatewayTr::tr("%1: %2, %3, %4", "error or warning, message, entity, place")
            .arg(error ? GatewayTr::tr("Error") : GatewayTr::tr("Warning"), row.message, row.entity, row.place);
    case SeverityRole:
        return static_cast<int>(row.problem.severity);
    default:
        return {};
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Message:
        return GatewayTr::tr("Message");
    case Entity:
        return GatewayTr::tr("Entity");
    case Where:
        return GatewayTr::tr("Place");
    default:
        return QString();
    }
}

} // namespace claimsmith::app

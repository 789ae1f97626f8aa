// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/bodyfilter.h"

#include "document/json.h"
#include "document/jsonpath.h"

#include <QCoreApplication>

namespace claimsmith::app {

namespace {

using document::JsonPathErrorCode;
using document::Value;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(BodyFilter)
};

QString sentenceOf(const Error& error, const QString& path)
{
    if (error.code == ErrorCode(JsonPathErrorCode::UnknownFunction))
        return Tr::tr("There is no function %1() here: length(), count() and value() are known")
            .arg(QString::fromStdString(error.parameters.front().second));
    if (error.code == ErrorCode(JsonPathErrorCode::TooDeep))
        return Tr::tr("Too many parentheses within each other");
    const QString rest = QString::fromUtf8(path.toUtf8().mid(static_cast<qsizetype>(error.place.offset)));
    if (error.place.offset == 0)
        return Tr::tr("A JSONPath begins with $, for example $.accounts[*].id");
    return rest.isEmpty() ? Tr::tr("The path is not finished") : Tr::tr("The path cannot be read from %1 on").arg(rest);
}

} // namespace

FilteredBody filterBody(const Value& body, const QString& path)
{
    FilteredBody filtered;
    const auto query = document::JsonPath::parse(path.trimmed().toStdString());
    if (!query.hasValue()) {
        filtered.error = sentenceOf(query.error(), path.trimmed());
        return filtered;
    }
    const auto found = query->select(body, mostMatches + 1);
    filtered.isCut = found.size() > mostMatches;
    document::Array values;
    for (const Value* value : found)
        if (values.size() < mostMatches)
            values.push_back(*value);
    filtered.matches = static_cast<int>(values.size());
    filtered.text = QString::fromStdString(document::toJson(Value(std::move(values)), {.indent = 2}));
    return filtered;
}

} // namespace claimsmith::app

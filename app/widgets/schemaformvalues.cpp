// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/schemaformvalues.h"

#include "document/json.h"

namespace claimsmith::app {

using document::Value;
using gateway::Field;
using gateway::FieldType;

QString toText(const std::string& text)
{
    return QString::fromStdString(text);
}

QString textOf(const Value& value)
{
    if (value.isNull())
        return {};
    if (const std::string* text = value.asString())
        return toText(*text);
    return toText(document::toJson(value));
}

QStringList textsOf(const Value& value)
{
    QStringList texts;
    if (const document::Array* list = value.asArray()) {
        for (const Value& element : *list)
            texts.append(textOf(element));
    } else if (!value.isNull()) {
        texts.append(textOf(value));
    }
    return texts;
}

std::optional<Value> valueFromText(const Field& field, const QString& text)
{
    if (text.isEmpty())
        return field.allowsEmpty ? std::optional<Value>(Value(std::string())) : std::nullopt;
    const std::string typed = text.toStdString();
    if (field.type == FieldType::Integer || field.type == FieldType::Number) {
        auto number = document::parseJson(typed);
        if (number && number.value().asNumber())
            return std::move(number).value();
    }
    if (field.type == FieldType::Boolean && (typed == "true" || typed == "false"))
        return Value(typed == "true");
    return Value(typed);
}

std::optional<Value> valueFromTexts(const Field& list, const QStringList& texts)
{
    document::Array elements;
    for (const QString& text : texts) {
        if (auto element = list.elements ? valueFromText(*list.elements, text) : Value(text.toStdString()))
            elements.push_back(std::move(*element));
    }
    const document::Array* fallback = list.fallback ? list.fallback->asArray() : nullptr;
    if (elements.empty() && (!fallback || fallback->empty()))
        return std::nullopt;
    return Value(std::move(elements));
}

} // namespace claimsmith::app

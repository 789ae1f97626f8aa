// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanationtext.h"

#include "text/explanations/explanations.h"
#include "text/quantities.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace claimsmith::app {

namespace {

std::string_view valueOf(const gateway::Parameters& parameters, std::string_view name)
{
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const auto& parameter) { return parameter.first == name; });
    return found == parameters.end() ? std::string_view{} : std::string_view(found->second);
}

QString formatted(std::string_view value, QStringView format)
{
    const QString text = QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
    if (format == QLatin1String("span"))
        return spanText(std::chrono::seconds(text.toLongLong()));
    return text;
}

using Shape = std::function<QString(const QString& text, bool code)>;

/// Walks through a source text: literal runs and values go through `shape`, which knows whether they are code.
QString fill(const QString& source, const gateway::Parameters& parameters, const Shape& shape)
{
    QString out;
    QString run;
    bool code = false;
    const auto flush = [&] {
        if (!run.isEmpty())
            out += shape(run, code);
        run.clear();
    };
    for (qsizetype i = 0; i < source.size(); ++i) {
        const QChar c = source[i];
        const qsizetype close = c == QLatin1Char('{') ? source.indexOf(QLatin1Char('}'), i) : -1;
        if (c == QLatin1Char('`')) {
            flush();
            code = !code;
        } else if (close > 0) {
            const QStringView inner = QStringView(source).mid(i + 1, close - i - 1);
            const qsizetype colon = inner.indexOf(QLatin1Char(':'));
            const QStringView name = colon < 0 ? inner : inner.left(colon);
            run += formatted(valueOf(parameters, name.toString().toStdString()),
                             colon < 0 ? QStringView() : inner.mid(colon + 1));
            i = close;
        } else {
            run += c;
        }
    }
    flush();
    return out;
}

QString unknown(std::string_view id, const gateway::Parameters& parameters)
{
    QString text = QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()));
    for (const auto& [name, value] : parameters)
        text += QStringLiteral(" %1=%2").arg(QString::fromStdString(name), QString::fromStdString(value));
    return text;
}

QString plainShape(const QString& text, bool)
{
    return text;
}

QString sentence(const gateway::Text& text, const Shape& shape)
{
    if (text.id.empty())
        return {};
    const SentenceText* source = findSentence(text.id);
    return source == nullptr ? shape(unknown(text.id, text.parameters), false)
                             : fill(QCoreApplication::translate("Explanation", source->text), text.parameters, shape);
}

/// What the sentences of checks may name: the parameters, and found and expected under those names.
gateway::Parameters parametersOf(const gateway::Finding& finding)
{
    gateway::Parameters all = finding.parameters;
    all.emplace_back("found", finding.found);
    all.emplace_back("expected", finding.expected);
    return all;
}

} // namespace

QString plainText(const gateway::Text& text)
{
    return sentence(text, plainShape);
}

QString richText(const gateway::Text& text, const QString& monoFamily)
{
    return sentence(text, [&monoFamily](const QString& run, bool code) {
        return code ? QStringLiteral("<span style=\"font-family:'%1'\">%2</span>").arg(monoFamily, run.toHtmlEscaped())
                    : run.toHtmlEscaped();
    });
}

QString checkText(const gateway::Finding& finding)
{
    const CheckText* source = findCheck(finding.check);
    if (source == nullptr)
        return unknown(finding.check, {});
    return fill(QCoreApplication::translate("Explanation", source->text), parametersOf(finding), plainShape);
}

QString checkValue(const gateway::Finding& finding)
{
    const CheckText* source = findCheck(finding.check);
    return source == nullptr || source->value == nullptr
               ? QString()
               : fill(QString::fromLatin1(source->value), parametersOf(finding), plainShape);
}

QString quirkText(const gateway::Finding& finding)
{
    if (finding.quirk.empty())
        return {};
    return plainText({finding.quirk, parametersOf(finding)});
}

} // namespace claimsmith::app

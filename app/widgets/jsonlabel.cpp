// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jsonlabel.h"

#include "document/json.h"
#include "theme/theme.h"

#include <QStringList>

namespace claimsmith::app {

namespace {

QString span(Role role, const QString& text)
{
    return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(color(role).name(), text.toHtmlEscaped());
}

Role roleOf(const document::Value& value)
{
    switch (value.kind()) {
    case document::ValueKind::String:
        return Role::SynString;
    case document::ValueKind::Number:
        return Role::SynNumber;
    default:
        return Role::SynConst;
    }
}

QString coloured(const document::Value& value);

QString member(const document::Member& each)
{
    return span(Role::SynKey, QString::fromStdString(document::toJsonString(each.name))) +
           span(Role::SynPunct, QStringLiteral(": ")) + coloured(each.value);
}

/// On one line, with blanks inside braces as people write it.
QString coloured(const document::Value& value)
{
    QStringList parts;
    if (const auto* object = value.asObject(); object != nullptr) {
        for (const auto& each : *object)
            parts << member(each);
        return span(Role::SynPunct, QStringLiteral("{ ")) + parts.join(span(Role::SynPunct, QStringLiteral(", "))) +
               span(Role::SynPunct, QStringLiteral(" }"));
    }
    if (const auto* array = value.asArray(); array != nullptr) {
        for (const auto& each : *array)
            parts << coloured(each);
        return span(Role::SynPunct, QStringLiteral("[")) + parts.join(span(Role::SynPunct, QStringLiteral(", "))) +
               span(Role::SynPunct, QStringLiteral("]"));
    }
    return span(roleOf(value), QString::fromStdString(document::toJson(value)));
}

} // namespace

JsonLabel::JsonLabel(QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setTextStyle(this, TextStyle::Mono);
    connect(&Theme::instance(), &Theme::changed, this, &JsonLabel::render);
}

void JsonLabel::setObject(const document::Object& object, int maximumLines)
{
    m_object = object;
    m_plain.clear();
    m_maximumLines = maximumLines;
    render();
}

void JsonLabel::setPlain(const QString& text)
{
    m_plain = text;
    render();
}

void JsonLabel::render()
{
    const QString frame = QStringLiteral("<div style=\"white-space:pre-wrap;line-height:%1px\">%2</div>")
                              .arg(QString::number(lineHeight), QStringLiteral("%1"));
    if (!m_plain.isEmpty()) {
        setText(frame.arg(span(Role::SynComment, m_plain)));
        return;
    }
    QStringList lines{span(Role::SynPunct, QStringLiteral("{"))};
    const std::size_t room = static_cast<std::size_t>(std::max(1, m_maximumLines - 2));
    std::size_t shown = 0;
    for (const auto& each : m_object) {
        if (++shown > room) {
            lines.back() += span(Role::SynComment, QStringLiteral(" \u2026"));
            break;
        }
        const QString comma = shown < m_object.size() ? span(Role::SynPunct, QStringLiteral(",")) : QString();
        lines << QStringLiteral("  ") + member(each) + comma;
    }
    lines << span(Role::SynPunct, QStringLiteral("}"));
    setText(frame.arg(lines.join(QLatin1String("<br/>"))));
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/schemaformrow.h"

#include "text/schematext.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/label.h"
#include "widgets/schemaformvalues.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {
namespace {

constexpr int dotSize = 8;
constexpr int markGap = 5; // between the name and its marks
constexpr int belowControl = 4;

/// Nobody has to enter what has a default, nor a group whose members all have one.
bool mustBeEntered(const gateway::Field& field)
{
    if (!field.required || field.fallback)
        return false;
    return field.type != gateway::FieldType::Record || std::ranges::any_of(field.fields, mustBeEntered);
}

Label* wrappedLabel(Role role)
{
    auto* label = new Label({}, TextStyle::Small, role);
    label->setWordWrap(true);
    return label;
}

} // namespace

SchemaFormLabel::SchemaFormLabel(const gateway::Field& field, int depth, QWidget* parent)
    : QWidget(parent), m_name(toText(field.name)), m_required(mustBeEntered(field)), m_depth(depth)
{
    setFont(textFont(TextStyle::Mono));
    setFixedHeight(metrics::control);
    setToolTip(m_name);
}

void SchemaFormLabel::setChanged(bool changed)
{
    m_changed = changed;
    update();
}

QSize SchemaFormLabel::sizeHint() const
{
    const int marks = (m_required ? markGap + dotSize : 0) + markGap + dotSize;
    return {m_depth * metrics::indent + fontMetrics().horizontalAdvance(m_name) + marks, metrics::control};
}

QSize SchemaFormLabel::minimumSizeHint() const
{
    return {0, metrics::control};
}

void SchemaFormLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setFont(textFont(TextStyle::Mono));
    const QFontMetrics metrics(painter.font());
    const int marks = (m_required ? markGap + dotSize : 0) + (m_changed ? markGap + dotSize : 0);
    int x = m_depth * metrics::indent;
    const QString name = metrics.elidedText(m_name, Qt::ElideMiddle, width() - x - marks);
    painter.setPen(color(Role::Text));
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter, name);
    x += metrics.horizontalAdvance(name);
    if (m_required) {
        painter.setPen(color(Role::Bad));
        painter.drawText(QRect(x + markGap, 0, 2 * dotSize, height()), Qt::AlignVCenter, QStringLiteral("*"));
        x += markGap + dotSize;
    }
    if (m_changed)
        paintDot(painter, QRect(x + markGap, 0, dotSize, height()), dotSize, Role::Accent);
}

SchemaFormRow::SchemaFormRow(const gateway::Field& field, std::string pointer, int depth,
                             std::unique_ptr<FieldEditor> editor, QWidget* parent)
    : QWidget(parent), m_field(field), m_pointer(std::move(pointer)), m_label(new SchemaFormLabel(field, depth)),
      m_editor(editor.release()), m_complaint(new QWidget), m_complaintText(wrappedLabel(Role::Bad)),
      m_help(wrappedLabel(Role::Text3))
{
    auto* complaint = new QHBoxLayout(m_complaint);
    complaint->setContentsMargins(0, 0, 0, 0);
    complaint->setSpacing(belowControl);
    complaint->addWidget(new IconLabel(QLatin1String("warning"), metrics::iconField, Role::Bad), 0, Qt::AlignTop);
    complaint->addWidget(m_complaintText, 1);
    m_complaint->hide();

    const QString help = helpText(field);
    m_help->setParagraph(help);
    m_help->setVisible(!help.isEmpty());

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(belowControl);
    if (m_editor && m_editor->helpBeside()) {
        auto* line = new QHBoxLayout;
        line->setSpacing(metrics::cardPadding);
        m_editor->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        m_editor->setFixedHeight(metrics::control);
        line->addWidget(m_editor, 0, Qt::AlignTop);
        // One line of help stands on the control's middle, more of them begin there.
        m_help->setContentsMargins(0, (metrics::control - lineHeight(TextStyle::Small)) / 2, 0, 0);
        line->addWidget(m_help, 1, Qt::AlignTop);
        layout->addLayout(line);
        layout->addWidget(m_complaint);
    } else {
        if (m_editor)
            layout->addWidget(m_editor);
        else
            m_help->setContentsMargins(0, (metrics::control - lineHeight(TextStyle::Small)) / 2, 0, 0);
        layout->addWidget(m_complaint);
        layout->addWidget(m_help);
    }
    layout->addStretch();
    if (m_editor)
        describeControl();
}

void SchemaFormRow::setComplaint(const QString& text)
{
    m_complaintText->setParagraph(text);
    m_complaint->setVisible(!text.isEmpty());
    if (!m_editor)
        return;
    m_editor->setWrong(!text.isEmpty());
    describeControl();
}

void SchemaFormRow::describeControl()
{
    QWidget* control = m_editor->control();
    if (control->accessibleName().isEmpty())
        control->setAccessibleName(toText(m_field.name));
    // A list's control describes its elements there itself.
    if (m_field.type == gateway::FieldType::Array || m_field.type == gateway::FieldType::Set)
        return;
    const QString complaint = m_complaint->isHidden() ? QString() : m_complaintText->text() + QLatin1Char(' ');
    control->setAccessibleDescription(complaint + helpText(m_field));
}

} // namespace claimsmith::app

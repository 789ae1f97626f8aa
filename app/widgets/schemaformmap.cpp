// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/schemaformmap.h"

#include "text/schematext.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/schemaformvalues.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {
namespace {

constexpr int keyWidth = 120;
constexpr int gap = 4;

} // namespace

MapEditor::MapEditor(const gateway::Field& field, const SchemaFormSources& sources)
    : FieldEditor(field), m_sources(sources), m_rowsLayout(new QVBoxLayout),
      m_add(makeButton(addElementText(field), ButtonKind::Default, QLatin1String("plus"), ControlSize::Small))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    m_rowsLayout->setSpacing(gap);
    layout->addLayout(m_rowsLayout);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QAbstractButton::clicked, this, [this] {
        addRow({}, nullptr);
        m_rows.back()->key->setFocus(Qt::OtherFocusReason);
    });
}

void MapEditor::show(const document::Value* written)
{
    if (const auto now = meant(); written ? now == *written : !now)
        return;
    for (const auto& row : m_rows)
        row->holder->deleteLater();
    m_rows.clear();
    const document::Object* object = written ? written->asObject() : nullptr;
    if (!object)
        return;
    for (const document::Member& member : *object)
        addRow(toText(member.name), &member.value);
}

void MapEditor::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    setEnabled(!readOnly);
}

QWidget* MapEditor::control()
{
    return m_add;
}

void MapEditor::addRow(const QString& key, const document::Value* value)
{
    auto row = std::make_unique<Row>();
    Row* raw = row.get();
    raw->holder = new QWidget;
    raw->key = new QLineEdit(key);
    raw->key->setFixedWidth(keyWidth);
    raw->key->setAccessibleName(tr("Name in %1").arg(toText(field().name)));
    setTextStyle(raw->key, TextStyle::Mono);
    raw->editor = makeFieldEditor(*field().elements, m_sources).release();
    raw->editor->control()->setAccessibleName(tr("Value in %1").arg(toText(field().name)));
    raw->editor->show(value);
    if (value)
        raw->value = *value;
    auto* remove = new IconButton(QLatin1String("close"), tr("Remove this line of %1").arg(toText(field().name)));
    auto* layout = new QHBoxLayout(raw->holder);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(raw->key, 0, Qt::AlignTop);
    layout->addWidget(raw->editor, 1);
    layout->addWidget(remove, 0, Qt::AlignTop);
    m_rowsLayout->addWidget(raw->holder);
    m_rows.push_back(std::move(row));

    connect(raw->key, &QLineEdit::textEdited, this, [this] { emit edited(meant()); });
    connect(raw->editor, &FieldEditor::edited, this, [this, raw](const std::optional<document::Value>& changed) {
        raw->value = changed;
        emit edited(meant());
    });
    connect(remove, &QAbstractButton::clicked, this, [this, raw] {
        raw->holder->deleteLater();
        std::erase_if(m_rows, [raw](const auto& held) { return held.get() == raw; });
        emit edited(meant());
    });
}

std::optional<document::Value> MapEditor::meant() const
{
    document::Object object;
    for (const auto& row : m_rows) {
        // A line without a name is not finished yet; it stays on the screen and out of the document.
        if (!row->key->text().isEmpty())
            object.set(row->key->text().toStdString(), row->value.value_or(document::Value()));
    }
    return object.empty() ? std::nullopt : std::optional<document::Value>(std::move(object));
}

} // namespace claimsmith::app

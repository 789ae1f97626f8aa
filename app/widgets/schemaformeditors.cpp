// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/schemaformeditors.h"

#include "document/yaml.h"
#include "text/schematext.h"
#include "theme/claimstyle.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/chiplistedit.h"
#include "widgets/schemaformmap.h"
#include "widgets/schemaformsecret.h"
#include "widgets/schemaformvalues.h"
#include "widgets/switch.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>

#include <algorithm>

namespace claimsmith::app {
namespace {

using document::Value;
using gateway::Field;
using gateway::FieldType;
using gateway::Format;

constexpr int checkLimit = 4; // choices that are shown as check boxes; more become chips
constexpr int checkGap = 18;
constexpr int textLines = 6;

QHBoxLayout* fill(QWidget* holder, QWidget* control)
{
    auto* layout = new QHBoxLayout(holder);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(checkGap);
    if (control)
        layout->addWidget(control);
    return layout;
}

/// What holds where nothing is written.
Value effective(const Field& field, const Value* written)
{
    if (written)
        return *written;
    return field.fallback.value_or(Value());
}

/// A line edit with a note at its right end, in the quiet colour.
class NotedLineEdit final : public QLineEdit
{
public:
    void setNote(const QString& note)
    {
        m_note = note;
        const QFontMetrics metrics(textFont(TextStyle::Mono));
        setTextMargins(0, 0, note.isEmpty() ? 0 : metrics.horizontalAdvance(note) + 2 * margin, 0);
        update();
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QLineEdit::paintEvent(event);
        if (m_note.isEmpty())
            return;
        QPainter painter(this);
        painter.setFont(textFont(TextStyle::Mono));
        painter.setPen(color(Role::Text3));
        painter.drawText(rect().adjusted(0, 0, -margin, 0), Qt::AlignRight | Qt::AlignVCenter, m_note);
    }

private:
    static constexpr int margin = 8;
    QString m_note;
};

/// One line of text, or a number with its unit.
class LineEditor final : public FieldEditor
{
public:
    LineEditor(const Field& field, const SchemaFormSources&) : FieldEditor(field), m_line(new NotedLineEdit)
    {
        fill(this, m_line);
        setTextStyle(m_line, TextStyle::Mono);
        if (field.fallback)
            m_line->setPlaceholderText(textOf(*field.fallback));
        connect(m_line, &QLineEdit::textEdited, this, [this](const QString& text) {
            showUnit();
            emit edited(valueFromText(this->field(), text));
        });
    }

    void show(const Value* written) override
    {
        const QString text = written ? textOf(*written) : QString();
        const auto meant = valueFromText(field(), m_line->text());
        if (written ? meant != *written : meant.has_value())
            m_line->setText(text);
        showUnit();
    }

    void setReadOnly(bool readOnly) override { m_line->setReadOnly(readOnly); }

    QWidget* control() override { return m_line; }

private:
    void showUnit()
    {
        if (field().unit.empty())
            return;
        const QString text = m_line->text().isEmpty() ? m_line->placeholderText() : m_line->text();
        bool isNumber = false;
        const double number = text.toDouble(&isNumber);
        m_line->setNote(unitText(isNumber ? number : 0, field().unit));
    }

    NotedLineEdit* m_line;
};

class SwitchEditor final : public FieldEditor
{
public:
    SwitchEditor(const Field& field, const SchemaFormSources&)
        : FieldEditor(field), m_switch(new Switch(toText(field.name)))
    {
        fill(this, m_switch)->addStretch();
        connect(m_switch, &QAbstractButton::clicked, this, [this](bool on) { emit edited(Value(on)); });
    }

    void show(const Value* written) override
    {
        const Value value = effective(field(), written);
        m_switch->setChecked(value.asBoolean() && *value.asBoolean());
    }

    void setReadOnly(bool readOnly) override { m_switch->setEnabled(!readOnly); }

    QWidget* control() override { return m_switch; }

    bool helpBeside() const override { return true; }

private:
    Switch* m_switch;
};

/// One of a fixed set. An empty first entry stands for the default where the field need not be set.
class ChoiceEditor final : public FieldEditor
{
public:
    ChoiceEditor(const Field& field, const SchemaFormSources&) : FieldEditor(field), m_combo(new QComboBox)
    {
        fill(this, m_combo);
        if (!field.fallback)
            m_combo->addItem(tr("Not set"), -1);
        for (std::size_t i = 0; i < field.choices.size(); ++i)
            m_combo->addItem(textOf(field.choices[i]), static_cast<int>(i));
        connect(m_combo, &QComboBox::activated, this, [this](int row) {
            const int choice = m_combo->itemData(row).toInt();
            if (choice >= 0)
                emit edited(this->field().choices.at(static_cast<std::size_t>(choice)));
            else
                emit edited(std::nullopt);
        });
    }

    void show(const Value* written) override
    {
        // A value that is none of the choices is shown as it is, for the error below to speak of.
        const QString text = textOf(effective(field(), written));
        int row = text.isEmpty() ? 0 : m_combo->findText(text);
        if (const int foreign = m_combo->findData(-2); foreign >= 0 && foreign != row)
            m_combo->removeItem(foreign);
        if (row < 0) {
            m_combo->addItem(text, -2);
            row = m_combo->count() - 1;
        }
        m_combo->setCurrentIndex(row);
    }

    void setReadOnly(bool readOnly) override { m_combo->setEnabled(!readOnly); }

    QWidget* control() override { return m_combo; }

private:
    QComboBox* m_combo;
};

/// A set of up to four fixed values.
class ChecksEditor final : public FieldEditor
{
public:
    ChecksEditor(const Field& field, const SchemaFormSources&) : FieldEditor(field)
    {
        QHBoxLayout* row = fill(this, nullptr);
        setMinimumHeight(metrics::control);
        for (const Value& choice : field.elements->choices) {
            auto* box = new QCheckBox(textOf(choice));
            setTextStyle(box, TextStyle::Mono);
            box->setAccessibleName(tr("%1 in %2").arg(box->text(), toText(field.name)));
            row->addWidget(box);
            m_boxes.append(box);
            connect(box, &QAbstractButton::clicked, this, &ChecksEditor::tell);
        }
        row->addStretch();
    }

    void show(const Value* written) override
    {
        const QStringList texts = textsOf(effective(field(), written));
        m_foreign.clear();
        for (QCheckBox* box : std::as_const(m_boxes))
            box->setChecked(texts.contains(box->text()));
        for (const QString& text : texts) {
            if (std::ranges::none_of(m_boxes, [&](const QCheckBox* box) { return box->text() == text; }))
                m_foreign.append(text);
        }
    }

    void setReadOnly(bool readOnly) override { setEnabled(!readOnly); }

    QWidget* control() override { return m_boxes.isEmpty() ? static_cast<QWidget*>(this) : m_boxes.first(); }

private:
    void tell()
    {
        QStringList texts;
        for (const QCheckBox* box : std::as_const(m_boxes)) {
            if (box->isChecked())
                texts.append(box->text());
        }
        emit edited(valueFromTexts(field(), texts + m_foreign));
    }

    QList<QCheckBox*> m_boxes;
    QStringList m_foreign; ///< written, but none of the choices: kept
};

class ChipsEditor final : public FieldEditor
{
public:
    ChipsEditor(const Field& field, const SchemaFormSources&) : FieldEditor(field), m_chips(new ChipListEdit)
    {
        fill(this, m_chips);
        m_chips->setPlaceholder(addElementText(field));
        m_chips->setUnique(field.type == FieldType::Set);
        if (field.elements && !field.elements->choices.empty()) {
            QStringList choices;
            for (const Value& choice : field.elements->choices)
                choices.append(textOf(choice));
            m_chips->setChoices(choices, true);
        }
        connect(m_chips, &ChipListEdit::edited, this,
                [this](const QStringList& items) { emit edited(valueFromTexts(this->field(), items)); });
    }

    void show(const Value* written) override { m_chips->setItems(textsOf(effective(field(), written))); }

    void setWrong(bool wrong) override { setFieldState(m_chips, wrong ? FieldState::Error : FieldState::Normal); }

    void setReadOnly(bool readOnly) override { m_chips->setReadOnly(readOnly); }

    QWidget* control() override { return m_chips->lineEdit(); }

private:
    ChipListEdit* m_chips;
};

/// The name of another entity: typed, or chosen from those of the file.
class ReferenceEditor final : public FieldEditor
{
public:
    ReferenceEditor(const Field& field, const SchemaFormSources& sources)
        : FieldEditor(field), m_type(field.type == FieldType::Foreign ? field.reference : "consumers"),
          m_names(sources.names), m_combo(new QComboBox)
    {
        fill(this, m_combo);
        m_combo->setEditable(true);
        m_combo->setAccessibleName(toText(field.name));
        m_combo->setInsertPolicy(QComboBox::NoInsert);
        m_combo->completer()->setFilterMode(Qt::MatchContains);
        m_combo->completer()->setCompletionMode(QCompleter::PopupCompletion);
        m_combo->lineEdit()->setPlaceholderText(field.name == "anonymous" ? tr("No anonymous consumer")
                                                                          : tr("No %1").arg(kindName(m_type)));
        connect(m_combo->lineEdit(), &QLineEdit::textEdited, this, &ReferenceEditor::tell);
        connect(m_combo, &QComboBox::activated, this,
                [this](int row) { tell(row == 0 ? QString() : m_combo->itemText(row)); });
    }

    void show(const Value* written) override
    {
        fillIn();
        const Value value = effective(field(), written);
        const Value* id = value.find("id");
        const QString text = textOf(id ? *id : value);
        if (m_combo->currentText() != text)
            m_combo->setEditText(text);
    }

    void setReadOnly(bool readOnly) override { m_combo->setEnabled(!readOnly); }

    QWidget* control() override { return m_combo->lineEdit(); }

private:
    void fillIn()
    {
        const QStringList names =
            QStringList(m_combo->lineEdit()->placeholderText()) + (m_names ? m_names(m_type) : QStringList());
        QStringList shown;
        for (int row = 0; row < m_combo->count(); ++row)
            shown.append(m_combo->itemText(row));
        if (shown == names)
            return;
        const QString typed = m_combo->currentText();
        m_combo->clear();
        m_combo->addItems(names);
        m_combo->setEditText(typed);
    }

    void tell(const QString& text)
    {
        if (text.isEmpty())
            m_combo->setEditText({});
        emit edited(text.isEmpty() ? std::optional<Value>() : Value(text.toStdString()));
    }

    std::string m_type;
    std::function<QStringList(std::string_view)> m_names;
    QComboBox* m_combo;
};

/// Long text: PEM, bodies; and, as YAML, what no other editor can show. Text that does not parse stays in the field.
class TextEditor final : public FieldEditor
{
public:
    TextEditor(const Field& field, const SchemaFormSources&) : FieldEditor(field), m_text(new QPlainTextEdit)
    {
        fill(this, m_text)->setContentsMargins(frame, frame, frame, frame);
        setTextStyle(m_text, TextStyle::Mono);
        m_text->setFrameShape(QFrame::NoFrame);
        m_text->viewport()->setAutoFillBackground(false);
        m_text->installEventFilter(this);
        m_text->setTabChangesFocus(true);
        m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
        m_text->setFixedHeight(textLines * lineHeight(TextStyle::Mono) + metrics::cardPadding);
        if (field.format == Format::Pem)
            m_text->setPlaceholderText(QStringLiteral("-----BEGIN PUBLIC KEY-----"));
        connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
            if (!m_showing)
                emit edited(meant());
        });
    }

    void show(const Value* written) override
    {
        const auto now = meant();
        if (written ? now == *written : !now)
            return;
        m_showing = true;
        m_text->setPlainText(!written ? QString() : isText() ? textOf(*written) : toText(document::toYaml(*written)));
        m_showing = false;
    }

    void setReadOnly(bool readOnly) override { m_text->setReadOnly(readOnly); }

    void setWrong(bool wrong) override
    {
        FieldEditor::setWrong(wrong);
        update();
    }

    QWidget* control() override { return m_text; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
            update();
        return FieldEditor::eventFilter(watched, event);
    }

    /// The outline of a field, which the style draws for single lines only.
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const bool wrong = fieldState(m_text) == FieldState::Error;
        const Role line = wrong ? Role::BadSolid : m_text->hasFocus() ? Role::LineFocus : Role::LineStrong;
        paintBox(painter, rect(), metrics::radiusControl,
                 color(m_text->isReadOnly() ? Role::BgSunken : Role::BgControl), color(line),
                 wrong || m_text->hasFocus() ? 2 : 1);
    }

private:
    static constexpr int frame = 4;

    bool isText() const { return field().type == FieldType::String; }

    std::optional<Value> meant() const
    {
        const QString text = m_text->toPlainText();
        if (isText() || text.trimmed().isEmpty())
            return valueFromText(field(), text);
        auto value = document::parseYaml(text.toStdString());
        return value ? std::move(value).value() : Value(text.toStdString());
    }

    QPlainTextEdit* m_text;
    bool m_showing = false;
};

bool isListOfTexts(const Field& field)
{
    if ((field.type != FieldType::Array && field.type != FieldType::Set) || !field.elements)
        return false;
    const FieldType type = field.elements->type;
    return type == FieldType::String || type == FieldType::Integer || type == FieldType::Number;
}

template <class Editor>
std::unique_ptr<FieldEditor> make(const Field& field, const SchemaFormSources& sources)
{
    return std::make_unique<Editor>(field, sources);
}

struct EditorRule
{
    bool (*fits)(const Field&);
    std::unique_ptr<FieldEditor> (*make)(const Field&, const SchemaFormSources&);
};

/// The first that fits; the order tells the special from the general.
constexpr EditorRule rules[] = {
    {[](const Field& field) { return field.type == FieldType::Boolean; }, make<SwitchEditor>},
    {[](const Field& field) { return field.type == FieldType::Foreign || field.format == Format::ConsumerName; },
     make<ReferenceEditor>},
    {[](const Field& field) { return field.type == FieldType::String && field.secret; }, make<SecretEditor>},
    {[](const Field& field) { return !field.choices.empty(); }, make<ChoiceEditor>},
    {[](const Field& field) {
         return isListOfTexts(field) && !field.elements->choices.empty() &&
                field.elements->choices.size() <= checkLimit;
     },
     make<ChecksEditor>},
    {isListOfTexts, make<ChipsEditor>},
    {[](const Field& field) { return field.type == FieldType::Map && field.elements && !isGroup(*field.elements); },
     make<MapEditor>},
    {[](const Field& field) {
         return field.type == FieldType::Integer || field.type == FieldType::Number ||
                (field.type == FieldType::String && field.format != Format::Pem && field.format != Format::MultiLine);
     },
     make<LineEditor>},
};

} // namespace

void FieldEditor::setWrong(bool wrong)
{
    setFieldState(control(), wrong ? FieldState::Error : FieldState::Normal);
}

bool isGroup(const Field& field)
{
    return field.type == FieldType::Record && !field.fields.empty();
}

std::unique_ptr<FieldEditor> makeFieldEditor(const Field& field, const SchemaFormSources& sources)
{
    for (const EditorRule& rule : rules) {
        if (rule.fits(field))
            return rule.make(field, sources);
    }
    return std::make_unique<TextEditor>(field, sources);
}

} // namespace claimsmith::app

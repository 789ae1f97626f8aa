// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/schemaform.h"

#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/label.h"
#include "widgets/schemaformrow.h"
#include "widgets/schemaformvalues.h"

#include <QEvent>
#include <QGridLayout>
#include <QScrollArea>

#include <algorithm>

namespace claimsmith::app {
namespace {

constexpr int leastLabel = 168;
constexpr int mostLabel = 208;
constexpr int labelGap = 12;
constexpr int rowGap = 12;

bool encloses(std::string_view ancestor, std::string_view pointer)
{
    return pointer.substr(0, ancestor.size()) == ancestor &&
           (pointer.size() == ancestor.size() || pointer[ancestor.size()] == '/');
}

/// The scroll area that a form stands in, to bring a row into view.
QScrollArea* scrollAreaOf(const QWidget* widget)
{
    for (QWidget* parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
        if (auto* area = qobject_cast<QScrollArea*>(parent))
            return area;
    }
    return nullptr;
}

} // namespace

SchemaForm::SchemaForm(SchemaFormSources sources, QWidget* parent) : QWidget(parent), m_sources(std::move(sources))
{
    clear();
}

SchemaForm::~SchemaForm() = default;

void SchemaForm::setSections(const std::vector<SchemaFormSection>& sections)
{
    // Rows that join a visible grid are measured before they are shown, and that size sticks.
    const bool shown = !isHidden();
    hide();
    clear();
    for (const SchemaFormSection& section : sections) {
        if (!section.title.isEmpty() && !section.fields.empty())
            addHeading(section.title);
        addRows(section.fields, section.prefix, 0);
    }
    m_grid->setRowStretch(m_grid->rowCount(), 1);
    m_grid->setColumnMinimumWidth(0, labelWidth());
    for (SchemaFormRow* row : m_rows)
        row->label()->setMaximumWidth(labelWidth());
    setVisible(shown);
}

void SchemaForm::clear()
{
    m_rows.clear();
    while (QLayoutItem* item = m_grid ? m_grid->takeAt(0) : nullptr) {
        // The sender of the signal that led here may be among them.
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    delete m_grid; // a grid never forgets a row
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(metrics::pagePadding, metrics::pagePadding - 2, metrics::pagePadding,
                               metrics::pagePadding);
    m_grid->setHorizontalSpacing(0);
    m_grid->setVerticalSpacing(rowGap);
    m_grid->setColumnStretch(1, 1);
}

void SchemaForm::addHeading(const QString& title)
{
    auto* heading = new Label(title, TextStyle::Title);
    heading->setContentsMargins(0, metrics::cardPadding, 0, 0);
    m_grid->addWidget(heading, m_grid->rowCount(), 0, 1, 2);
}

void SchemaForm::addRows(const std::vector<const gateway::Field*>& fields, const std::string& prefix, int depth)
{
    for (const gateway::Field* field : fields) {
        const std::string pointer = document::joinPointer(prefix, field->name);
        const bool group = isGroup(*field);
        auto* row = new SchemaFormRow(*field, pointer, depth, group ? nullptr : makeFieldEditor(*field, m_sources));
        const int line = m_grid->rowCount();
        m_grid->addWidget(row->label(), line, 0, Qt::AlignTop);
        m_grid->addWidget(row, line, 1);
        m_rows.push_back(row);
        if (group) {
            std::vector<const gateway::Field*> members;
            for (const gateway::Field& member : field->fields)
                members.push_back(&member);
            addRows(members, pointer, depth + 1);
            continue;
        }
        row->editor()->setReadOnly(m_readOnly);
        connect(row->editor(), &FieldEditor::edited, this,
                [this, pointer](const std::optional<document::Value>& value) { emit edited(pointer, value); });
        row->editor()->control()->installEventFilter(this);
    }
}

int SchemaForm::labelWidth() const
{
    int width = leastLabel;
    for (const SchemaFormRow* row : m_rows)
        width = std::max(width, row->label()->sizeHint().width() + labelGap);
    return std::min(width, mostLabel);
}

void SchemaForm::setValue(const document::Value& value)
{
    for (SchemaFormRow* row : m_rows) {
        const document::Value* written = value.at(row->pointer());
        if (row->editor())
            row->editor()->show(written && !written->isNull() ? written : nullptr);
    }
}

void SchemaForm::setProblems(
    const std::function<QList<SchemaFormProblem>(const std::string& pointer, const gateway::Field&)>& problemsOf)
{
    for (SchemaFormRow* row : m_rows) {
        const QList<SchemaFormProblem> problems = problemsOf(row->pointer(), row->field());
        QStringList texts;
        for (const SchemaFormProblem& problem : problems) {
            // A group's members speak for themselves.
            if (row->editor() ? encloses(row->pointer(), problem.pointer) : problem.pointer == row->pointer())
                texts.append(problem.text);
        }
        texts.removeDuplicates();
        row->setComplaint(texts.join(QLatin1Char(' ')));
    }
}

void SchemaForm::setChanged(const std::function<bool(const std::string& pointer)>& isChanged)
{
    for (SchemaFormRow* row : m_rows)
        row->label()->setChanged(row->editor() && isChanged(row->pointer()));
}

void SchemaForm::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    for (SchemaFormRow* row : m_rows) {
        if (row->editor())
            row->editor()->setReadOnly(readOnly);
    }
}

bool SchemaForm::focusField(std::string_view pointer)
{
    SchemaFormRow* best = nullptr;
    for (SchemaFormRow* row : m_rows) {
        if (row->editor() && encloses(row->pointer(), pointer) &&
            (!best || row->pointer().size() > best->pointer().size()))
            best = row;
    }
    if (!best)
        return false;
    best->editor()->control()->setFocus(Qt::OtherFocusReason);
    if (QScrollArea* area = scrollAreaOf(this))
        area->ensureWidgetVisible(best, 0, metrics::control);
    return true;
}

QWidget* SchemaForm::controlOf(std::string_view pointer) const
{
    const auto found =
        std::ranges::find_if(m_rows, [&](const SchemaFormRow* row) { return row->pointer() == pointer; });
    return found == m_rows.end() || !(*found)->editor() ? nullptr : (*found)->editor()->control();
}

bool SchemaForm::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut)
        emit editingFinished();
    return QWidget::eventFilter(watched, event);
}

} // namespace claimsmith::app

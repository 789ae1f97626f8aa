// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "widgets/schemaformeditors.h"

#include <QList>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class QGridLayout;

namespace claimsmith::app {

class SchemaFormRow;

/// Fields under one heading. All pointers are relative to the value that the form shows.
struct SchemaFormSection
{
    QString title;                             ///< empty: no heading
    std::string prefix;                        ///< where the fields live: "" or "/config"
    std::vector<const gateway::Field*> fields; ///< have to outlive the form
};

/// Something to say at a field.
struct SchemaFormProblem
{
    std::string pointer; ///< of the field or something inside it
    QString text;
};

/// A form made from a schema alone, over one value: for every field a label, the control that fits its kind, what is
/// wrong with it, and its description. It changes nothing by itself: it tells what the user asks for, and shows what it
/// is given.
class SchemaForm final : public QWidget
{
    Q_OBJECT

public:
    explicit SchemaForm(SchemaFormSources sources, QWidget* parent = nullptr);
    ~SchemaForm() override;

    /// Makes the rows; those of records become indented groups.
    void setSections(const std::vector<SchemaFormSection>& sections);
    /// Shows the value, leaving alone what a control holds already. Fields that it lacks show their default.
    void setValue(const document::Value& value);
    void setProblems(
        const std::function<QList<SchemaFormProblem>(const std::string& pointer, const gateway::Field&)>& problemsOf);
    /// Which fields carry the mark of a change.
    void setChanged(const std::function<bool(const std::string& pointer)>& isChanged);
    void setReadOnly(bool readOnly);

    /// Puts the focus on the field at the pointer or the one that encloses it, and scrolls to it. False when none does.
    bool focusField(std::string_view pointer);
    /// The row's control, for tests and for the order of the focus; null when there is no such field.
    QWidget* controlOf(std::string_view pointer) const;

signals:
    /// The user wants this value at the pointer; nothing: the field is to be left out. Told with every key.
    void edited(const std::string& pointer, const std::optional<claimsmith::document::Value>& value);
    /// The focus left the field that was edited: what follows is another step.
    void editingFinished();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addRows(const std::vector<const gateway::Field*>& fields, const std::string& prefix, int depth);
    void clear();
    void addHeading(const QString& title);
    int labelWidth() const;

    SchemaFormSources m_sources;
    QGridLayout* m_grid = nullptr;
    std::vector<SchemaFormRow*> m_rows;
    bool m_readOnly = false;
};

} // namespace claimsmith::app

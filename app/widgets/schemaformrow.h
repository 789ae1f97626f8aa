// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/schema.h"
#include "widgets/schemaformeditors.h"

#include <QWidget>

#include <memory>
#include <string>

namespace claimsmith::app {

class IconLabel;
class Label;

/// The name of a field in the mono face, a star when a value is required, a dot when it was changed.
class SchemaFormLabel final : public QWidget
{
    Q_OBJECT

public:
    SchemaFormLabel(const gateway::Field& field, int depth, QWidget* parent = nullptr);

    bool isRequired() const noexcept { return m_required; }
    bool isChanged() const noexcept { return m_changed; }
    void setChanged(bool changed);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_name;
    bool m_required;
    bool m_changed = false;
    int m_depth;
};

/// Control, complaint and help of one field, below each other; the form places the label beside them.
class SchemaFormRow final : public QWidget
{
    Q_OBJECT

public:
    /// `editor` is null for the head of a group.
    SchemaFormRow(const gateway::Field& field, std::string pointer, int depth, std::unique_ptr<FieldEditor> editor,
                  QWidget* parent = nullptr);

    const gateway::Field& field() const noexcept { return m_field; }
    const std::string& pointer() const noexcept { return m_pointer; }
    SchemaFormLabel* label() const noexcept { return m_label; }
    FieldEditor* editor() const noexcept { return m_editor; }

    void setComplaint(const QString& text);

private:
    void describeControl();

    const gateway::Field& m_field;
    std::string m_pointer;
    SchemaFormLabel* m_label;
    FieldEditor* m_editor;
    QWidget* m_complaint;
    Label* m_complaintText;
    Label* m_help;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/secret.h"
#include "document/value.h"
#include "gateway/schema.h"

#include <QStringList>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace claimsmith::app {

/// What a form has to ask others for. Every member may be empty.
struct SchemaFormSources
{
    /// Names of the entities of a kind, for references: "consumers".
    std::function<QStringList(std::string_view entityType)> names;
    /// The secret behind a reference written in the file; nothing when it is not known.
    std::function<std::optional<SecretBytes>(const QString& written)> reveal;
    /// Keeps a secret outside the file and gives what to write in its place; nothing when that failed.
    std::function<std::optional<QString>(const std::string& field, SecretBytes secret)> keep;
    /// How a reference reads to people: "DECK_NAME" for `${{ env "DECK_NAME" }}`; empty when it is none.
    std::function<QString(const QString& written)> referenceName;
};

/// The control of one field: shows a value, tells what the user makes of it. Nothing is the absence of a value, which
/// means the default.
class FieldEditor : public QWidget
{
    Q_OBJECT

public:
    /// `field` has to outlive the editor.
    explicit FieldEditor(const gateway::Field& field, QWidget* parent = nullptr) : QWidget(parent), m_field(field) {}

    const gateway::Field& field() const noexcept { return m_field; }

    /// Shows what is written, else the default. Leaves the control alone while it means this value already: a caret in
    /// it stays where it is. Emits nothing.
    virtual void show(const document::Value* written) = 0;
    virtual void setWrong(bool wrong);
    virtual void setReadOnly(bool readOnly) = 0;
    /// The control that takes the focus and carries the accessible name.
    virtual QWidget* control() = 0;

    /// Whether help stands at the right of the control and not below.
    virtual bool helpBeside() const { return false; }

signals:
    void edited(const std::optional<claimsmith::document::Value>& value);

private:
    const gateway::Field& m_field;
};

/// The editor that fits the field's type, format and rules.
std::unique_ptr<FieldEditor> makeFieldEditor(const gateway::Field& field, const SchemaFormSources& sources);

/// Whether the field is a record that a form shows as an indented group of rows.
bool isGroup(const gateway::Field& field);

} // namespace claimsmith::app

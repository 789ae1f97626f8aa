// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/schemaformeditors.h"

#include <vector>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace claimsmith::app {

/// A map as two columns: its keys, and beside each the editor of its value.
class MapEditor final : public FieldEditor
{
    Q_OBJECT

public:
    MapEditor(const gateway::Field& field, const SchemaFormSources& sources);

    void show(const document::Value* written) override;
    void setReadOnly(bool readOnly) override;
    QWidget* control() override;

private:
    struct Row
    {
        QWidget* holder;
        QLineEdit* key;
        FieldEditor* editor;
        std::optional<document::Value> value;
    };
    void addRow(const QString& key, const document::Value* value);
    std::optional<document::Value> meant() const;

    SchemaFormSources m_sources;
    QVBoxLayout* m_rowsLayout;
    QPushButton* m_add;
    std::vector<std::unique_ptr<Row>> m_rows;
    bool m_readOnly = false;
};

} // namespace claimsmith::app

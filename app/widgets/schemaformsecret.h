// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/schemaformeditors.h"

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QTimer;

namespace claimsmith::app {

class ChipLabel;
class IconButton;

/// A secret: a chip with the name under which it is kept, shown in the clear for ten seconds on demand. One that stands
/// in the file is hidden like a password, with an offer to keep it elsewhere. A new one is typed over it and kept when
/// Enter is pressed or the field is left.
class SecretEditor final : public FieldEditor
{
    Q_OBJECT

public:
    SecretEditor(const gateway::Field& field, const SchemaFormSources& sources);

    void show(const document::Value* written) override;
    void setReadOnly(bool readOnly) override;
    QWidget* control() override;

private:
    void setRevealed(bool revealed);
    void setReplacing(bool replacing);
    void takeTyped();
    void keep(const QString& secret);
    void refresh();

    SchemaFormSources m_sources;
    QString m_written;
    ChipLabel* m_chip;
    QLineEdit* m_line; ///< the secret in the clear or as dots, or the new one being typed
    IconButton* m_eye;
    IconButton* m_replace;
    IconButton* m_keep;
    QTimer* m_hide;
    bool m_revealed = false;
    bool m_replacing = false;
    bool m_readOnly = false;
};

} // namespace claimsmith::app

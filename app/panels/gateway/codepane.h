// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/panels.h"

#include <string>

class QLineEdit;

namespace claimsmith::app {

class CodeEditor;
class GatewayDocument;
class IconButton;
class Label;
class SearchField;

/// kong.yml as text, beside the form: typed text goes to the document after a pause, every other change of the document
/// is shown here at once. Lines of the selected entity and those with errors are tinted.
class CodePane final : public Pane
{
    Q_OBJECT

public:
    /// `document` has to outlive the pane.
    explicit CodePane(GatewayDocument& document, QWidget* parent = nullptr);

    void setSelection(const std::string& pointer);
    /// Counts from 1; takes the focus when asked to.
    void goToLine(std::size_t line, bool focus);
    void find();
    CodeEditor* editor() const noexcept { return m_editor; }

signals:
    /// The caret went into another entity, by the user's hand.
    void entityEntered(const std::string& pointer);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void takeText();
    void refreshMarks();
    void refreshState();
    void findNext(bool backwards);
    void followCaret();

    GatewayDocument& m_document;
    std::string m_selection;
    CodeEditor* m_editor;
    Label* m_state;
    QWidget* m_dot;
    IconButton* m_follow;
    IconButton* m_search;
    SearchField* m_find;
    bool m_taking = false;
};

} // namespace claimsmith::app

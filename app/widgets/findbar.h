// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace claimsmith::app {

class CodeEditor;
class Label;
class SearchField;

/// Finds text in an editor: a field with the number of hits, the next and the one before, Esc to close. Hidden until
/// open().
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    /// The editor has to outlive the bar.
    explicit FindBar(CodeEditor& editor, QWidget* parent = nullptr);

    /// Shows the bar with the focus in its field; what is selected in the editor is looked for.
    void open();
    /// The editor shows another text: counts again.
    void refresh();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search(bool fromStart);
    void step(bool forward);
    void close();

    CodeEditor& m_editor;
    SearchField* m_field;
    Label* m_count;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qsci/qsciscintilla.h>

namespace claimsmith::app {

/// Text with syntax colours: bodies, kong.yml, token parts, environments.
///
/// Editable up to 2 MB and read-only up to 10 MB with lines below 20 kB, beyond which styling costs seconds
/// (see fits()); larger text belongs into TextViewer.
class CodeEditor final : public QsciScintilla
{
    Q_OBJECT

public:
    enum class Language { Plain, Json, Yaml };

    explicit CodeEditor(Language language = Language::Plain, QWidget* parent = nullptr);

    /// Whether a text is small enough for this widget.
    static bool fits(const QByteArray& utf8, bool editable);

    void setLanguage(Language language);

    QString code() const { return text(); }

    /// Replaces the text without a signal and without an undo step.
    void setCode(const QString& code);
    /// Replaces the text as one step that can be undone; does nothing when it is the same.
    void replaceCode(const QString& code);

    /// Shows text only: no caret line, no changes.
    void setViewer(bool viewer);
    void setLineNumbers(bool visible);
    /// For short lists of claims: no margins at all.
    void setHighlightsCurrentLine(bool highlights);

    /// Underlines `length` characters from `line`, `column` (both from 1; columns in bytes, 0 length: to the line's
    /// end) and tints the line.
    void markError(int line, int column, int length, const QString& message);
    void clearErrors();
    /// Tints the lines from `first` to `last` (from 1), as those of the selected entity. 0: none.
    void markRange(int first, int last);
    /// Puts a line into the middle of the view, and the caret onto it unless this is a viewer.
    void showLine(int line);

    void setCompact(bool compact);

signals:
    /// The user changed the text.
    void edited();

protected:
    bool event(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void restyle();
    void restyleLexer();
    void updateMargin();

    Language m_language;
    bool m_viewer = false;
    bool m_lineNumbers = true;
    bool m_currentLine = true;
    bool m_loading = false;
    QList<QString> m_messages;
};

} // namespace claimsmith::app

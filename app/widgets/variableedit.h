// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/claimstyle.h"
#include "theme/fonts.h"
#include "workspace/variables.h"

#include <QPlainTextEdit>

#include <functional>
#include <vector>

class QCompleter;
class QStringListModel;

namespace claimsmith::app {

class VariableHighlighter;

/// One line of text in which `{{references}}` stand as chips: known ones in the accent, unknown ones in the colour of
/// warning, secrets in theirs. The text stays plain: copying gives the braces. A chip's tooltip tells value and origin.
///
/// It keeps no undo history of its own: every edit is reported, and whoever owns the model makes it undoable.
class VariableEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// The references of a text with their states; called when the text changes and on refresh().
    using Resolver = std::function<std::vector<workspace::Reference>(const QString&)>;

    enum class Frame { Field, None };

    explicit VariableEdit(Frame frame = Frame::Field, ControlSize size = ControlSize::Normal,
                          QWidget* parent = nullptr);

    /// Without line breaks.
    QString text() const { return toPlainText(); }
    /// Replaces the text without reporting it; keeps the caret where it was, if there still is such a place.
    void setText(const QString& text);
    void setResolver(Resolver resolver);
    /// Names offered after "{{".
    void setNames(const QStringList& names);
    /// Asks the resolver again: an environment or a secret changed.
    void refresh();
    /// At the right edge, inside the field.
    void setTrailing(QWidget* widget);
    /// Draws every character as a dot, unless the text is a single reference.
    void setMasked(bool masked);
    bool isMasked() const noexcept { return m_masked; }
    void setFieldError(bool error);

    const std::vector<workspace::Reference>& references() const noexcept { return m_references; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// The user changed the text.
    void textEdited(const QString& text);
    void returnPressed();

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;

private:
    friend class VariableHighlighter;

    void onTextChanged();
    void adjustMargins();
    void placeTrailing();
    void paintChips(QPainter& painter) const;
    QRectF chipRect(const workspace::Reference& reference) const;
    int position(std::size_t byteOffset) const;
    const workspace::Reference* referenceAt(const QPoint& point) const;
    void offerNames();
    void insertName(const QString& name);

    Frame m_frame;
    ControlSize m_size;
    Resolver m_resolver;
    std::vector<workspace::Reference> m_references;
    VariableHighlighter* m_highlighter;
    QCompleter* m_completer;
    QStringListModel* m_names;
    QWidget* m_trailing = nullptr;
    QString m_shown; ///< the text reported or set last: formats change without the text changing
    bool m_masked = false;
    bool m_error = false;
};

} // namespace claimsmith::app

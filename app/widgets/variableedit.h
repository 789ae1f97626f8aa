// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

#include <functional>

namespace claimsmith::app {

class VariableHighlighter;

/// One line of text in which {{variables}} are drawn as chips while the text stays plain: copying, undo, search and
/// screen readers see the braces. Typing "{{" offers the known names.
class VariableEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit VariableEdit(QWidget* parent = nullptr);

    QString text() const { return toPlainText(); }

    /// Emits textEdited() only for what the user types.
    void setText(const QString& text);
    /// Draws the outline of a field around the text; without one it sits inside another widget's frame.
    void setFramed(bool framed);
    /// 13 px as in the URL bar, else 12.
    void setLargeText(bool large);
    /// Shown at the right edge in text-3, such as the host that the variables lead to.
    void setTrailing(const QString& text);
    /// Paints "{{" names that `known` denies as broken. `names` are offered while typing.
    void setVariables(const QStringList& names);
    void setReadOnlyLook(bool readOnly);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void textEdited(const QString& text);
    void returnPressed();
    void focusLeft();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void applyTheme();
    void centre();
    void offerNames();
    void insertName(const QString& name);
    bool isKnown(const QString& name) const;

    VariableHighlighter* m_highlighter;
    class QCompleter* m_completer;
    QStringList m_names;
    QString m_trailing;
    bool m_framed = true;
    bool m_large = false;
    bool m_readOnlyLook = false;
    bool m_setting = false;
};

} // namespace claimsmith::app

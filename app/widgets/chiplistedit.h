// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QRect>
#include <QStringList>
#include <QWidget>

class QCompleter;
class QLineEdit;

namespace claimsmith::app {

/// A list of short texts as chips in a field, with a line at the end to type the next. Enter and comma add what is
/// typed, leaving the field too; Backspace in the empty line marks the last chip and, pressed again, removes it; arrows
/// walk among chips, Alt with an arrow moves one. Grows by rows.
///
/// To screen readers it is the line, whose description reads the chips. Its accessible name is set with setName().
class ChipListEdit final : public QWidget
{
    Q_OBJECT

public:
    explicit ChipListEdit(QWidget* parent = nullptr);

    const QStringList& items() const noexcept { return m_items; }
    /// Shows these; emits nothing.
    void setItems(const QStringList& items);
    /// What the line says while it is empty: "Add a header".
    void setPlaceholder(const QString& text);
    void setName(const QString& name);
    /// Offered while typing. With `only`, nothing else is accepted.
    void setChoices(const QStringList& choices, bool only);
    void setReadOnly(bool readOnly);
    /// Two equal ones are refused.
    void setUnique(bool unique) noexcept { m_unique = unique; }

    QLineEdit* lineEdit() const noexcept { return m_line; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

signals:
    /// The user added, removed or moved an element.
    void edited(const QStringList& items);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Flow
    {
        QList<QRect> chips;
        QRect line;
        int height = 0;
    };
    Flow flowIn(int width) const;
    void layOut();
    void addTyped();
    void removeAt(int index);
    void moveMarked(int by);
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);
    void mark(int index);
    void update(const QStringList& items);
    void describe();

    QStringList m_items;
    QStringList m_choices;
    bool m_onlyChoices = false;
    bool m_unique = true;
    bool m_readOnly = false;
    QLineEdit* m_line;
    QList<QRect> m_chips;
    int m_marked = -1;  ///< chip that the keyboard is on
    int m_hovered = -1; ///< chip whose cross the mouse is on
};

} // namespace claimsmith::app

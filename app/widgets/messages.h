// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/paint.h"

#include <QWidget>

class QBoxLayout;
class QHBoxLayout;
class QLabel;
class QAbstractButton;
class QPushButton;
class QTimer;

namespace claimsmith::app {

class IconLabel;
class Label;

/// One sentence about a state, on its colour, with buttons at the right.
class MessageBar final : public QWidget
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    void show(Tone tone, const QString& text);
    /// The buttons of the sentence; replaced ones are deleted.
    void setButtons(const QList<QAbstractButton*>& buttons);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tone m_tone = Tone::Info;
    IconLabel* m_icon;
    Label* m_text;
    QHBoxLayout* m_buttons;
};

/// What stands where nothing is yet: icon, title, a sentence that says what will appear, at most two buttons.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    EmptyState(QLatin1String icon, const QString& title, const QString& sentence, QWidget* parent = nullptr);

    void setTexts(const QString& title, const QString& sentence);
    void addButton(QPushButton* button);

private:
    Label* m_title;
    Label* m_sentence;
    QHBoxLayout* m_buttons;
};

/// "Deleted …" with Undo, for 8 seconds at the bottom of the pane that changed; it waits while hovered or focused.
class UndoBar final : public QWidget
{
    Q_OBJECT

public:
    /// A child of the pane; it keeps itself at the pane's bottom.
    explicit UndoBar(QWidget* pane);

    void offer(const QString& sentence, QLatin1String icon = QLatin1String("trash"));

signals:
    void undoRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void place();

    IconLabel* m_icon;
    Label* m_text;
    QPushButton* m_undo;
    QTimer* m_timer;
};

/// The 2 px line at the top edge of a pane that works, and what it waits for after a second.
class ProgressLine final : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressLine(QWidget* pane);

    /// Shows itself 300 ms after the call, unless stop() comes first.
    void start();
    void stop();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QTimer* m_delay;
    QTimer* m_tick;
    int m_step = 0;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/roles.h"
#include "widgets/panels.h"

#include <QWidget>

class QHBoxLayout;
class QAbstractButton;
class QVBoxLayout;

namespace claimsmith::app {

class Label;
class MessageBar;

/// A pane of the workbench: header of 40 with a title and what belongs to it, content, and at the bottom a message when
/// something is wrong with the content. A broken pane is outlined.
class TokenPane final : public Pane
{
    Q_OBJECT

public:
    explicit TokenPane(const QString& title, Role titleRole = Role::Text, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setHeaderGround(Role role);
    /// Beside the title, in text-3.
    void setCount(const QString& text);
    void addBeside(QWidget* widget);
    void addAction(QWidget* widget);
    /// Hides the header and hands out its actions, for a strip of tabs that stands in its place; and back.
    QWidget* takeActions();
    void giveActionsBack();
    QVBoxLayout* body() const noexcept { return m_body; }

    /// Outline and message; an empty text takes both away.
    void setProblem(const QString& text, const QList<QAbstractButton*>& buttons = {});
    /// A message without an outline.
    void setNote(const QString& text, const QList<QAbstractButton*>& buttons = {});

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Outline;

    Label* m_title;
    Label* m_count;
    QWidget* m_head;
    QHBoxLayout* m_header;
    QWidget* m_actions;
    QVBoxLayout* m_body;
    MessageBar* m_message;
    Outline* m_outline;
    int m_beside = 2;
};

} // namespace claimsmith::app

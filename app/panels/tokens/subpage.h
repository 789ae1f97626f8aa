// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/panels.h"

namespace claimsmith::app {

class ElidedLabel;

/// A page that stands in the workbench's place: a bar with a way back, a title and what can be done, then its content.
class SubPage : public Pane
{
    Q_OBJECT

public:
    explicit SubPage(const QString& title, QWidget* parent = nullptr);

    /// Beside the title, in text-3: what the page is about.
    void setSubject(const QString& subject);
    /// Where the keyboard begins when the page is opened.
    virtual void focusMain();
    /// Ctrl Enter.
    virtual void runPrimary() {}
    /// Esc: what runs ends. False when nothing did.
    virtual bool cancel() { return false; }

signals:
    /// Back to the workbench.
    void left();

protected:
    void addBeside(QWidget* widget);
    void addAction(QWidget* widget);
    QVBoxLayout* body() const noexcept { return m_body; }

private:
    QHBoxLayout* m_bar;
    ElidedLabel* m_subject;
    QVBoxLayout* m_body;
    QWidget* m_back;
    int m_beside = 3;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/requestsender.h"

#include <QWidget>

class QStackedWidget;

namespace claimsmith::app {

class Label;
class TextTable;

/// An answer set against the last good one of the same request: only what differs.
class ComparisonPane final : public QWidget
{
    Q_OBJECT

public:
    explicit ComparisonPane(QWidget* parent = nullptr);

    void compare(const SendOutcome& before, const SendOutcome& now);

signals:
    void closeRequested();

private:
    Label* m_title;
    QStackedWidget* m_pages;
    TextTable* m_table;
};

} // namespace claimsmith::app

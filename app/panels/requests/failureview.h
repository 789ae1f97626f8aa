// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/requests/responsefacts.h"

#include <QWidget>

class QVBoxLayout;

namespace claimsmith::app {

/// Where an answer would be, when none came: cause, facts, and what would help.
class FailureView final : public QWidget
{
    Q_OBJECT

public:
    explicit FailureView(QWidget* parent = nullptr);

    void show(const FailureText& failure);

signals:
    void retryRequested();
    void remedyRequested(claimsmith::app::FailureText::Remedy remedy);

private:
    QWidget* m_content = nullptr;
};

} // namespace claimsmith::app

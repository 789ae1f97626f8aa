// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/settingrow.h"

#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

constexpr int rowHeight = 53;

} // namespace

SettingRow::SettingRow(const QString& name, const QString& help, const QList<QWidget*>& controls, bool last)
    : m_last(last)
{
    setMinimumHeight(rowHeight);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::pagePadding, 8, metrics::pagePadding, 8);
    layout->setSpacing(8);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(new Label(name, TextStyle::BodyStrong));
    words->addWidget(new Label(help, TextStyle::Small, Role::Text3));
    layout->addLayout(words, 1);
    for (QWidget* control : controls)
        layout->addWidget(control, 0, Qt::AlignVCenter);
}

void SettingRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!m_last)
        painter.fillRect(1, height() - 1, width() - 2, 1, color(Role::LineSubtle));
}

} // namespace claimsmith::app

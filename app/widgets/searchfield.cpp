// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/searchfield.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QPainter>

namespace claimsmith::app {
namespace {

constexpr int iconLeft = 9;
constexpr int textLeft = 20;

} // namespace

SearchField::SearchField(const QString& placeholder, QWidget* parent) : QLineEdit(parent), m_icon("search")
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setTextMargins(textLeft, 0, 0, 0);
    QAction* clear = addAction(themedIcon(QLatin1String("close"), Role::Text3), QLineEdit::TrailingPosition);
    clear->setToolTip(tr("Clear"));
    clear->setVisible(false);
    connect(clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, clear, [clear](const QString& text) { clear->setVisible(!text.isEmpty()); });
}

void SearchField::setGlyph(QLatin1String icon)
{
    m_icon = icon;
    update();
}

void SearchField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    paintIcon(painter, QRect(iconLeft, 0, metrics::iconField, height()), m_icon, metrics::iconField,
              color(Role::Text3));
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace claimsmith::app

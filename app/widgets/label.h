// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/fonts.h"
#include "theme/roles.h"

#include <QLabel>
#include <QLatin1String>

namespace claimsmith::app {

/// A QLabel in a text style and a colour role, plain text, following the theme.
class Label final : public QLabel
{
    Q_OBJECT

public:
    explicit Label(const QString& text = {}, TextStyle style = TextStyle::Body, Role role = Role::Text,
                   QWidget* parent = nullptr);

    void setRole(Role role);
    /// Lines as high as the style says; QLabel alone packs them closer.
    void setParagraph(const QString& text);
};

/// One line that gives up its width, with the whole text in the tooltip when it is cut.
class ElidedLabel final : public QWidget
{
    Q_OBJECT

public:
    explicit ElidedLabel(const QString& text = {}, TextStyle style = TextStyle::Body, Role role = Role::Text,
                         QWidget* parent = nullptr);

    QString text() const { return m_text; }

    void setText(const QString& text);
    void setRole(Role role);
    void setElideMode(Qt::TextElideMode mode);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QString m_text;
    TextStyle m_style;
    Role m_role;
    Qt::TextElideMode m_elide = Qt::ElideRight;
};

/// An icon, painted anew each time, so that it follows the theme.
class IconLabel final : public QWidget
{
    Q_OBJECT

public:
    explicit IconLabel(QLatin1String icon, int size, Role role = Role::Text2, QWidget* parent = nullptr);

    void setIcon(QLatin1String icon, Role role);

    QSize sizeHint() const override { return {m_size, m_size}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLatin1String m_icon;
    int m_size;
    Role m_role;
};

} // namespace claimsmith::app

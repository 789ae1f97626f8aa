// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QPainter;
class QRect;

namespace claimsmith::app {

/// Draws a compact token, with a scheme before it if there is one, in the colours of its three parts. Where the box is
/// too narrow each part is cut, so that all three stay to be seen. Uses the painter's font.
void paintTokenText(QPainter& painter, const QRect& box, const QString& value);

/// One line with a token in its colours, cut to the width there is.
class TokenLabel final : public QWidget
{
    Q_OBJECT

public:
    explicit TokenLabel(QWidget* parent = nullptr);

    void setToken(const QString& token);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_token;
};

} // namespace claimsmith::app

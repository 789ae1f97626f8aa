// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace claimsmith::app {

/// The method word in its colour with a menu of methods; the menu's last line takes any other one.
class MethodButton final : public QToolButton
{
    Q_OBJECT

public:
    explicit MethodButton(QWidget* parent = nullptr);

    QString method() const { return m_method; }
    /// Does not emit methodChosen().
    void setMethod(const QString& method);
    QSize sizeHint() const override;

signals:
    void methodChosen(const QString& method);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void choose(const QString& method);

    QString m_method = QStringLiteral("GET");
};

} // namespace claimsmith::app

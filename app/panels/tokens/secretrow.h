// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include <functional>

class QToolButton;

namespace claimsmith::app {

/// A secret as a chip with its name. An eye shows the value for ten seconds, a pen asks for another one.
class SecretRow final : public QWidget
{
    Q_OBJECT

public:
    explicit SecretRow(QWidget* parent = nullptr);

    /// `reveal` is asked when the eye is pressed, and its text dropped again ten seconds later; empty: no eye.
    void setSecret(const QString& name, std::function<QString()> reveal);
    void setReplaceable(bool replaceable);
    bool isRevealed() const noexcept { return m_hide.isActive(); }

    QSize sizeHint() const override;

signals:
    void replaceRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void toggle();
    void hideSecret();

    QString m_name;
    QString m_shown;
    std::function<QString()> m_reveal;
    QToolButton* m_eye;
    QToolButton* m_replace;
    QTimer m_hide;
};

} // namespace claimsmith::app

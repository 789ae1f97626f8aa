// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/firstframe.h"

#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <utility>

namespace claimsmith::app {
namespace {

constexpr int longestWait = 250; // milliseconds

class FirstFrame final : public QObject
{
public:
    FirstFrame(QWidget& window, std::function<void()> then) : QObject(&window), m_then(std::move(then))
    {
        window.installEventFilter(this);
        QTimer::singleShot(longestWait, this, [this] { finish(); });
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            QTimer::singleShot(0, this, [this] { finish(); });
        return QObject::eventFilter(watched, event);
    }

private:
    void finish()
    {
        if (const auto then = std::exchange(m_then, {})) {
            parent()->removeEventFilter(this);
            deleteLater();
            then();
        }
    }

    std::function<void()> m_then;
};

} // namespace

void afterFirstFrame(QWidget& window, std::function<void()> then)
{
    new FirstFrame(window, std::move(then));
}

} // namespace claimsmith::app

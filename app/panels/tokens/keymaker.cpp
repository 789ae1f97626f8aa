// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keymaker.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace claimsmith::app {

KeyMaker::~KeyMaker()
{
    cancel();
}

void KeyMaker::make(const jose::KeySpec& spec, std::size_t bits)
{
    cancel();
    m_cancelled = std::make_shared<std::atomic<bool>>(false);
    QThreadPool::globalInstance()->start([guard = QPointer(this), cancelled = m_cancelled, spec, bits] {
        auto key = std::make_shared<Result<jose::Key>>(jose::generateKey(spec, {bits, {}, cancelled.get()}));
        QMetaObject::invokeMethod(
            qApp,
            [guard, cancelled, key] {
                if (guard && guard->m_cancelled == cancelled)
                    guard->take(*key);
            },
            Qt::QueuedConnection);
    });
}

void KeyMaker::cancel()
{
    if (m_cancelled)
        m_cancelled->store(true, std::memory_order_relaxed);
    m_cancelled.reset();
}

void KeyMaker::take(const Result<jose::Key>& key)
{
    m_cancelled.reset();
    if (key)
        emit made(*key);
    else
        emit failed(key.error());
}

} // namespace claimsmith::app

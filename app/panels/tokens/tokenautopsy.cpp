// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenautopsy.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace claimsmith::app {

bool TokenAutopsy::knows(const AutopsyCase& subject) const
{
    return m_case && isSameCase(*m_case, subject);
}

void TokenAutopsy::start(AutopsyCase subject, AutopsyMeans means)
{
    m_case = subject;
    m_advice.reset();
    QThreadPool::globalInstance()->start(
        [guard = QPointer(this), generation = ++m_generation, means = std::move(means), subject = std::move(subject)] {
            AutopsyAdvice advice = autopsyAdvice(examine(subject), means);
            QMetaObject::invokeMethod(
                qApp,
                [guard, generation, advice = std::move(advice)] {
                    if (!guard || guard->m_generation != generation)
                        return;
                    guard->m_advice = advice;
                    emit guard->done();
                },
                Qt::QueuedConnection);
        });
}

void TokenAutopsy::clear()
{
    ++m_generation;
    m_case.reset();
    m_advice.reset();
}

} // namespace claimsmith::app

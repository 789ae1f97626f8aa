// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/autopsytext.h"

#include <QObject>

#include <optional>

namespace claimsmith::app {

/// Examines failed signatures on another thread; a newer case makes an older one's result void. GUI thread.
class TokenAutopsy final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Whether this case is examined already or being examined.
    bool knows(const AutopsyCase& subject) const;
    void start(AutopsyCase subject, AutopsyMeans means);
    /// The signature holds, or there is nothing to check it with.
    void clear();

    /// Nothing before done().
    const std::optional<AutopsyAdvice>& advice() const noexcept { return m_advice; }

signals:
    void done();

private:
    std::optional<AutopsyCase> m_case;
    std::optional<AutopsyAdvice> m_advice;
    quint64 m_generation = 0;
};

} // namespace claimsmith::app

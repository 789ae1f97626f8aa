// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"

namespace claimsmith {

const Clock& systemClock() noexcept
{
    static const SystemClock clock;
    return clock;
}

} // namespace claimsmith

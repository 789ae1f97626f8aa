// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/flow.h"

namespace claimsmith::gateway {
namespace {

/// Kept by whatever it waits for.
struct Detached final : std::enable_shared_from_this<Detached>
{
    explicit Detached(const std::function<Flow<void>(Waits&)>& make) : flow(make(waits)) {}

    void advance()
    {
        if (const auto start = waits.take())
            (*start)([self = shared_from_this()] {
                self->waits.resume();
                self->advance();
            });
    }

    Waits waits;
    Flow<void> flow;
};

} // namespace

void runDetached(const std::function<Flow<void>(Waits&)>& make)
{
    const auto detached = std::make_shared<Detached>(make);
    detached->flow.start();
    detached->advance();
}

} // namespace claimsmith::gateway

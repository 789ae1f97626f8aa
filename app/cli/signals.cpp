// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/signals.h"

#include <csignal>
#include <initializer_list>
#include <pthread.h>

namespace claimsmith::cli {
namespace {

sigset_t serverSignals() noexcept
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGHUP, SIGTERM, SIGINT})
        sigaddset(&set, signal);
    return set;
}

} // namespace

Signals::Signals()
{
    const sigset_t set = serverSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

Signals::Event Signals::wait()
{
    const sigset_t set = serverSignals();
    int signal = 0;
    while (sigwait(&set, &signal) != 0) {
    }
    return signal == SIGHUP ? Event::Reload : Event::Stop;
}

} // namespace claimsmith::cli

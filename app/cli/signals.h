// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace claimsmith::cli {

/// The signals that a server command acts on, taken in order by one thread. Make it before any other thread starts:
/// those inherit that the signals are kept for it.
class Signals final
{
public:
    Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

    enum class Event {
        Reload, ///< SIGHUP
        Stop,   ///< SIGTERM, SIGINT
    };
    Event wait();
};

} // namespace claimsmith::cli

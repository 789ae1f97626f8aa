// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/trace.h"
#include "http/message.h"

#include <string>
#include <vector>

namespace claimsmith::app {

/// One header of a request before and after the gateway.
struct HeaderDifference
{
    enum class Kind { Changed, Removed, Added, Same };

    Kind kind = Kind::Same;
    std::string name;     ///< as the upstream got it; as the client wrote it when it was removed
    std::string sent;     ///< lines of one name joined with ", "; empty when added
    std::string received; ///< empty when removed
    /// Who changed it, in order of time, each once. Empty when nobody did.
    std::vector<gateway::Author> by;

    friend bool operator==(const HeaderDifference&, const HeaderDifference&) = default;
};

struct HeaderDifferenceCounts
{
    int changed = 0;
    int removed = 0;
    int added = 0;

    int total() const noexcept { return changed + removed + added; }
};

/// What became of the client's headers: changed, removed, added, unchanged, in each group what plugins did first, else
/// in the order of the message. A header that was changed and changed back is unchanged. Empty when the request never
/// left for the upstream.
std::vector<HeaderDifference> headerDifferences(const gateway::Trace& trace);

HeaderDifferenceCounts countsOf(const std::vector<HeaderDifference>& differences) noexcept;

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace claimsmith::http {

/// How many files and sockets this process may have open. Any thread.
std::size_t descriptorLimit() noexcept;

/// Lets the process open up to `wanted` of them, as far as the system lets it. For programs, at their start.
void raiseDescriptorLimit(std::size_t wanted) noexcept;

} // namespace claimsmith::http

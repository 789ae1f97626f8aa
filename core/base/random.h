// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"

#include <cstddef>
#include <string>

namespace claimsmith {

/// Octets from the kernel's generator, fit for keys. Any thread.
Bytes randomBytes(std::size_t count);

/// A random (version 4) UUID in lower case (RFC 9562 §5.4).
std::string randomUuid();

/// Letters and digits only; each carries just under 6 bits.
std::string randomAlphanumeric(std::size_t length);

/// 36 characters, hexadecimal with dashes in their places; version and variant are not looked at, as in Kong.
bool isUuid(std::string_view text) noexcept;

} // namespace claimsmith

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace claimsmith::gateway {

/// The UUID (version 5) of a name in a namespace, which is a UUID itself (RFC 9562 §5.5).
std::string nameUuid(std::string_view space, std::string_view name);

} // namespace claimsmith::gateway

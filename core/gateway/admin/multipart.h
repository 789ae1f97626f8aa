// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/query.h"

#include <string_view>

namespace claimsmith::gateway::admin {

/// The named parts of a multipart/form-data body (RFC 7578), in order; a file's content counts as its value. Parts
/// without a name, and what follows a missing end, are left out.
http::QueryArguments readMultipart(std::string_view body, std::string_view boundary);

} // namespace claimsmith::gateway::admin

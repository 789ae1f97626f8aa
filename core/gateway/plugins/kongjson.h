// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

namespace claimsmith::gateway {

/// The value as Kong's cjson has it after reading: of members with the same name the last, and numbers as doubles
/// written with 14 significant digits ("1.2345678901235e+19"; 1.0 is 1).
document::Value asKongWritesIt(const document::Value& value);

} // namespace claimsmith::gateway

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace claimsmith::test {

/// The content of a file below tests/data/; a missing one ends the test program with a message.
std::string testData(std::string_view path);

} // namespace claimsmith::test

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/data.h"

#include <QtGlobal>

#include <fstream>
#include <sstream>

namespace claimsmith::test {

std::string testData(std::string_view path)
{
    const std::string file = std::string(CLAIMSMITH_TEST_DATA) + '/' + std::string(path);
    std::ifstream in(file, std::ios::binary);
    if (!in)
        qFatal("no such test data: %s", file.c_str());
    std::ostringstream content;
    content << in.rdbuf();
    return std::move(content).str();
}

} // namespace claimsmith::test

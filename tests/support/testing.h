// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QtTest>

#include <string>

/// Fails the test with the error's text when the result holds no value.
#define CLAIMSMITH_VERIFY_RESULT(result)                                                                               \
    QVERIFY2((result).hasValue(), (result).hasValue() ? "" : (result).error().toString().c_str())

namespace QTest {
template <>
inline char* toString(const std::string& text)
{
    return qstrdup(text.c_str());
}
template <>
inline char* toString(const std::string_view& text)
{
    return qstrdup(std::string(text).c_str());
}
} // namespace QTest

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

#include <QString>

namespace claimsmith::app {

/// What a JSONPath query leaves of a body.
struct FilteredBody
{
    QString text;    ///< an array of the values, laid out; empty with an error
    int matches = 0; ///< that are in `text`
    bool isCut = false;
    QString error; ///< why the query cannot be read, as a sentence; empty: it can
};

/// The most values that are shown.
inline constexpr int mostMatches = 10'000;

/// Any thread.
FilteredBody filterBody(const document::Value& body, const QString& path);

} // namespace claimsmith::app

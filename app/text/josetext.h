// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QString>

namespace claimsmith::app {

/// One sentence, with a full stop, for an error of jose, crypto or the JSON reader: what is wrong and, where one can
/// tell, where. An error of another family gives its English detail.
QString joseErrorText(const Error& error);

/// What to do about it: another sentence, or empty when the first one says it all.
QString joseRemedyText(const Error& error);

/// "line 3, column 9" when the place has them, else empty.
QString placeText(const Place& place);

} // namespace claimsmith::app

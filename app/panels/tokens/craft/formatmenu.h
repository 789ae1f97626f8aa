// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QMenu;

namespace claimsmith::app {

struct TokenForm;
class TokenBench;

/// "JWS compact", "JWS JSON, detached".
QString formText(const TokenForm& form);

/// How the shown token is written: its serialisation, what is done with its payload, and what it carries.
void fillFormatMenu(QMenu& menu, TokenBench& bench);

} // namespace claimsmith::app

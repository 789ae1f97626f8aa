// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace claimsmith {
struct Error;
}

namespace claimsmith::app {

/// An error of files, workspaces, secrets or listening as a sentence for people, without a full stop: what happened to
/// what, with which values, and what helps. The file and the place in it follow when they are known:
/// "kong.yml:3:7, …". A code without a sentence here gives the error's own detail.
QString errorText(const Error& error);

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace claimsmith {
struct Error;
}

namespace claimsmith::gateway {
struct Field;
struct Problem;
} // namespace claimsmith::gateway

namespace claimsmith::app {

/// What is wrong with a place of kong.yml, in one sentence of a list and without a full stop:
/// "maximum_expiration must be between 0 and 31536000". The engine's own text, which is Kong's, is what it is made
/// from; one that is not known here is shown as it is, after the field's name. Warnings carry an id in place of Kong's
/// text.
QString problemText(const gateway::Problem& problem);

/// The same below the field itself: "Must be between 0 and 31536000 (365 days)."
QString fieldProblemText(const gateway::Problem& problem, const gateway::Field& field);

/// "kong.yml does not parse: line 16, column 9".
QString parseFailureText(const Error& error);

/// Why the gateway does not run, and where: "Port 8000 is used by another program".
struct GatewayFailureText
{
    QString title;
    QString sentence; ///< what it means and what to do
};
GatewayFailureText gatewayFailureText(const Error& error, const QString& address);

} // namespace claimsmith::app

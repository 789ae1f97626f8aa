// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "http/message.h"
#include "identity/call.h"

#include <string_view>

namespace claimsmith::identity {

/// JSON that nobody may keep (RFC 6749 §5.1).
http::Response jsonAnswer(int status, const document::Value& value);
/// JSON that may be kept for so many seconds: discovery and keys.
http::Response keptJsonAnswer(const document::Value& value, int seconds);

/// The error answer of token, introspection, revocation and device authorization (RFC 6749 §5.2), noted in the log.
http::Response errorAnswer(Call& call, const Error& error);
/// The error answer of a resource that takes bearer tokens (RFC 6750 §3), noted in the log.
http::Response bearerErrorAnswer(Call& call, const Error& error);

/// Fills in what the log says of a refusal.
void note(LogEntry& log, const Error& error);

/// POST with a form and no parameter twice: WrongContentType, RepeatedParameter.
Result<void> checkForm(const Call& call);
/// A parameter that has to be there: MissingParameter.
Result<std::string> required(const Call& call, std::string_view name);

} // namespace claimsmith::identity

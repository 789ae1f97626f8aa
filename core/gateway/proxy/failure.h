// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/answer.h"
#include "gateway/proxy/forwarder.h"
#include "gateway/settings.h"
#include "http/message.h"
#include "http/wire/wireerror.h"

namespace claimsmith::gateway {

/// What the client gets when its request could not be forwarded (kong-core.md §4.5).
Answer failureAnswer(const Exchange& exchange, const ForwardResult& result, const Settings& settings);

/// Gives an answer without a body the page that nginx would (ngx.exit() with a status alone ends in its error pages,
/// some of which Kong replaces), and a text type its charset.
void completeAnswer(Answer& answer, const Exchange& exchange, const Settings& settings);

/// nginx's own page for a status: what Kong shows where it has no page of its own.
http::Response nginxPage(int status);

/// What a client gets whose request could not be read; `headers` are those before the fault.
http::Response refusal(const http::HeaderMap& headers, std::string_view requestId, http::WireErrorCode error,
                       const Settings& settings);

} // namespace claimsmith::gateway

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugins/openid_connect/provider.h"
#include "gateway/plugins/openid_connect/settings.h"
#include "http/client/client.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::gateway::openidconnect {

/// Proves to an endpoint who the client is (RFC 6749 §2.3, OpenID Connect Core §9): adds a header, or arguments to
/// `form`. `endpoint` is discovery's name of it.
void authenticateClient(http::ClientRequest& request, std::vector<std::pair<std::string, std::string>>& form,
                        const Client& client, const Metadata& metadata, const Settings& settings,
                        std::string_view endpoint, std::int64_t now);

} // namespace claimsmith::gateway::openidconnect

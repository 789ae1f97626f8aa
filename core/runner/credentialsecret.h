// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace claimsmith::gateway {
class Snapshot;
}
namespace claimsmith::http {
struct RequestHead;
}

namespace claimsmith::runner {

/// Whether the gateway decodes the secrets of JWT credentials before it checks with them, as `secret_is_base64` of the
/// jwt plugin on the request's route says. Without a request, or on a route that no jwt plugin guards, as all jwt
/// plugins of the configuration say: false where they differ or there is none.
bool decodesSecrets(const gateway::Snapshot& snapshot, const http::RequestHead* request);

} // namespace claimsmith::runner

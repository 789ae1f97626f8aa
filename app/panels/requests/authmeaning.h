// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/snapshot.h"
#include "runner/prepare.h"
#include "theme/roles.h"
#include "workspace/model.h"

#include <QLatin1String>
#include <QString>

#include <cstdint>
#include <optional>
#include <string>

namespace claimsmith::app {

/// What a request's authentication means here and now: who the gateway would take it for, and for how long.
struct AuthMeaning
{
    QLatin1String icon;
    Role role;
    QString strong; ///< first word in the colour of the role: "Expired"; may be empty
    QString title;  ///< the rest of the sentence
    QString consumer;
    std::string consumerPointer;
    std::string credentialPointer; ///< into kong.yml; empty when no credential matches
    QString algorithm;             ///< of the token
    std::string token;             ///< that would be sent now
    QString sentAs;                ///< the header or query argument, secrets hidden
};

/// `prepared` is what the request would be sent as; `now` are Unix seconds by the gateway's clock.
AuthMeaning meaningOf(const workspace::Request& request, const Result<runner::Prepared>& prepared,
                      const gateway::Snapshot* snapshot, std::int64_t now);

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/requestsender.h"
#include "gateway/trace.h"
#include "theme/paint.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace claimsmith::app {

/// An entity that took part, to be opened by a click.
struct FactChip
{
    Chip chip;
    std::string pointer; ///< into kong.yml; empty: nothing to open
    friend bool operator==(const FactChip&, const FactChip&) = default;
};

/// What the status row tells about an exchange.
struct ResponseFacts
{
    Pill status; ///< "401 Unauthorized" in the tone of its class
    QString total;
    QString split; ///< "gateway 9 ms, upstream 37 ms"; empty without a trace
    QString size;  ///< of the body
    std::vector<FactChip> chips;
    QString sentAt; ///< time of day
};

ResponseFacts factsOf(const http::ClientResponse& response, TimePoint sentAt, const gateway::Trace* trace);

/// Whether a plugin of the gateway refused this request or broke on it: then the Trace tab opens by itself.
bool isRefusedByPlugin(const gateway::Trace& trace);

/// The path that the upstream received in place of the client's.
struct UpstreamPath
{
    QString sent;
    QString received;
    FactChip by; ///< the plugin that set it, else the route
    friend bool operator==(const UpstreamPath&, const UpstreamPath&) = default;
};

/// Nothing when the path stayed, or nothing went upstream. Queries are not paths.
std::optional<UpstreamPath> upstreamPathOf(const gateway::Trace& trace);

/// Why nothing came back, in the words of the one who reads it.
struct FailureText
{
    QString title;
    QString sentence;
    std::vector<std::pair<QString, QString>> facts; ///< "Tried": "localhost:3000"
    /// What would help, besides trying again.
    enum class Remedy {
        None,
        StartGateway,
        OpenService,
        EditUrl,
        EditBody,
        OpenRecipe,
        UnlockSecrets
    } remedy = Remedy::None;
    bool canceled = false;
};

/// For an exchange that failed. `host`: what was connected to, as far as it is known.
FailureText failureText(const Error& error, const workspace::Request& request, const QString& host);
/// For an answer that the gateway made because the upstream could not be reached; nothing for other answers.
std::optional<FailureText> upstreamFailure(const gateway::Trace& trace);

} // namespace claimsmith::app

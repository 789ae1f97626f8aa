// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"
#include "gateway/plugin.h"

#include <optional>
#include <variant>

namespace claimsmith::gateway {

/// Whether the request goes on, and what that takes.
struct Routing
{
    std::optional<Answer> answer;  ///< set: send this, no access(); (no route: 404; needs TLS: 426 or a redirect)
    bool needsRequestBody = false; ///< fill ClientRequest::body before access()
};

/// Send exchange.upstream to its service.
struct Proxy
{
};

/// What access() ends in.
using Outcome = std::variant<Proxy, Answer, Wait>;

/// The life of a request between the sockets (core/README.md). The proxy calls, in this order and on the exchange's
/// strand:
///
///     route → (read the body) → access → {resume while it waits} → (upstream or answer) → headerFilter → {bodyFilter}
///     → (send) → log
///
/// headerFilter and log are called for every request, whoever made the response, and bodyFilter when headerFilter said
/// that somebody asked. Nothing here blocks or throws. Stateless: all state is in the exchange. Tracing: set
/// exchange.trace first; the pipeline writes the steps Received, Route and Plugin; the proxy reports the rest with
/// recordUpstream() and recordResponse().
class Pipeline final
{
public:
    /// The largest response body that is held back for a plugin that wants to change it, in bytes.
    static constexpr std::uint64_t maximumHeldBody = 64U << 20U;

    /// Runs the rewrite phase, then looks for the route.
    static Routing route(Exchange& exchange);
    static Outcome access(Exchange& exchange);
    /// Goes on after a Wait with what its plugin decided.
    static Outcome resume(Exchange& exchange, Decision decision);
    /// Lets plugins change exchange.response before the proxy adds its own headers. Says what has to become of the
    /// body: nothing, each piece through bodyFilter() while it streams (Watch), or all of it at once before the head is
    /// sent, which then has no Content-Length (Change).
    static BodyUse headerFilter(Exchange& exchange);
    /// Shows a piece to those that asked; what they made of it is in the piece. False when one of them broke: like
    /// nginx, the gateway then ends the client's connection, without another byte of the response.
    static bool bodyFilter(Exchange& exchange, BodyPiece& piece);
    /// The body is larger than maximumHeldBody: who wanted to change it does not get it, and it streams. Returns what
    /// is left to do with it.
    static BodyUse abandonBody(Exchange& exchange);
    static void log(Exchange& exchange);

    /// What went upstream: the head as sent (differences to exchange.upstream.headers count as the proxy's or, for
    /// Host, the service's), where, and how it went. `status` is 0 when no response head came; `error` then says why.
    /// Call it when the response head is there or given up, before headerFilter(). Does nothing when not traced.
    struct UpstreamReport
    {
        http::RequestHead head;
        std::string address; ///< host:port connected to
        int status = 0;
        http::HeaderMap responseHeaders = {};
        std::string error = {};
        std::chrono::steady_clock::time_point begin{};
        std::chrono::steady_clock::time_point end{};
        std::vector<Finding> findings = {}; ///< which targets were chosen, and why
    };

    static void recordUpstream(Exchange& exchange, UpstreamReport report);
    /// The head as sent to the client, and the body when the gateway made it. Does nothing when not traced.
    static void recordResponse(Exchange& exchange, http::ResponseHead head, BytesView answer = {});

private:
    friend class PipelineTrace;

    static void rewrite(Exchange& exchange);
    static Routing end(Exchange& exchange, Answer answer);
    using PhaseFunction = Decision (Plugin::*)(Exchange&) const;
    static Decision run(Exchange& exchange, const PluginInstance& instance, Phase phase);
    static Decision call(Exchange& exchange, const PluginInstance& instance, PhaseFunction function);
    static Outcome advance(Exchange& exchange);
    static void settle(Exchange& exchange, Decision decision);
};

} // namespace claimsmith::gateway

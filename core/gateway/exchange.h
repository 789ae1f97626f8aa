// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "gateway/answer.h"
#include "gateway/trace.h"
#include "http/message.h"

#include <any>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

class Snapshot;
struct Consumer;
struct Entity;
struct PluginInstance;
struct Route;
struct Service;

enum class Scheme { Http, Https };

struct Endpoint
{
    std::string address; ///< numeric, IPv6 without brackets
    std::uint16_t port = 0;
};

/// The request as the client sent it. The proxy fills it in before route(); nobody changes it afterwards, but for
/// `body`.
struct ClientRequest
{
    http::RequestHead head;
    Endpoint peer;                ///< the TCP peer
    Endpoint local;               ///< where it was accepted
    Scheme scheme = Scheme::Http; ///< of the connection
    std::string serverName;       ///< SNI, empty without TLS or without SNI
    std::optional<Bytes> body;    ///< the whole body, when somebody needed it whole

    /// As seen through trusted proxies (trusted_ips, X-Forwarded-*); equal to the above for everyone else.
    std::string clientAddress;
    Scheme forwardedScheme = Scheme::Http;
    std::string forwardedHost; ///< lower case, without port
    std::uint16_t forwardedPort = 0;
};

/// The request that goes upstream, as built so far. route() fills it in from the route, plugins change it, and the
/// proxy then adds what belongs to the connection: hop-by-hop headers, Host, Via, X-Forwarded-*, framing.
struct UpstreamRequest
{
    std::string method;
    Scheme scheme = Scheme::Http;
    std::string host; ///< name or address to connect to, or the name of an upstream entity; IPv6 without brackets
    std::uint16_t port = 0;
    std::string path;                 ///< percent-encoded, begins with "/"
    std::optional<std::string> query; ///< without "?"
    std::optional<std::string>
        hostHeader;            ///< set by preserve_host or a plugin; otherwise the proxy writes host and port
    http::HeaderMap headers;   ///< starts as a copy of the client's
    std::optional<Bytes> body; ///< replaces the client's when set
};

/// How the route was found, for templates (`uri_captures`) and X-Forwarded-Prefix.
struct RouteMatch
{
    const Route* route = nullptr;
    const Service* service = nullptr; ///< null for a route without one
    std::string prefix;               ///< the matched part of the path; empty when the route matched without a path
    std::vector<std::optional<std::string>> captures; ///< 0 is the whole match; empty for prefix paths
    std::map<std::string, std::string, std::less<>> namedCaptures;
};

/// A credential that authenticated the request.
struct Credential
{
    const Entity* entity = nullptr; ///< in the snapshot
    std::string identifier;         ///< what X-Credential-Identifier says
};

/// Who the request belongs to, as authentication plugins found out.
struct Identity
{
    const Consumer* consumer = nullptr;
    std::optional<Credential> credential; ///< absent for an anonymous consumer
    bool anonymous = false;
};

/// Everything about one request on its way through the gateway. Owned by the proxy's connection, used on its strand
/// only. Plugins get it in every phase and keep what belongs to one request here, never in themselves.
struct Exchange
{
    Exchange(std::shared_ptr<const Snapshot> configuration, const Clock& time);
    ~Exchange();
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    std::shared_ptr<const Snapshot> snapshot; ///< the configuration this request began with; never null
    const Clock& clock;
    std::string requestId; ///< 32 lower-case hexadecimal digits
    ClientRequest request;
    std::string path;                ///< the request's path, normalised (requestpath.h); set by route()
    std::optional<RouteMatch> match; ///< empty before route(), and when no route matched
    UpstreamRequest upstream;
    Identity identity;
    std::string authenticatedToken; ///< the token that jwt let in; Kong's `kong.ctx.shared.authenticated_jwt_token`
    http::ResponseHead response; ///< on its way to the client; set by the proxy or from an Answer before headerFilter()
    std::unique_ptr<Trace> trace; ///< null: not traced. Set it before route()

    /// The step of the plugin that runs now, to add findings to; null when not traced.
    Step* step() noexcept { return m_step; }

    /// For the plugin that runs now: that it passed the request on without its usual work (Skipped, Anonymous).
    void setVerdict(Step::Verdict verdict) noexcept { m_verdict = verdict; }

    /// What each plugin of the chain decided, in order; also when not traced.
    const std::vector<std::pair<const PluginInstance*, Step::Verdict>>& verdicts() const noexcept;

    /// The plugin that answered the request itself, or null.
    const PluginInstance* answeredBy() const noexcept;

    /// What the current plugin instance keeps from one phase to the next. Empty at first; one for each instance and
    /// request.
    std::any& memory();

private:
    friend class Pipeline;
    friend class PipelineTrace;

    struct Run; ///< where the pipeline stands in its chain
    Step* m_step = nullptr;
    Step::Verdict m_verdict = Step::Verdict::Passed;
    const PluginInstance* m_current = nullptr;
    std::unique_ptr<Run> m_run;
};

} // namespace claimsmith::gateway

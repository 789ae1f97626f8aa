// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "document/value.h"
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

namespace claimsmith::crypto {
struct TlsPeer;
}

namespace claimsmith::gateway {

class Snapshot;
struct Consumer;
struct Entity;
struct PluginInstance;
struct Route;
struct Service;
struct SharedState;

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
    Endpoint peer;                              ///< the TCP peer
    Endpoint local;                             ///< where it was accepted
    Scheme scheme = Scheme::Http;               ///< of the connection
    std::string serverName;                     ///< SNI, empty without TLS or without SNI
    std::shared_ptr<const crypto::TlsPeer> tls; ///< null in the clear; the client's certificates are not verified
    std::optional<Bytes> body;                  ///< the whole body, when somebody needed it whole

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
    const Entity* entity = nullptr; ///< in the snapshot; null for one that only another server knows
    std::string identifier;         ///< what X-Credential-Identifier says
};

/// Who the request belongs to, as authentication plugins found out.
struct Identity
{
    const Consumer* consumer = nullptr;
    std::optional<Credential> credential; ///< absent for an anonymous consumer
    bool anonymous = false;
};

/// What a plugin does with the body of a response.
enum class BodyUse {
    None,
    Watch,  ///< sees the pieces as they pass
    Change, ///< gets the body whole and may replace it
};

/// The body of a response, or a piece of it, on its way past the plugins that asked for it. A view: valid during the
/// call.
class BodyPiece final
{
public:
    BodyPiece(BytesView bytes, bool isLast) noexcept : m_bytes(bytes), m_isLast(isLast) {}
    BodyPiece(const BodyPiece&) = delete;
    BodyPiece& operator=(const BodyPiece&) = delete;
    ~BodyPiece() = default;

    BytesView bytes() const noexcept { return m_bytes; }

    /// Whether the body ends with this piece; the last one may be empty. A body that broke off has no last piece.
    bool isLast() const noexcept { return m_isLast; }

    /// What goes on instead. Only for a plugin that asked for BodyUse::Change.
    void replace(Bytes bytes)
    {
        m_own = std::move(bytes);
        m_bytes = m_own;
    }

private:
    BytesView m_bytes;
    Bytes m_own;
    bool m_isLast;
};

/// One attempt to reach an upstream.
struct UpstreamTry
{
    std::chrono::nanoseconds begin{0}; ///< since the request was received
    std::string address;               ///< host:port; the service's own when no connection could be made
    int status = 0;                    ///< of its response, or 502 or 504 when none came
    bool hasAnswered = false;
};

/// What was counted and measured of an exchange.
struct Figures
{
    TimePoint begin{};                                 ///< when the request's head was complete, by the gateway's clock
    std::uint64_t requestBytes = 0;                    ///< received, with the head
    std::uint64_t responseBytes = 0;                   ///< sent, with the head
    std::chrono::milliseconds total{0};                ///< from the request's head to the end of the answer
    std::chrono::milliseconds kong{0};                 ///< of it in the gateway
    std::optional<std::chrono::milliseconds> upstream; ///< waiting for the upstream's head; none: it was not asked
    std::chrono::milliseconds receive{0};              ///< from the upstream's head to the end of its body
    std::vector<UpstreamTry> tries;
    bool isProxied = false; ///< the upstream made the response; otherwise it is the gateway's own
};

/// Everything about one request on its way through the gateway. Owned by the proxy's connection, used on its strand
/// only. Plugins get it in every phase and keep what belongs to one request here, never in themselves.
struct Exchange
{
    Exchange(std::shared_ptr<const Snapshot> configuration, const Clock& time, SharedState& sharedState);
    ~Exchange();
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    std::shared_ptr<const Snapshot> snapshot; ///< the configuration this request began with; never null
    const Clock& clock;
    SharedState& state;    ///< what requests leave for later ones
    std::string requestId; ///< 32 lower-case hexadecimal digits
    ClientRequest request;
    std::string path;                ///< the request's path, normalised (requestpath.h); set by route()
    std::optional<RouteMatch> match; ///< empty before route(), and when no route matched
    UpstreamRequest upstream;
    Identity identity;
    std::string authenticatedToken; ///< the token that jwt let in; Kong's `kong.ctx.shared.authenticated_jwt_token`
    http::ResponseHead response; ///< on its way to the client; set by the proxy or from an Answer before headerFilter()
    document::Object shared;     ///< what plugins leave for each other: Kong's `kong.ctx.shared`
    document::Object logFields;  ///< what plugins add to the log record: Kong's `kong.log.set_serialize_value`
    Figures figures;             ///< complete in log(); before it, as far as known
    std::unique_ptr<Trace> trace; ///< null: not traced. Set it before route()

    /// For the plugin whose headerFilter() runs: what it wants of the response's body. Change holds the response back
    /// until it is whole, and the client gets it without a Content-Length, as from Kong, whose plugins clear it.
    void useResponseBody(BodyUse use);

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

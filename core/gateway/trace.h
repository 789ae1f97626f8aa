// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "document/value.h"
#include "http/message.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::gateway {

/// What became of one exchange inside the gateway, step by step. A plain value: it holds copies, outlives its exchange
/// and its snapshot, and may move between threads. It may hold tokens (they are the user's own traffic), never a key or
/// secret of the configuration.

/// Names and values for a sentence that app/text/ writes.
using Parameters = std::vector<std::pair<std::string, std::string>>;

/// One thing that was looked at, in the order in which it was looked at.
struct Finding
{
    enum class State {
        Passed,
        Failed,
        NotChecked, ///< would have been checked, had nothing failed before, or if the configuration asked for it
    };

    std::string check = {}; ///< id that app/text/ and explain() know, e.g. "jwt.signature"; see the plugin's checks.h
    State state = State::NotChecked;
    std::string expected = {}; ///< empty when the check has none
    std::string found = {};    ///< empty when there was nothing
    std::string pointer =
        {}; ///< JSON pointer into the document behind the check ("/services/0/plugins/1/config/realm"), or empty
    std::string standard = {}; ///< what asks for it, e.g. "RFC 7519 §4.1.4"; empty when only Kong does
    std::string quirk = {};    ///< id of a note: the standard asks something else than Kong does; empty when they agree
    Parameters parameters = {}; ///< more values, by name

    std::string_view parameter(std::string_view name) const noexcept; ///< "" when absent
    friend bool operator==(const Finding&, const Finding&) = default;
};

/// Who made a change.
struct Author
{
    enum class Kind {
        Plugin,
        Proxy,   ///< the gateway itself: hop-by-hop headers, Via, X-Forwarded-*, request id
        Service, ///< follows from the service or route: Host
    };
    Kind kind = Kind::Proxy;
    std::string name; ///< plugin or service name; empty for the proxy
    friend bool operator==(const Author&, const Author&) = default;
};

/// One header that is not what it was. Header lines of one name count together, joined with ", ".
struct HeaderChange
{
    enum class Kind { Added, Changed, Removed };
    Kind kind = Kind::Added;
    std::string name;   ///< as written by whoever has it last
    std::string before; ///< empty when added
    std::string after;  ///< empty when removed
    Author by;
    friend bool operator==(const HeaderChange&, const HeaderChange&) = default;
};

/// The changes that turn `before` into `after`, all by the same author, in the order of `after`, removals last.
std::vector<HeaderChange> compareHeaders(const http::HeaderMap& before, const http::HeaderMap& after, const Author& by);

/// A body that is not what it was.
struct BodyChange
{
    static constexpr std::size_t keptBytes = std::size_t{64} * 1024;

    Bytes before; ///< its beginning, keptBytes at most
    Bytes after;
    std::uint64_t beforeSize = 0;
    std::uint64_t afterSize = 0;

    static BodyChange between(BytesView before, BytesView after);
    friend bool operator==(const BodyChange&, const BodyChange&) = default;
};

enum class Phase { Rewrite, Access, HeaderFilter, BodyFilter, Log };

struct Step
{
    enum class Kind { Received, Route, Plugin, Upstream, Response };
    enum class Verdict {
        Passed,    ///< went on; for the route: matched; for the upstream: answered
        Answered,  ///< ended the request with an answer of its own
        Skipped,   ///< had nothing to do: preflight, an earlier plugin authenticated, a trigger that was not there
        Anonymous, ///< authentication failed and the request went on as the anonymous consumer
        NotRun,    ///< an earlier step had ended the request
        Failed,    ///< broke, or could not be reached
    };

    Kind kind = Kind::Plugin;
    Verdict verdict = Verdict::NotRun;
    std::string name;    ///< plugin, route or service name (its id when it has no name)
    std::string scope;   ///< "global", or parts such as "route api" joined with ", "
    std::string pointer; ///< of the entity in the document; empty when it has none
    Phase phase = Phase::Access;
    int priority = 0;                  ///< plugins only
    std::chrono::nanoseconds begin{0}; ///< since the request was received
    std::chrono::nanoseconds duration{0};
    int status = 0;     ///< of the answer that this step gave; 0 when it gave none
    std::string detail; ///< short text for logs: the upstream's address, the matched path, the message of an answer
    std::vector<Finding> findings;
    /// To the upstream request. What is no header is named as in HTTP/2: ":method", ":path" (with the query),
    /// ":authority".
    std::vector<HeaderChange> requestChanges;
    std::vector<HeaderChange> responseChanges; ///< to the response on its way to the client; ":status" as above
    std::optional<BodyChange> requestBody;
    std::optional<BodyChange> responseBody;

    /// The first failed finding, or null.
    const Finding* failure() const noexcept;
};

/// An entity that took part, by what a reader knows it by.
struct EntityRef
{
    std::string id;
    std::string name;    ///< empty when it has none
    std::string pointer; ///< into the document; empty when it was not configured there
    friend bool operator==(const EntityRef&, const EntityRef&) = default;
};

struct CredentialRef
{
    std::string kind; ///< entity name, e.g. "jwt_secrets"
    EntityRef entity; ///< name: the credential's key or user name, never a secret
};

struct Trace
{
    std::string requestId;                     ///< 32 hexadecimal digits, as in X-Kong-Request-Id
    TimePoint time{};                          ///< when the request head was complete, by the gateway's clock
    std::string scheme;                        ///< "http" or "https", of the client's connection
    std::string peer;                          ///< address:port
    http::RequestHead request;                 ///< as the client sent it
    std::optional<http::RequestHead> upstream; ///< as it left for the upstream, when it did
    std::string upstreamAddress;               ///< host:port connected to
    http::ResponseHead response;               ///< as sent to the client
    Bytes answer; ///< body of an answer that the gateway made itself; empty for proxied ones
    std::chrono::nanoseconds duration{0};
    std::optional<EntityRef> route;
    std::optional<EntityRef> service;
    std::optional<EntityRef> consumer;
    std::optional<CredentialRef> credential;
    bool anonymous = false; ///< the consumer is the fallback of a plugin whose authentication failed
    std::vector<Step> steps;

    /// The step that ended the request early (answered or failed), or null when it was proxied.
    const Step* decisive() const noexcept;
    /// All changes from the client's request to the upstream's, in order of time.
    std::vector<HeaderChange> requestChanges() const;
};

/// The trace as JSON, for `claimctl send --trace` and stored captures; parsing it back is not needed for either.
document::Value toValue(const Trace& trace);

/// Kebab-case names, as in the JSON form.
std::string_view nameOf(Step::Kind kind) noexcept;
std::string_view nameOf(Step::Verdict verdict) noexcept;
std::string_view nameOf(Finding::State state) noexcept;
std::string_view nameOf(HeaderChange::Kind kind) noexcept;
std::string_view nameOf(Phase phase) noexcept;

} // namespace claimsmith::gateway

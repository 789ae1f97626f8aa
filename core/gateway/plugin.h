// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "gateway/answer.h"
#include "gateway/exchange.h"
#include "gateway/schema.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <string_view>
#include <variant>
#include <vector>

namespace claimsmith::gateway {

class Entities;
struct EntityType;
struct Explanation;
enum class Conduct;

/// What a phase decided.
struct Continue
{
};
struct Wait;
/// Only given to Wait's `done`: what was waited for is there, and the plugin goes on in resume().
struct Resume
{
};
using Decision = std::variant<Continue, Answer, Wait, Resume>;

/// The plugin needs something that takes time. `start` is called once, on the exchange's strand; it must not block, and
/// has to see to it that `done` is called exactly once, from any thread, unless the program ends. The exchange may be
/// gone by then: nothing of it may be touched in between.
struct Wait
{
    std::function<void(std::function<void(Decision)> done)> start;
};

/// A plugin's behaviour with one configuration. Immutable after creation, shared by all requests and threads; what
/// belongs to a request is kept in Exchange::memory(). An exception that leaves rewrite() or access() ends the request
/// with a 500, as a fault in Kong's plugins does; Fault does so on purpose. In bodyFilter() it ends the client's
/// connection, in the other phases it is only logged.
///
/// The descriptor's `phases` say which of the functions are called. All but access() also run when another plugin, or
/// the gateway itself, made the response.
class Plugin
{
public:
    virtual ~Plugin() = default;
    Plugin(const Plugin&) = delete;
    Plugin& operator=(const Plugin&) = delete;

    /// Before the route is looked for, and therefore only for global instances. What it changes in exchange.upstream
    /// (method and headers, which start as the client's) is what the route is chosen by. It can't wait.
    virtual Decision rewrite(Exchange&) const { return Continue{}; }

    /// The request has its route; whatever comes before this plugin in the chain let it pass.
    virtual Decision access(Exchange&) const { return Continue{}; }

    /// access() goes on after a Wait that ended in Resume; it may wait again.
    virtual Decision resume(Exchange&) const { return Continue{}; }

    /// The response head is about to be sent, whoever made the response: exchange.response may be changed, status
    /// included. The place to ask for the body: Exchange::useResponseBody().
    virtual void headerFilter(Exchange&) const {}

    /// What headerFilter() asked for: the pieces of the body one after the other (Watch), or a single one that holds
    /// all of it (Change). A body too large to be held (Pipeline::maximumHeldBody) is not given to whoever wants to
    /// change it.
    virtual void bodyFilter(Exchange&, BodyPiece&) const {}

    /// The exchange is over; exchange.figures are complete. Nothing of the exchange may be kept.
    virtual void log(Exchange&) const {}

    /// Whether access() wants ClientRequest::body of this request, of which only the head is there yet.
    virtual bool needsRequestBody(const ClientRequest&) const noexcept { return false; }

protected:
    Plugin() = default;
};

/// Thrown by a phase where Kong's own code would break: the client gets the generic 500.
struct Fault
{
    std::string reason; ///< for the log and the trace
};

/// What a plugin prepares once for a snapshot and shares among its instances: credential indices, prepared verifiers.
class PluginData
{
public:
    virtual ~PluginData() = default;
    PluginData(const PluginData&) = delete;
    PluginData& operator=(const PluginData&) = delete;

protected:
    PluginData() = default;
};

/// What a factory gets. All references live as long as the snapshot that the instance belongs to.
struct PluginContext
{
    const document::Value& config; ///< validated, with defaults; null members are absent settings
    std::string pointer;           ///< of `config` in the document, for findings
    const Snapshot& snapshot;      ///< its consumers and entities are complete, its chains are not yet
    const PluginData* data;        ///< made by `prepare`; null when there is none
    Conduct conduct;
};

/// One kind of plugin, as data. plugins/all.cpp lists them.
struct PluginDescriptor
{
    std::string_view name; ///< as in Kong: "key-auth"
    int priority = 0;      ///< higher runs earlier
    std::vector<Phase> phases;
    const Schema& (*schema)(); ///< of the whole plugin entity's variable part: `config`, forbidden scopes, `protocols`
    /// The credential entities that come with the plugin, e.g. jwt_secrets.
    std::vector<const EntityType*> entities = {};
    /// Called once for a snapshot that has an enabled instance of the plugin, before the first is made.
    std::shared_ptr<const PluginData> (*prepare)(const Snapshot&) = nullptr;
    Result<std::unique_ptr<const Plugin>> (*create)(const PluginContext&) = nullptr;
    /// Says why a step of this plugin ended as it did and what would change that: fills in all but what every
    /// explanation has. Null: what there is to say of any plugin will do.
    void (*explain)(const Trace&, const Step&, const Snapshot&, Explanation&) = nullptr;
    /// Whether clients are asked for a certificate on the routes that it runs on (ClientRequest::tls).
    bool asksForClientCertificate = false;

    /// Not part of the open-source Kong: `--edition oss` takes it for a plugin that is not installed.
    bool enterpriseOnly = false;
    /// Where the enterprise edition of a plugin takes more than `schema`.
    const Schema& (*enterpriseSchema)() = nullptr;

    bool has(Phase phase) const noexcept { return std::ranges::find(phases, phase) != phases.end(); }
};

} // namespace claimsmith::gateway

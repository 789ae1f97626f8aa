// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/proxy_cache/proxy_cache.h"

#include "base/text.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/making.h"
#include "gateway/plugins/proxy_cache/cachecontrol.h"
#include "gateway/plugins/proxy_cache/cachekey.h"
#include "gateway/plugins/proxy_cache/checks.h"
#include "gateway/plugins/proxy_cache/explain.h"
#include "gateway/plugins/proxy_cache/responserules.h"
#include "gateway/plugins/proxy_cache/schema.h"
#include "gateway/plugins/proxy_cache/storedresponse.h"
#include "gateway/sharedstate.h"

#include <algorithm>
#include <array>

namespace claimsmith::gateway {

using namespace proxycache;

namespace {

/// What belongs to a connection is not given again.
constexpr std::array<std::string_view, 9> hopByHop = {
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te",
    "trailers",   "upgrade",    "transfer-encoding",  "content-length"};

/// Bodies above this are not kept: the table could not hold them beside others.
constexpr std::size_t maximumBody = std::size_t(4) << 20U;

bool isKept(std::string_view name)
{
    const std::string lower = toLower(name);
    return std::ranges::find(hopByHop, lower) == hopByHop.end() &&
           lower.find("ratelimit-remaining") == std::string::npos;
}

/// From access() to bodyFilter().
struct Progress
{
    std::string key;
    std::string_view cacheStatus; ///< for X-Cache-Status; empty: none is sent
    bool stores = false;          ///< the response is wanted
    StoredResponse response = {}; ///< as far as it has come
};

class ProxyCachePlugin final : public Plugin
{
public:
    explicit ProxyCachePlugin(const PluginContext& context)
        : m_pointer(context.pointer), m_methods(textsSetting(context.config, "request_method")),
          m_rules(context.config, context.pointer), m_keyRules{textsSetting(context.config, "vary_query_params"),
                                                               textsSetting(context.config, "vary_headers"),
                                                               flagSetting(context.config, "ignore_uri_case")},
          m_storageTtl(static_cast<std::int64_t>(numberSetting(context.config, "storage_ttl")))
    {
        if (const document::Value* headers = context.config.find("response_headers")) {
            m_showsAge = flagSetting(*headers, "age");
            m_showsStatus = flagSetting(*headers, "X-Cache-Status");
            m_showsKey = flagSetting(*headers, "X-Cache-Key");
        }
    }

    /// The body of a request that changes something is kept beside its response, for the Admin API to show.
    bool needsRequestBody(const ClientRequest& request) const noexcept override
    {
        const std::string& method = request.head.method;
        return method != "GET" && method != "HEAD" && takes(method);
    }

    Decision access(Exchange& exchange) const override
    {
        Findings findings(exchange.step(), ofRequest);
        const CacheControl control(exchange.upstream.headers);
        Progress& progress = exchange.memory().emplace<Progress>();
        Decision decision{Continue{}};
        if (isCacheable(exchange, control, findings)) {
            decision = look(exchange, control, progress, findings);
        } else {
            progress.cacheStatus = "Bypass";
            exchange.setVerdict(Step::Verdict::Skipped);
        }
        findings.closeUnchecked();
        return decision;
    }

    void headerFilter(Exchange& exchange) const override
    {
        auto* progress = std::any_cast<Progress>(&exchange.memory());
        if (!progress)
            return;
        http::HeaderMap& headers = exchange.response.headers;
        if (!progress->key.empty() && (m_showsKey || isDebugged(exchange)))
            headers.set("X-Cache-Key", progress->key);
        if (progress->stores)
            prepareToStore(exchange, *progress);
        if (!progress->cacheStatus.empty() && (m_showsStatus || isDebugged(exchange)))
            headers.set("X-Cache-Status", progress->cacheStatus);
    }

    void bodyFilter(Exchange& exchange, BodyPiece& piece) const override
    {
        auto* progress = std::any_cast<Progress>(&exchange.memory());
        if (!progress || !progress->stores)
            return;
        Bytes& body = progress->response.body;
        progress->stores = body.size() + piece.bytes().size() <= maximumBody;
        if (!progress->stores) {
            body = {};
            return;
        }
        body += piece.bytes();
        if (piece.isLast())
            store(exchange, *progress);
    }

private:
    bool takes(std::string_view method) const noexcept
    {
        return std::ranges::find(m_methods, method) != m_methods.end();
    }

    static bool isDebugged(const Exchange& exchange) { return exchange.request.head.headers.contains("kong-debug"); }

    /// Kong means to leave out requests with Authorization, but looks in the wrong place: they are kept.
    bool isCacheable(const Exchange& exchange, const CacheControl& control, Findings& findings) const
    {
        const bool isTaken = takes(exchange.upstream.method);
        if (findings) {
            std::string expected;
            for (const std::string& name : m_methods)
                expected += (expected.empty() ? "" : ", ") + name;
            Finding finding{.check = std::string(method),
                            .expected = expected,
                            .found = exchange.upstream.method,
                            .pointer = document::joinPointer(m_pointer, "request_method")};
            isTaken ? findings.passed(std::move(finding)) : findings.failed(std::move(finding));
        }
        if (!isTaken || !m_rules.heedsCacheControl())
            return isTaken;
        std::string_view forbidden;
        for (const std::string_view directive : {"no-store", "no-cache"})
            if (forbidden.empty() && control.has(directive))
                forbidden = directive;
        tellClient(findings, forbidden);
        return forbidden.empty();
    }

    void tellClient(Findings& findings, std::string_view forbidden) const
    {
        if (!findings)
            return;
        Finding finding{.check = std::string(clientAllows),
                        .found = std::string(forbidden),
                        .pointer = document::joinPointer(m_pointer, "cache_control"),
                        .standard = "RFC 9111 §5.2.1"};
        forbidden.empty() ? findings.passed(std::move(finding)) : findings.failed(std::move(finding));
    }

    Decision look(Exchange& exchange, const CacheControl& control, Progress& progress, Findings& findings) const
    {
        progress.key = keyOf(exchange, m_keyRules);
        const auto found = exchange.state.responses.find(progress.key, exchange.clock.now());
        const std::int64_t age = found ? exchange.clock.unixSeconds() - (*found)->time : 0;
        const bool isFresh = found && isFreshEnough(**found, age, control);
        const bool isRefused = !found && m_rules.heedsCacheControl() && control.has("only-if-cached");
        if (findings) {
            Finding finding{.check = std::string(entry),
                            .expected = isRefused ? "only-if-cached" : "",
                            .found = isFresh ? "hit" : (found ? "stale" : "miss"),
                            .parameters = {{"key", progress.key}, {"age", std::to_string(age)}}};
            isRefused ? findings.failed(std::move(finding)) : findings.passed(std::move(finding));
        }
        if (isRefused)
            return exitAnswer(504);
        if (isFresh)
            return answerFrom(exchange, progress.key, **found, age);
        progress.stores = true;
        progress.cacheStatus = found ? "Refresh" : "Miss";
        if (exchange.request.body)
            progress.response.requestBody = *exchange.request.body;
        return Continue{};
    }

    bool isFreshEnough(const StoredResponse& stored, std::int64_t age, const CacheControl& control) const
    {
        if (!m_rules.heedsCacheControl())
            return age <= m_rules.lifetime();
        const auto known = static_cast<double>(age);
        const auto ttl = static_cast<double>(stored.ttl);
        if (const auto maximumAge = control.seconds("max-age"); maximumAge && known > *maximumAge)
            return false;
        if (const auto maximumStale = control.seconds("max-stale"); maximumStale && known - ttl > *maximumStale)
            return false;
        const auto minimumFresh = control.seconds("min-fresh");
        return !minimumFresh || ttl - known >= *minimumFresh;
    }

    Answer answerFrom(const Exchange& exchange, const std::string& key, const StoredResponse& stored,
                      std::int64_t age) const
    {
        Answer answer;
        answer.status = stored.status;
        answer.body = stored.body;
        answer.isProxied = true;
        answer.headers = stored.headers;
        for (const std::string_view name : {"age", "x-cache-status", "x-cache-key"})
            answer.headers.remove(name);
        const bool isAll = isDebugged(exchange);
        if (m_showsAge || isAll)
            answer.headers.set("age", std::to_string(age));
        if (m_showsStatus || isAll)
            answer.headers.set("X-Cache-Status", "Hit");
        if (m_showsKey || isAll)
            answer.headers.set("X-Cache-Key", key);
        return answer;
    }

    void prepareToStore(Exchange& exchange, Progress& progress) const
    {
        const auto ttl = m_rules.accept(exchange);
        progress.stores = ttl.has_value();
        if (!ttl) {
            progress.cacheStatus = "Bypass";
            return;
        }
        StoredResponse& response = progress.response;
        response.status = exchange.response.status;
        response.ttl = *ttl;
        for (const http::HeaderField& field : exchange.response.headers)
            if (isKept(field.name))
                response.headers.add(field.name, field.value);
        exchange.useResponseBody(BodyUse::Watch);
    }

    void store(Exchange& exchange, Progress& progress) const
    {
        progress.stores = false;
        // There is no body to keep, and a later GET has a key of its own.
        if (exchange.request.head.method == "HEAD")
            return;
        StoredResponse& response = progress.response;
        response.time = exchange.clock.unixSeconds();
        const std::int64_t seconds = m_storageTtl > 0 ? m_storageTtl : response.ttl;
        std::size_t size = sizeof(StoredResponse) + response.body.size() + response.requestBody.size();
        for (const http::HeaderField& field : response.headers)
            size += sizeof field + field.name.size() + field.value.size();
        exchange.state.responses.put(progress.key, std::make_shared<const StoredResponse>(std::move(response)),
                                     exchange.clock.now() + std::chrono::seconds(seconds), size);
    }

    std::string m_pointer;
    std::vector<std::string> m_methods;
    ResponseRules m_rules;
    KeyRules m_keyRules;
    std::int64_t m_storageTtl; ///< 0: as long as the response lives
    bool m_showsAge = true;
    bool m_showsStatus = true;
    bool m_showsKey = true;
};

} // namespace

PluginDescriptor proxyCachePlugin()
{
    return {
        .name = "proxy-cache",
        .priority = 100,
        .phases = {Phase::Access, Phase::HeaderFilter, Phase::BodyFilter},
        .schema = proxycache::schema,
        .create = makePlugin<ProxyCachePlugin>,
        .explain = proxycache::explainOutcome,
    };
}

} // namespace claimsmith::gateway

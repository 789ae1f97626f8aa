// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gateway/plugins/explaining.h"

#include "http/setcookie.h"
#include "support/scriptedprovider.h"

namespace claimsmith::gateway::testing {

/// A gateway with the plugin on its one route, and its provider.
class Guarded final
{
public:
    /// `config` are settings beside the issuer, `more` are top-level members of the document.
    explicit Guarded(const std::string& config = {}, const std::string& more = {}, Conduct conduct = Conduct::Kong)
    {
        BuildOptions options;
        options.conduct = conduct;
        auto built =
            buildSnapshot(json(documentOf(R"({"name": "openid-connect", "config": {"issuer": ")" + provider.issuer() +
                                              "\"" + (config.empty() ? "" : ", " + config) + "}}",
                                          more)),
                          options);
        if (!built)
            qFatal("test configuration: %s", built.error().toString().c_str());
        snapshot = *std::move(built);
    }

    /// A request with headers beside those of `sent`, at `now`.
    std::unique_ptr<Passage> send(Sent sent, bool isTraced = false) const
    {
        if (sent.target == "/")
            sent.target = "/r";
        return std::make_unique<Passage>(snapshot, sent, shared, now, isTraced);
    }

    std::unique_ptr<Passage> bearer(const std::string& token, bool isTraced = false) const
    {
        return send({.headers = {{"Authorization", "Bearer " + token}}}, isTraced);
    }

    std::string token(const document::Object& claims = {}, const document::Object& header = {}) const
    {
        return provider.token(now, claims, header);
    }

    test::ScriptedProvider provider;
    std::shared_ptr<const Snapshot> snapshot;
    std::shared_ptr<SharedState> shared = std::make_shared<SharedState>();
    std::int64_t now = testNow;
};

/// The finding of a check in the plugin's step; null when there is none.
inline const Finding* findingOf(const Passage& passage, std::string_view check)
{
    const Trace& trace = *passage.exchange.trace;
    const auto& findings = trace.steps[indexOfStep(trace, "openid-connect")].findings;
    const auto found = std::ranges::find(findings, check, &Finding::check);
    return found == findings.end() ? nullptr : &*found;
}

/// The cookies that an answer sets, as a browser sends them back: "a=1; b=2".
inline std::string cookiesOf(const Passage& passage)
{
    std::string cookies;
    for (const std::string_view line : passage.exchange.response.headers.values("Set-Cookie"))
        if (const auto cookie = http::parseSetCookie(line); cookie && cookie->maxAge != 0)
            cookies += (cookies.empty() ? "" : "; ") + std::string(cookie->name) + "=" + std::string(cookie->value);
    return cookies;
}

} // namespace claimsmith::gateway::testing

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/engine.h"
#include "support/rawclient.h"
#include "support/rawserver.h"
#include "support/testing.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// What tests of the whole engine share: configurations in a line, an engine on free ports, requests octet by octet.
namespace claimsmith::gateway::testing {

using claimsmith::test::bodyOf;
using claimsmith::test::headerOf;
using claimsmith::test::RawClient;
using claimsmith::test::RawServer;

using SnapshotPointer = std::shared_ptr<const Snapshot>;

/// The configuration of a YAML text without its version.
inline SnapshotPointer load(const std::string& text, const BuildOptions& options = {})
{
    auto snapshot = loadSnapshot("_format_version: '3.0'\n" + text, "test", options);
    if (!snapshot)
        qFatal("%s", snapshot.error().toString().c_str());
    return std::move(snapshot).value();
}

inline std::string urlOf(std::uint16_t port)
{
    return "http://127.0.0.1:" + std::to_string(port);
}

/// One service with one route, each with these further fields: "retries: 0,", "strip_path: false,".
inline SnapshotPointer serviceAt(const std::string& url, const std::string& service, const std::string& route,
                                 const std::string& more = {}, const BuildOptions& options = {})
{
    return load("services: [{name: s, url: '" + url + "', " + service + " routes: [{name: r, " + route + "}]}]\n" +
                    more,
                options);
}

/// An engine whose first listener has a free port.
inline std::unique_ptr<Engine> start(SnapshotPointer snapshot, EngineOptions options = {})
{
    options.listeners.front().address.port = 0;
    auto engine = Engine::start(std::move(options), std::move(snapshot));
    if (!engine)
        qFatal("%s", engine.error().toString().c_str());
    return std::move(engine).value();
}

inline std::string get(RawClient& client, std::string_view target, std::string_view headers = {})
{
    client.send("GET " + std::string(target) + " HTTP/1.1\r\nHost: client.test\r\n" + std::string(headers) + "\r\n");
    return client.readResponse();
}

inline std::string get(std::uint16_t port, std::string_view target, std::string_view headers = {})
{
    RawClient client(port);
    return get(client, target, headers);
}

} // namespace claimsmith::gateway::testing

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/json.h"
#include "http/query.h"
#include "http/server/server.h"
#include "jose/generate.h"
#include "jose/jwk.h"
#include "jose/sign.h"
#include "support/testing.h"

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::test {

/// An OpenID Provider that answers as a test tells it, over a real socket: discovery and keys by itself, every other
/// path from a table. It notes what it was asked.
class ScriptedProvider final
{
public:
    using Answer = std::function<http::Response(const http::Request&)>;

    ScriptedProvider() : m_keys{key("first")}
    {
        http::ServerOptions options;
        options.listeners = {{http::Authority{"127.0.0.1", 0}}};
        auto server =
            http::Server::start(options, http::SimpleHandler([this](const http::Request& r) { return answer(r); }));
        if (!server)
            qFatal("provider: %s", server.error().toString().c_str());
        m_server = *std::move(server);
    }

    std::string issuer() const { return "http://" + m_server->address().toString() + "/op"; }

    static jose::Key key(const std::string& kid)
    {
        jose::GenerateOptions options;
        options.id = kid;
        auto made = jose::generateKey(jose::Algorithm::ES256, options);
        if (!made)
            qFatal("key: %s", made.error().toString().c_str());
        return *std::move(made);
    }

    /// The keys from now on; the last one signs.
    void setKeys(std::vector<jose::Key> keys)
    {
        const std::lock_guard lock(m_mutex);
        m_keys = std::move(keys);
    }

    /// Answers a path below the issuer: "/token".
    void on(const std::string& path, Answer answer)
    {
        const std::lock_guard lock(m_mutex);
        m_answers[path] = std::move(answer);
    }

    /// The same with one JSON answer.
    void on(const std::string& path, int status, const document::Value& body)
    {
        on(path, [status, text = document::toJson(body)](const http::Request&) {
            return http::Response::make(status, "application/json", text);
        });
    }

    /// Adds a member to the discovery document.
    void declare(const std::string& name, document::Value value)
    {
        const std::lock_guard lock(m_mutex);
        m_declared.set(name, std::move(value));
    }

    /// A token with these claims, over those that every one has.
    std::string token(std::int64_t now, const document::Object& claims = {}, const document::Object& header = {}) const
    {
        document::Object all{{"iss", issuer()}, {"sub", "bob"}, {"iat", now}, {"exp", now + 300}};
        for (const auto& [name, value] : claims)
            value.isNull() ? static_cast<void>(all.remove(name)) : static_cast<void>(all.set(name, value));
        const std::lock_guard lock(m_mutex);
        const jose::Key& signing = m_keys.back();
        document::Object head = jose::defaultHeader(signing, jose::Algorithm::ES256);
        for (const auto& [name, value] : header)
            head.set(name, value);
        auto made = jose::signCompact(head, all, signing);
        if (!made)
            qFatal("token: %s", made.error().toString().c_str());
        return *std::move(made);
    }

    /// How often a path was asked for.
    int count(const std::string& path) const
    {
        const std::lock_guard lock(m_mutex);
        int count = 0;
        for (const auto& [asked, request] : m_requests)
            count += asked == path ? 1 : 0;
        return count;
    }

    /// The last request for a path; fails hard when there is none.
    http::Request last(const std::string& path) const
    {
        const std::lock_guard lock(m_mutex);
        for (auto request = m_requests.rbegin(); request != m_requests.rend(); ++request)
            if (request->first == path)
                return request->second;
        qFatal("nobody asked for %s", path.c_str());
    }

    /// An argument of the last form sent to a path; "" when it is not there.
    std::string sent(const std::string& path, std::string_view name) const
    {
        const auto form = http::parseQuery(last(path).body);
        const auto* argument = form.find(name);
        return argument ? argument->value.value_or("") : std::string();
    }

private:
    http::Response answer(const http::Request& request)
    {
        const std::string path(request.head.path().substr(3)); // behind "/op"
        if (const Answer own = note(path, request))
            return own(request);
        const std::lock_guard lock(m_mutex);
        if (path == "/.well-known/openid-configuration")
            return json(discovery());
        if (path == "/jwks")
            return json(jose::writeJwks(m_keys, jose::KeyParts::Public));
        return http::Response::make(404, "text/plain", "");
    }

    /// What the test wants to be answered, if anything.
    Answer note(const std::string& path, const http::Request& request)
    {
        const std::lock_guard lock(m_mutex);
        m_requests.emplace_back(path, request);
        const auto own = m_answers.find(path);
        return own == m_answers.end() ? Answer() : own->second;
    }

    document::Object discovery() const
    {
        document::Object document{{"issuer", issuer()}, {"jwks_uri", issuer() + "/jwks"}};
        for (const char* name : {"authorization", "token", "introspection", "userinfo", "revocation", "end_session"})
            document.set(name + std::string("_endpoint"), issuer() + "/" + name);
        for (const auto& [name, value] : m_declared)
            document.set(name, value);
        return document;
    }

    static http::Response json(const document::Value& body)
    {
        return http::Response::make(200, "application/json", document::toJson(body));
    }

    mutable std::mutex m_mutex;
    std::vector<jose::Key> m_keys;
    document::Object m_declared;
    std::map<std::string, Answer> m_answers;
    std::vector<std::pair<std::string, http::Request>> m_requests;
    std::unique_ptr<http::Server> m_server; ///< last: it uses the others
};

} // namespace claimsmith::test

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/prepare.h"

#include "base/base64.h"
#include "base/text.h"
#include "http/query.h"
#include "http/url.h"
#include "runner/bodyfile.h"
#include "runner/recipetokens.h"

#include <array>

namespace claimsmith::runner {
namespace {

constexpr std::string_view userAgent = "claimsmith";

/// Resolves the texts of one request and remembers the first that could not be.
class Texts final
{
public:
    Texts(const Context& context, const workspace::TokenSource& tokens)
        : m_variables(context.variables), m_providers{&context.secrets, &tokens}
    {
    }

    /// `field` says for the error which part of the request the text is.
    Result<std::string> operator()(std::string_view text, std::string_view field) const
    {
        workspace::Resolution resolution = workspace::resolve(text, m_variables, m_providers);
        if (const workspace::Reference* problem = resolution.firstProblem())
            return Error{PrepareErrorCode::Unresolved,
                         {"", std::string(field), problem->begin},
                         "{{" + problem->name + "}} has no value" +
                             (problem->detail.empty() ? "" : ": " + problem->detail),
                         {{"name", problem->name}, {"field", std::string(field)}, {"detail", problem->detail}}};
        return std::move(resolution.text);
    }

private:
    const workspace::Variables& m_variables;
    workspace::Providers m_providers;
};

/// The request being put together.
class Builder final
{
public:
    Builder(const workspace::Request& request, const Context& context)
        : m_request(request), m_context(context), m_tokens(context), m_texts(context, m_tokens)
    {
    }

    Result<Prepared> build()
    {
        CLAIMSMITH_CHECK(readUrl());
        CLAIMSMITH_CHECK(addParams());
        m_tokens.setRequest(foreseen());
        CLAIMSMITH_CHECK(addAuth());
        CLAIMSMITH_CHECK(addHeaders());
        CLAIMSMITH_CHECK(addBody());
        CLAIMSMITH_CHECK(goThroughGateway());
        finish();
        return std::move(m_prepared);
    }

private:
    Result<void> readUrl()
    {
        CLAIMSMITH_TRY(const std::string text, m_texts(trimmed(m_request.url), "url"));
        if (text.empty())
            return Error{PrepareErrorCode::NoUrl, {"", "url"}, "there is no URL to send to"};
        const bool isPathAlone = text.starts_with('/'); // and means the gateway
        if (isPathAlone && m_context.gatewayAuthority.empty())
            return stopped();
        const std::string_view scheme = text.find("://") == std::string::npos ? "http://" : "";
        const std::string_view origin = isPathAlone ? std::string_view(m_context.gatewayAuthority) : std::string_view();
        CLAIMSMITH_TRY(m_url, http::parseUrl(std::string(scheme).append(origin).append(text)));
        m_url.fragment.reset(); // never sent (RFC 9110 §4.2.5)
        return {};
    }

    Result<void> addParams()
    {
        std::string added;
        for (const workspace::Row& row : m_request.params) {
            if (!row.enabled || row.name.empty())
                continue;
            CLAIMSMITH_TRY(const std::string name, m_texts(row.name, "params"));
            CLAIMSMITH_TRY(const std::string value, m_texts(row.value, "params"));
            addArgument(added, name, value);
        }
        appendQuery(added);
        return {};
    }

    static void addArgument(std::string& query, std::string_view name, std::string_view value)
    {
        query += (query.empty() ? "" : "&") + http::percentEncode(name) + "=" + http::percentEncode(value);
    }

    void appendQuery(const std::string& added)
    {
        if (added.empty())
            return;
        m_url.query = m_url.query && !m_url.query->empty() ? *m_url.query + "&" + added : added;
    }

    /// What the gateway will choose a route by, as far as it is known before the tokens are.
    http::RequestHead foreseen() const
    {
        http::RequestHead head;
        head.method = m_request.method;
        head.target = m_url.target();
        for (const workspace::Row& row : m_request.headers) {
            if (row.enabled && !row.name.empty())
                addKnown(row, head.headers);
        }
        if (!head.headers.contains("Host"))
            head.headers.add("Host", m_context.gatewayAuthority);
        return head;
    }

    /// Adds the header unless it holds a token, which may be chosen by the route in its turn, or has no value.
    void addKnown(const workspace::Row& row, http::HeaderMap& headers) const
    {
        const workspace::Resolution value = workspace::resolve(row.value, m_context.variables, {&m_context.secrets});
        if (!value.firstProblem())
            headers.add(row.name, value.text);
    }

    Result<void> addHeaders()
    {
        for (const workspace::Row& row : m_request.headers) {
            if (!row.enabled || row.name.empty())
                continue;
            CLAIMSMITH_TRY(const std::string name, m_texts(row.name, "headers"));
            CLAIMSMITH_TRY(const std::string value, m_texts(row.value, "headers"));
            m_prepared.head.headers.add(name, value);
        }
        return {};
    }

    /// Adds a header unless the user wrote one of that name.
    void addAutomatic(std::string_view name, std::string_view value)
    {
        if (m_prepared.head.headers.contains(name))
            return;
        m_prepared.head.headers.add(name, value);
        m_prepared.automaticHeaders.emplace_back(name);
    }

    Result<void> addAuth()
    {
        return std::visit([this](const auto& auth) { return add(auth); }, m_request.auth);
    }

    Result<void> add(const workspace::NoAuth&) { return {}; }

    Result<void> add(const workspace::BearerAuth& auth)
    {
        CLAIMSMITH_TRY(m_prepared.token, m_texts(auth.token, "auth.token"));
        if (!m_prepared.token.empty())
            addToken("Authorization", auth.prefix);
        return {};
    }

    Result<void> add(const workspace::BasicAuth& auth)
    {
        CLAIMSMITH_TRY(const std::string username, m_texts(auth.username, "auth.username"));
        CLAIMSMITH_TRY(const std::string password, m_texts(auth.password, "auth.password"));
        addAutomatic("Authorization", "Basic " + toBase64(username + ":" + password));
        return {};
    }

    Result<void> add(const workspace::ApiKeyAuth& auth)
    {
        CLAIMSMITH_TRY(const std::string name, m_texts(auth.name, "auth.name"));
        CLAIMSMITH_TRY(const std::string value, m_texts(auth.value, "auth.value"));
        if (name.empty())
            return {};
        if (auth.inQuery) {
            std::string argument;
            addArgument(argument, name, value);
            appendQuery(argument);
        } else {
            addAutomatic(name, value);
        }
        return {};
    }

    Result<void> add(const workspace::SignedTokenAuth& auth)
    {
        CLAIMSMITH_TRY(m_prepared.token, m_tokens.makeToken(auth.recipe));
        addToken(auth.header, auth.prefix);
        return {};
    }

    void addToken(const std::string& header, const std::string& prefix)
    {
        addAutomatic(header, prefix.empty() ? m_prepared.token : prefix + " " + m_prepared.token);
    }

    Result<void> addBody()
    {
        const workspace::Body& body = m_request.body;
        switch (body.kind) {
        case workspace::BodyKind::None:
            return {};
        case workspace::BodyKind::Json: {
            CLAIMSMITH_TRY(m_prepared.body, m_texts(body.text, "body"));
            addAutomatic("Content-Type", "application/json");
            return {};
        }
        case workspace::BodyKind::Text: {
            CLAIMSMITH_TRY(m_prepared.body, m_texts(body.text, "body"));
            addAutomatic("Content-Type", body.contentType.empty() ? "text/plain; charset=utf-8" : body.contentType);
            return {};
        }
        case workspace::BodyKind::Form:
            return addForm();
        case workspace::BodyKind::File: {
            CLAIMSMITH_TRY(m_prepared.body, readBodyFile(m_context.folder, body.file));
            addAutomatic("Content-Type", body.contentType.empty() ? "application/octet-stream" : body.contentType);
            return {};
        }
        }
        return {};
    }

    Result<void> addForm()
    {
        for (const workspace::Row& row : m_request.body.form) {
            if (!row.enabled || row.name.empty())
                continue;
            CLAIMSMITH_TRY(const std::string name, m_texts(row.name, "body"));
            CLAIMSMITH_TRY(const std::string value, m_texts(row.value, "body"));
            m_prepared.body +=
                (m_prepared.body.empty() ? "" : "&") + http::formEncode(name) + "=" + http::formEncode(value);
        }
        addAutomatic("Content-Type", "application/x-www-form-urlencoded");
        return {};
    }

    static Error stopped() { return Error{PrepareErrorCode::GatewayStopped, {"", "url"}, "the gateway does not run"}; }

    Result<void> goThroughGateway()
    {
        if (m_request.via == workspace::Via::Direct)
            return {};
        if (m_context.gatewayAuthority.empty())
            return stopped();
        CLAIMSMITH_TRY(const http::Authority gateway, http::parseAuthority(m_context.gatewayAuthority));
        m_url.scheme = "http";
        m_url.host = gateway.host;
        m_url.port = gateway.port;
        return {};
    }

    void finish()
    {
        m_prepared.via = m_request.via;
        m_prepared.head.method = m_request.method;
        m_prepared.head.target = m_url.toString();
        m_prepared.host = m_url.authority();
        addAutomatic("Host", m_prepared.host);
        addAutomatic("User-Agent", userAgent);
        addAutomatic("Accept", "*/*");
        const bool bodyExpected =
            m_request.method == "POST" || m_request.method == "PUT" || m_request.method == "PATCH";
        if (!m_prepared.body.empty() || bodyExpected)
            addAutomatic("Content-Length", std::to_string(m_prepared.body.size()));
    }

    const workspace::Request& m_request;
    const Context& m_context;
    RecipeTokens m_tokens;
    const Texts m_texts;
    http::Url m_url;
    Prepared m_prepared;
};

} // namespace

const ErrorDomain& errorDomain(PrepareErrorCode) noexcept
{
    static const ErrorDomain domain{
        "runner.prepare", [](int code) noexcept -> std::string_view {
            constexpr std::array<std::string_view, 8> names = {
                "unresolved",         "no-url",      "gateway-stopped", "unknown-recipe",
                "unknown-credential", "key-missing", "bad-recipe",      "body-file-unreadable"};
            return names[static_cast<std::size_t>(code)];
        }};
    return domain;
}

Result<Prepared> prepare(const workspace::Request& request, const Context& context)
{
    return Builder(request, context).build();
}

http::ClientRequest toClientRequest(const Prepared& prepared)
{
    http::ClientRequest request;
    request.method = prepared.head.method;
    request.url = prepared.head.target;
    request.headers = prepared.head.headers;
    if (!prepared.body.empty() || prepared.head.headers.contains("Content-Length"))
        request.body = prepared.body;
    return request;
}

} // namespace claimsmith::runner

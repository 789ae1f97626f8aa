// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/logrecord.h"

#include "base/text.h"
#include "document/json.h"
#include "gateway/entities.h"
#include "gateway/exchange.h"
#include "gateway/node.h"
#include "http/query.h"
#include "http/url.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>

namespace claimsmith::gateway {

using document::Object;
using document::Value;

namespace {

constexpr document::JsonStyle style{.escapeSlash = true};
constexpr std::size_t usualSize = 4096;

/// JSON text, member by member: a record is made for every request that is logged, and hardly ever looked into here.
class Text final
{
public:
    Text() { m_out.reserve(usualSize); }

    std::string take() && { return std::move(m_out); }

    void value(std::string_view text) { document::appendJsonString(m_out, text, style); }
    void value(const std::same_as<Value> auto& value) { document::appendJson(m_out, value, style); }
    void value(std::integral auto number)
    {
        std::array<char, 24> digits{};
        m_out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
    }

    void name(std::string_view name)
    {
        separate();
        value(name);
        m_out += ':';
    }

    void member(std::string_view name, const auto& content)
    {
        this->name(name);
        value(content);
    }

    void enclosed(char open, char close, const auto& write)
    {
        m_out += open;
        write();
        m_out += close;
    }
    void object(const auto& write) { enclosed('{', '}', write); }
    void array(const auto& write) { enclosed('[', ']', write); }

    /// Between the elements of an array; members see to it themselves.
    void separate()
    {
        if (m_out.back() != '{' && m_out.back() != '[')
            m_out += ',';
    }

private:
    std::string m_out;
};

/// Something that may come several times under one name. Without a value it is just there.
struct Item
{
    std::string name;
    std::optional<std::string_view> value;
};

void writeItem(Text& text, const Item& item)
{
    if (item.value)
        text.value(*item.value);
    else
        text.value(Value(true));
}

/// An object with one value for a name, or a list when there are several.
void writeItems(Text& text, const std::vector<Item>& items)
{
    const auto nameIs = [](const Item& item) { return [&item](const Item& other) { return other.name == item.name; }; };
    text.object([&] {
        for (auto item = items.begin(); item != items.end(); ++item) {
            if (std::find_if(items.begin(), item, nameIs(*item)) != item)
                continue; // came with the first of its name
            text.name(item->name);
            if (std::find_if(item + 1, items.end(), nameIs(*item)) == items.end()) {
                writeItem(text, *item);
                continue;
            }
            text.array([&] {
                for (auto same = item; same != items.end(); same = std::find_if(same + 1, items.end(), nameIs(*item))) {
                    text.separate();
                    writeItem(text, *same);
                }
            });
        }
    });
}

void writeHeaders(Text& text, const http::HeaderMap& headers, bool hidesCredentials)
{
    std::vector<Item> items;
    items.reserve(headers.size());
    for (const http::HeaderField& field : headers) {
        std::string name = toLower(field.name);
        const bool isSecret = hidesCredentials && (name == "authorization" || name == "proxy-authorization");
        items.push_back({std::move(name), isSecret ? std::string_view("REDACTED") : field.value});
    }
    writeItems(text, items);
}

void writeQuery(Text& text, const std::optional<std::string>& query)
{
    const http::QueryArguments arguments = query ? http::parseQuery(*query) : http::QueryArguments();
    std::vector<Item> items;
    for (const http::QueryArgument& argument : arguments)
        items.push_back({argument.name, argument.value});
    writeItems(text, items);
}

std::string urlOf(const ClientRequest& request)
{
    return std::string(request.forwardedScheme == Scheme::Https ? "https" : "http") + "://" + request.forwardedHost +
           ":" + std::to_string(request.forwardedPort) + request.head.target;
}

void writeRequest(Text& text, const Exchange& exchange)
{
    text.object([&] {
        text.member("id", exchange.requestId);
        text.member("uri", exchange.request.head.target);
        text.member("url", urlOf(exchange.request));
        text.name("querystring");
        writeQuery(text, exchange.match ? exchange.upstream.query : std::nullopt);
        text.member("method", exchange.upstream.method);
        text.name("headers");
        writeHeaders(text, exchange.upstream.headers, true);
        text.member("size", exchange.figures.requestBytes);
    });
}

void writeResponse(Text& text, const Exchange& exchange)
{
    text.object([&] {
        text.member("status", exchange.response.status);
        text.name("headers");
        writeHeaders(text, exchange.response.headers, false);
        text.member("size", exchange.figures.responseBytes);
    });
}

void writeLatencies(Text& text, const Figures& figures)
{
    text.object([&] {
        text.member("request", figures.total.count());
        text.member("kong", figures.kong.count());
        text.member("proxy", figures.upstream ? figures.upstream->count() : -1);
        text.member("receive", figures.receive.count());
    });
}

void writeTry(Text& text, const UpstreamTry& attempt, TimePoint begin)
{
    using std::chrono::floor;
    using std::chrono::milliseconds;
    using std::chrono::nanoseconds;
    const auto start = std::chrono::time_point_cast<nanoseconds>(begin) + attempt.begin;
    text.object([&] {
        text.member("balancer_start", floor<milliseconds>(start).time_since_epoch().count());
        text.member("balancer_start_ns", start.time_since_epoch().count());
        if (const auto address = http::parseAuthority(attempt.address)) {
            text.member("ip", address->host);
            text.member("port", address->port);
        }
        if (!attempt.hasAnswered) {
            text.member("state", std::string_view("failed"));
            text.member("code", attempt.status);
        }
    });
}

void writeTries(Text& text, const Figures& figures)
{
    text.array([&] {
        for (const UpstreamTry& attempt : figures.tries) {
            text.separate();
            writeTry(text, attempt, figures.begin);
        }
    });
}

/// The statuses of all tries, as nginx lists them: "502, 200".
std::string statusesOf(const Figures& figures)
{
    std::string statuses;
    for (const UpstreamTry& attempt : figures.tries)
        statuses += (statuses.empty() ? "" : ", ") + std::to_string(attempt.status);
    return statuses;
}

std::string upstreamTarget(const Exchange& exchange)
{
    if (exchange.figures.tries.empty())
        return {};
    const UpstreamRequest& upstream = exchange.upstream;
    return upstream.query ? upstream.path + "?" + *upstream.query : upstream.path;
}

void writeEntity(Text& text, std::string_view name, const Entity& entity)
{
    text.name(name);
    text.object([&] {
        for (const auto& [field, value] : entity.fields)
            if (!value.isNull())
                text.member(field, value);
        text.member("ws_id", defaultWorkspaceId);
    });
}

void writeEntities(Text& text, const Exchange& exchange)
{
    if (exchange.match) {
        writeEntity(text, "route", *exchange.match->route->entity);
        if (exchange.match->service)
            writeEntity(text, "service", *exchange.match->service->entity);
    }
    if (exchange.identity.consumer)
        writeEntity(text, "consumer", *exchange.identity.consumer->entity);
}

std::string record(const Exchange& exchange)
{
    const Figures& figures = exchange.figures;
    Text text;
    text.object([&] {
        text.name("request");
        writeRequest(text, exchange);
        text.member("upstream_uri", upstreamTarget(exchange));
        text.member("upstream_status", statusesOf(figures));
        text.name("response");
        writeResponse(text, exchange);
        text.name("latencies");
        writeLatencies(text, figures);
        text.name("tries");
        writeTries(text, figures);
        text.member("client_ip", exchange.request.clientAddress);
        text.member("started_at",
                    std::chrono::floor<std::chrono::milliseconds>(figures.begin).time_since_epoch().count());
        text.member("source", std::string_view(figures.isProxied ? "upstream" : "kong"));
        text.member("workspace", defaultWorkspaceId);
        text.member("workspace_name", std::string_view("default"));
        writeEntities(text, exchange);
    });
    return std::move(text).take();
}

void setPath(Object& object, std::string_view path, const Value& value)
{
    Object* place = &object;
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
        Value* next = place->find(path.substr(0, dot));
        if (!next || !next->asObject())
            next = &place->set(path.substr(0, dot), Object{});
        place = next->asObject();
        path.remove_prefix(dot + 1);
    }
    if (value.isNull())
        place->remove(path);
    else
        place->set(path, value);
}

/// The record with what plugins add. Those that do run Lua or count for it: reading the text again costs less.
std::string withFields(const std::string& text, const Object& fields)
{
    auto whole = document::parseJson(text, {.allowDuplicateKeys = true, .allowInvalidUtf8 = true});
    if (!whole || !whole->asObject())
        return text;
    for (const auto& [path, value] : fields)
        setPath(*whole->asObject(), path, value);
    return document::toJson(*whole, style);
}

} // namespace

std::string logRecord(const Exchange& exchange)
{
    std::string text = record(exchange);
    return exchange.logFields.empty() ? text : withFields(text, exchange.logFields);
}

} // namespace claimsmith::gateway

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/format.h"

#include "workspace/memberreader.h"

#include "base/text.h"
#include "document/json.h"

namespace claimsmith::workspace {
namespace {

using document::Array;
using document::Object;
using document::Value;

constexpr std::int64_t currentFormat = 1;

const MemberReader::Words<Via> viaWords{{"gateway", Via::Gateway}, {"direct", Via::Direct}};
const MemberReader::Words<BodyKind> bodyWords{{"none", BodyKind::None},
                                              {"json", BodyKind::Json},
                                              {"text", BodyKind::Text},
                                              {"form", BodyKind::Form},
                                              {"file", BodyKind::File}};
const MemberReader::Words<bool> inQueryWords{{"header", false}, {"query", true}};
const MemberReader::Words<SecretEncoding> encodingWords{{"text", SecretEncoding::Text},
                                                        {"base64", SecretEncoding::Base64},
                                                        {"base64url", SecretEncoding::Base64Url},
                                                        {"hex", SecretEncoding::Hex}};
enum class AuthKind { None, Bearer, Basic, ApiKey, SignedToken };
const MemberReader::Words<AuthKind> authWords{{"none", AuthKind::None},
                                              {"bearer", AuthKind::Bearer},
                                              {"basic", AuthKind::Basic},
                                              {"api-key", AuthKind::ApiKey},
                                              {"signed-token", AuthKind::SignedToken}};

template <class Enum>
std::string_view wordOf(Enum meaning, const MemberReader::Words<Enum>& words)
{
    for (const auto& [spelling, known] : words) {
        if (known == meaning)
            return spelling;
    }
    return {};
}

/// A text of several lines as an array of them.
Value textValue(std::string_view text)
{
    if (text.find('\n') == std::string_view::npos)
        return text;
    Array lines;
    for (const std::string_view line : split(text, '\n'))
        lines.emplace_back(line);
    return lines;
}

void setUnless(Object& object, std::string_view name, std::string_view text, std::string_view fallback)
{
    if (text != fallback)
        object.append(std::string(name), textValue(text));
}

Value namesValue(const std::vector<std::string>& names)
{
    return Array(names.begin(), names.end());
}

Value rowsValue(const std::vector<Row>& rows)
{
    Array array;
    for (const Row& row : rows) {
        Object object{{"name", row.name}, {"value", textValue(row.value)}};
        if (!row.enabled)
            object.append("enabled", false);
        setUnless(object, "description", row.description, "");
        array.emplace_back(std::move(object));
    }
    return array;
}

std::vector<Row> readRows(MemberReader& in, std::string_view name)
{
    std::vector<Row> rows;
    in.enterEach(name, [&] {
        Row row;
        row.name = in.text("name");
        row.value = in.text("value");
        row.enabled = in.boolean("enabled", true);
        row.description = in.text("description");
        rows.push_back(std::move(row));
    });
    return rows;
}

Value bodyValue(const Body& body)
{
    Object object{{"kind", wordOf(body.kind, bodyWords)}};
    setUnless(object, "text", body.text, "");
    setUnless(object, "contentType", body.contentType, "");
    if (!body.form.empty())
        object.append("form", rowsValue(body.form));
    setUnless(object, "file", body.file, "");
    return object;
}

Body readBody(MemberReader& in)
{
    Body body;
    in.enter("body", [&] {
        body.kind = in.word("kind", bodyWords, BodyKind::None);
        body.text = in.text("text");
        body.contentType = in.text("contentType");
        body.form = readRows(in, "form");
        body.file = in.text("file");
    });
    return body;
}

/// One overload an alternative of Auth.
struct AuthWriter
{
    Object operator()(const NoAuth&) const { return {}; }
    Object operator()(const BearerAuth& auth) const
    {
        Object object{{"kind", "bearer"}, {"token", auth.token}};
        setUnless(object, "prefix", auth.prefix, BearerAuth().prefix);
        return object;
    }
    Object operator()(const BasicAuth& auth) const
    {
        return {{"kind", "basic"}, {"username", auth.username}, {"password", auth.password}};
    }
    Object operator()(const ApiKeyAuth& auth) const
    {
        return {{"kind", "api-key"},
                {"name", auth.name},
                {"value", auth.value},
                {"in", wordOf(auth.inQuery, inQueryWords)}};
    }
    Object operator()(const SignedTokenAuth& auth) const
    {
        Object object{{"kind", "signed-token"}, {"recipe", auth.recipe}};
        setUnless(object, "header", auth.header, SignedTokenAuth().header);
        setUnless(object, "prefix", auth.prefix, SignedTokenAuth().prefix);
        return object;
    }
};

/// One overload an alternative of SigningKey.
struct KeyWriter
{
    Object operator()(const CredentialKey& key) const
    {
        Object object{{"consumer", key.consumer}};
        setUnless(object, "key", key.key, "");
        return object;
    }
    Object operator()(const KeyringKey& key) const { return {{"kid", key.kid}}; }
    Object operator()(const SecretKey& key) const
    {
        Object object{{"secret", key.secret}};
        if (key.encoding != SecretEncoding::Text)
            object.append("encoding", wordOf(key.encoding, encodingWords));
        return object;
    }
};

SigningKey readSigningKey(MemberReader& in)
{
    SigningKey key;
    in.enter("key", [&] {
        if (in.has("consumer"))
            key = CredentialKey{in.text("consumer"), in.text("key")};
        else if (in.has("kid"))
            key = KeyringKey{in.text("kid")};
        else
            key = SecretKey{in.required("secret"), in.word("encoding", encodingWords, SecretEncoding::Text)};
    });
    return key;
}

/// A JSON text that may stand in the file as the object itself.
std::string jsonText(MemberReader& in, std::string_view name, std::string_view fallback)
{
    const Value* value = in.value(name);
    return value && value->asObject() ? document::toJson(*value) : in.text(name, fallback);
}

Value gatewayValue(const GatewayFile& gateway)
{
    Object object{{"proxyListen", gateway.proxyListen}, {"adminListen", gateway.adminListen}};
    if (!gateway.echoStandsInFor.empty())
        object.append("echoStandsInFor", namesValue(gateway.echoStandsInFor));
    return object;
}

Value environmentValue(const Index::EnvironmentEntry& entry)
{
    Object object{{"file", entry.file}, {"id", entry.environment.id}, {"name", entry.environment.name}};
    setUnless(object, "parent", entry.environment.parent, "");
    setUnless(object, "color", entry.environment.color, "");
    if (entry.environment.asksBeforeSending)
        object.append("asksBeforeSending", true);
    return object;
}

Index::EnvironmentEntry readEnvironment(MemberReader& in)
{
    Index::EnvironmentEntry entry;
    entry.file = in.required("file");
    entry.environment.id = in.text("id");
    entry.environment.name = in.text("name", entry.file);
    entry.environment.parent = in.text("parent");
    entry.environment.color = in.text("color");
    entry.environment.asksBeforeSending = in.boolean("asksBeforeSending", false);
    return entry;
}

void checkFormat(MemberReader& in)
{
    const auto format = in.integer("format");
    if (!format)
        return in.fail(StorageErrorCode::MissingMember, {}, "the member \"format\" is missing", {{"name", "format"}});
    if (*format > currentFormat)
        in.fail(StorageErrorCode::NewerFormat, "format", "the workspace was written by a later version",
                {{"format", std::to_string(*format)}});
}

/// What a reader gathered, or what was wrong.
template <class T>
Result<T> finished(MemberReader& in, T value)
{
    if (auto error = in.takeError())
        return std::move(*error);
    return value;
}

} // namespace

Auth readAuth(MemberReader& in)
{
    Auth auth;
    in.enter("auth", [&] {
        switch (in.word("kind", authWords, AuthKind::None)) {
        case AuthKind::None:
            break;
        case AuthKind::Bearer:
            auth = BearerAuth{in.text("token"), in.text("prefix", BearerAuth().prefix)};
            break;
        case AuthKind::Basic:
            auth = BasicAuth{in.text("username"), in.text("password")};
            break;
        case AuthKind::ApiKey:
            auth = ApiKeyAuth{in.text("name", ApiKeyAuth().name), in.text("value"), in.word("in", inQueryWords, false)};
            break;
        case AuthKind::SignedToken:
            auth = SignedTokenAuth{in.text("recipe"), in.text("header", SignedTokenAuth().header),
                                   in.text("prefix", SignedTokenAuth().prefix)};
            break;
        }
    });
    return auth;
}

FileValue toValue(const Index& index)
{
    static const std::vector<std::string_view> known{"format",  "id",           "name",   "gateway",
                                                     "folders", "environments", "tokens", "keys"};
    Array environments;
    for (const auto& entry : index.environments)
        environments.push_back(environmentValue(entry));
    return {{{"format", currentFormat},
             {"id", index.id},
             {"name", index.name},
             {"gateway", gatewayValue(index.gateway)},
             {"folders", namesValue(index.folders)},
             {"environments", std::move(environments)},
             {"tokens", namesValue(index.tokens)},
             {"keys", namesValue(index.keys)}},
            known};
}

Result<Index> parseIndex(std::string_view text, const std::string& file)
{
    MemberReader in(text, file);
    Index index;
    checkFormat(in);
    index.id = in.text("id");
    index.name = in.required("name");
    in.enter("gateway", [&] {
        index.gateway.proxyListen = in.text("proxyListen", index.gateway.proxyListen);
        index.gateway.adminListen = in.text("adminListen", index.gateway.adminListen);
        index.gateway.echoStandsInFor = in.texts("echoStandsInFor");
    });
    index.folders = in.texts("folders");
    in.enterEach("environments", [&] { index.environments.push_back(readEnvironment(in)); });
    index.tokens = in.texts("tokens");
    index.keys = in.texts("keys");
    return finished(in, std::move(index));
}

FileValue toValue(const FolderIndex& index)
{
    static const std::vector<std::string_view> known{"id", "name", "requests", "folders"};
    Object object{{"id", index.id}, {"name", index.name}, {"requests", namesValue(index.requests)}};
    if (!index.folders.empty())
        object.append("folders", namesValue(index.folders));
    return {std::move(object), known};
}

Result<FolderIndex> parseFolderIndex(std::string_view text, const std::string& file)
{
    MemberReader in(text, file);
    FolderIndex index;
    index.id = in.text("id");
    index.name = in.required("name");
    index.requests = in.texts("requests");
    index.folders = in.texts("folders");
    return finished(in, std::move(index));
}

FileValue toValue(const Request& request)
{
    static const std::vector<std::string_view> known{"id",     "name",    "method", "url",  "via",
                                                     "params", "headers", "body",   "auth", "description"};
    Object object{{"id", request.id}, {"name", request.name}, {"method", request.method}, {"url", request.url}};
    if (request.via != Via::Gateway)
        object.append("via", wordOf(request.via, viaWords));
    if (!request.params.empty())
        object.append("params", rowsValue(request.params));
    if (!request.headers.empty())
        object.append("headers", rowsValue(request.headers));
    if (request.body != Body())
        object.append("body", bodyValue(request.body));
    if (Object auth = std::visit(AuthWriter(), request.auth); !auth.empty())
        object.append("auth", std::move(auth));
    setUnless(object, "description", request.description, "");
    return {std::move(object), known};
}

Result<Request> parseRequest(std::string_view text, const std::string& file)
{
    MemberReader in(text, file);
    Request request;
    request.id = in.text("id");
    request.name = in.required("name");
    request.method = in.text("method", request.method);
    request.url = in.text("url");
    request.via = in.word("via", viaWords, Via::Gateway);
    request.params = readRows(in, "params");
    request.headers = readRows(in, "headers");
    request.body = readBody(in);
    request.auth = readAuth(in);
    request.description = in.text("description");
    return finished(in, std::move(request));
}

FileValue toValue(const TokenRecipe& recipe)
{
    static const std::vector<std::string_view> known{"id", "name", "algorithm", "header", "payload", "key"};
    return {{{"id", recipe.id},
             {"name", recipe.name},
             {"algorithm", recipe.algorithm},
             {"header", textValue(recipe.header)},
             {"payload", textValue(recipe.payload)},
             {"key", std::visit(KeyWriter(), recipe.key)}},
            known};
}

TokenRecipe readTokenRecipe(MemberReader& in)
{
    TokenRecipe recipe;
    recipe.id = in.text("id");
    recipe.name = in.required("name");
    recipe.algorithm = in.text("algorithm", recipe.algorithm);
    recipe.header = jsonText(in, "header", recipe.header);
    recipe.payload = jsonText(in, "payload", recipe.payload);
    recipe.key = readSigningKey(in);
    return recipe;
}

Result<TokenRecipe> parseTokenRecipe(std::string_view text, const std::string& file)
{
    MemberReader in(text, file);
    return finished(in, readTokenRecipe(in));
}

FileValue toValue(const StoredKey& key)
{
    static const std::vector<std::string_view> known{"kid", "algorithm", "hasPrivatePart", "publicJwk"};
    Object object{{"kid", key.kid}};
    setUnless(object, "algorithm", key.algorithm, "");
    if (key.hasPrivatePart)
        object.append("hasPrivatePart", true);
    // As an object where that gives the same text back, because then differences show by member.
    const auto jwk = document::parseJson(key.publicJwk);
    if (jwk && jwk->asObject() && document::toJson(*jwk) == key.publicJwk)
        object.append("publicJwk", *jwk);
    else
        setUnless(object, "publicJwk", key.publicJwk, "");
    return {std::move(object), known};
}

Result<StoredKey> parseStoredKey(std::string_view text, const std::string& file)
{
    MemberReader in(text, file);
    StoredKey key;
    key.kid = in.required("kid");
    key.algorithm = in.text("algorithm");
    key.hasPrivatePart = in.boolean("hasPrivatePart", false);
    key.publicJwk = jsonText(in, "publicJwk", {});
    return finished(in, std::move(key));
}

} // namespace claimsmith::workspace

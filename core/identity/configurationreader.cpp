// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "document/json.h"
#include "http/url.h"
#include "identity/configuration.h"
#include "identity/fieldreader.h"
#include "jose/jwk.h"

#include <algorithm>
#include <set>

namespace claimsmith::identity {
namespace {

using Code = ConfigurationErrorCode;

constexpr std::int64_t longest = 10LL * 366 * 86'400; ///< seconds: no lifetime is beyond ten years

/// The lifetimes by their names; the round trip of the tests holds the writer to them.
struct LifetimeField
{
    std::string_view name;
    std::int64_t Lifetimes::*member;
};

constexpr LifetimeField lifetimeFields[] = {
    {"accessToken", &Lifetimes::accessToken},   {"idToken", &Lifetimes::idToken},
    {"refreshToken", &Lifetimes::refreshToken}, {"code", &Lifetimes::code},
    {"deviceCode", &Lifetimes::deviceCode},     {"session", &Lifetimes::session},
    {"interaction", &Lifetimes::interaction},
};

Lifetimes readLifetimes(FieldReader& outer)
{
    Lifetimes lifetimes;
    const document::Value* value = outer.value("lifetimes");
    if (value == nullptr)
        return lifetimes;
    FieldReader reader(*value, outer.pointer("lifetimes"), outer.problems());
    for (const LifetimeField& field : lifetimeFields)
        lifetimes.*field.member = reader.integer(field.name, lifetimes.*field.member, 1, longest);
    reader.rejectOthers();
    return lifetimes;
}

/// An absolute URI without a fragment (RFC 6749 §3.1.2); private schemes of native clients too (RFC 8252 §7.1).
bool isRedirectUri(std::string_view uri) noexcept
{
    const std::size_t colon = uri.find(':');
    const auto isPrintable = [](char c) {
        return c > ' ' && c < '\x7f' && c != '"' && c != '<' && c != '>' && c != '\\';
    };
    return colon != std::string_view::npos && colon > 0 && colon + 1 < uri.size() &&
           uri.find('#') == std::string_view::npos && std::ranges::all_of(uri, isPrintable);
}

/// Schemes that a browser acts on itself: nothing that anybody is sent to.
bool isActive(std::string_view scheme) noexcept
{
    constexpr std::string_view active[] = {"javascript", "data", "vbscript", "file", "blob", "about"};
    return std::ranges::find(active, scheme) != std::end(active);
}

std::vector<std::string> readUris(FieldReader& reader, std::string_view name)
{
    std::vector<std::string> uris = reader.texts(name);
    for (std::size_t i = 0; i < uris.size(); ++i) {
        const std::string scheme = toLower(std::string_view(uris[i]).substr(0, uris[i].find(':')));
        const bool isWeb = scheme == "http" || scheme == "https";
        if (!isRedirectUri(uris[i]) || (isWeb && !http::parseUrl(uris[i])) || isActive(scheme))
            reader.problems().add(Code::InvalidUri, document::joinPointer(reader.pointer(name), i),
                                  "expected an absolute URI without a fragment");
    }
    return uris;
}

std::vector<std::string> readOrigins(FieldReader& reader, std::string_view name)
{
    std::vector<std::string> origins = reader.texts(name);
    for (std::size_t i = 0; i < origins.size(); ++i) {
        const auto url = http::parseUrl(origins[i]);
        if (!url || origins[i] != url->scheme + "://" + url->authority())
            reader.problems().add(Code::InvalidUri, document::joinPointer(reader.pointer(name), i),
                                  "expected an origin such as http://localhost:3000");
    }
    return origins;
}

/// A JWK Set without private parts; null when absent.
document::Value readPublicKeys(FieldReader& reader, std::string_view name)
{
    const document::Value* value = reader.value(name);
    if (value == nullptr)
        return {};
    auto set = jose::readJwks(*value);
    if (!set) {
        reader.problems().add(Code::KeyInvalid, reader.pointer(name), "expected a JWK Set", {}, std::move(set).error());
        return {};
    }
    for (const jose::KeySet::Ignored& ignored : set->ignored)
        reader.problems().add(Code::KeyInvalid, document::joinPointer(reader.pointer(name) + "/keys", ignored.index),
                              "this key can't be used", {}, ignored.reason);
    for (std::size_t i = 0; i < set->keys.size(); ++i) {
        if (set->keys[i].canSign())
            reader.problems().add(Code::SecretInFile, document::joinPointer(reader.pointer(name) + "/keys", i),
                                  "only public keys belong here");
    }
    return *value;
}

std::vector<ClientAuthentication> usualAuthentication(const Client& client)
{
    std::vector<ClientAuthentication> methods;
    if (!client.secret.empty())
        methods = {ClientAuthentication::SecretBasic, ClientAuthentication::SecretPost};
    if (!client.keys.isNull())
        methods.push_back(ClientAuthentication::PrivateKeyJwt);
    if (methods.empty())
        methods = {ClientAuthentication::None};
    return methods;
}

void checkClient(const Client& client, FieldReader& reader)
{
    using enum ClientAuthentication;
    const auto inconsistent = [&reader](const char* detail) {
        reader.problems().add(Code::Inconsistent, reader.pointer(), detail);
    };
    const bool usesSecret = client.has(SecretBasic) || client.has(SecretPost) || client.has(SecretJwt);
    if (client.has(None) && client.isConfidential())
        inconsistent("\"none\" beside another authentication would make that one pointless");
    if (usesSecret && client.secret.empty())
        inconsistent("an authentication by secret needs the member \"secret\"");
    if (client.has(PrivateKeyJwt) && client.keys.isNull())
        inconsistent("private_key_jwt needs the member \"keys\"");
    if (client.has(GrantType::ClientCredentials) && !client.isConfidential())
        inconsistent("client_credentials needs an authentication (RFC 6749 §4.4)");
    if (client.has(GrantType::AuthorizationCode) && client.redirectUris.empty())
        inconsistent("authorization_code needs \"redirectUris\"");
}

Client readClient(FieldReader& reader)
{
    Client client;
    client.id = reader.required("id");
    client.name = reader.text("name");
    client.secret = reader.secret("secret");
    client.keys = readPublicKeys(reader, "keys");
    client.authentication = reader.words("authentication", clientAuthenticationWords(), usualAuthentication(client));
    client.grants = reader.words("grants", grantWords(), client.grants);
    client.redirectUris = readUris(reader, "redirectUris");
    client.postLogoutRedirectUris = readUris(reader, "postLogoutRedirectUris");
    client.webOrigins = readOrigins(reader, "webOrigins");
    client.scopes = reader.texts("scopes");
    client.audience = reader.texts("audience");
    client.targets = reader.texts("targets");
    if (const std::int64_t lifetime = reader.integer("accessTokenLifetime", 0, 1, longest))
        client.accessTokenLifetime = lifetime;
    client.consent = reader.boolean("consent", client.consent);
    client.pkce = reader.boolean("pkce", client.pkce);
    client.claims = reader.object("claims");
    checkClient(client, reader);
    return client;
}

User readUser(FieldReader& reader)
{
    User user;
    user.username = reader.required("username");
    user.subject = reader.text("subject");
    user.password = reader.secret("password");
    user.claims = reader.object("claims");
    user.groups = reader.texts("groups");
    user.scopes = reader.texts("scopes");
    user.enabled = reader.boolean("enabled", user.enabled);
    return user;
}

std::vector<Scope> readScopes(FieldReader& outer)
{
    std::vector<Scope> scopes;
    const document::Value* value = outer.value("scopes");
    if (value == nullptr)
        return scopes;
    FieldReader reader(*value, outer.pointer("scopes"), outer.problems());
    if (value->asObject() == nullptr)
        return scopes;
    for (const document::Member& member : *value->asObject())
        scopes.push_back({member.name, reader.texts(member.name)});
    return scopes;
}

/// "" or "/realms/demo": characters that need no encoding, so that a path has one spelling only.
bool isIssuerPath(std::string_view path) noexcept
{
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '/';
    };
    if (path.empty())
        return true;
    return path.front() == '/' && path.back() != '/' && path.find("//") == std::string_view::npos &&
           std::ranges::all_of(path, isPlain);
}

jose::Algorithm readAlgorithm(FieldReader& reader)
{
    FieldReader::Words<jose::Algorithm> words;
    for (const jose::AlgorithmInfo& algorithm : jose::algorithms()) {
        // Ed448 hashes at_hash with SHAKE256, which is not here.
        if (algorithm.keyType != jose::KeyType::Oct && algorithm.id != jose::Algorithm::Ed448)
            words.emplace_back(algorithm.name, algorithm.id);
    }
    return reader.word(reader.text("algorithm", "RS256"), reader.pointer("algorithm"), words)
        .value_or(jose::Algorithm::RS256);
}

FaultSet readFaults(FieldReader& reader)
{
    FieldReader::Words<Fault> words;
    for (const FaultInfo& row : faults())
        words.emplace_back(row.id, row.fault);
    FaultSet set;
    for (const Fault fault : reader.words("faults", words, {}))
        set.set(fault, true);
    return set;
}

template <class T>
void refuseDuplicates(FieldReader& reader, std::string_view name, const std::vector<T>& list, std::string T::*member)
{
    std::set<std::string> seen;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!seen.insert(list[i].*member).second)
            reader.problems().add(Code::Duplicate, document::joinPointer(reader.pointer(name), i),
                                  "\"" + list[i].*member + "\" is there twice", {{"value", list[i].*member}});
    }
}

Issuer readIssuer(FieldReader& reader)
{
    Issuer issuer;
    issuer.path = reader.text("path");
    if (!isIssuerPath(issuer.path))
        reader.problems().add(Code::InvalidPath, reader.pointer("path"),
                              "expected a path such as /realms/demo, or none");
    issuer.name = reader.text("name");
    issuer.algorithm = readAlgorithm(reader);
    issuer.keyPrefix = reader.text("keyPrefix", issuer.keyPrefix);
    issuer.rotateAfterDays = reader.integer("rotateAfterDays", 0, 0, 3650);
    issuer.accessTokenType = reader.text("accessTokenType", issuer.accessTokenType);
    issuer.lifetimes = readLifetimes(reader);
    issuer.scopes = readScopes(reader);
    reader.each("clients", [&](FieldReader& element) { issuer.clients.push_back(readClient(element)); });
    reader.each("users", [&](FieldReader& element) { issuer.users.push_back(readUser(element)); });
    reader.each("trustedIssuers", [&](FieldReader& element) {
        issuer.trustedIssuers.push_back({element.required("issuer"), readPublicKeys(element, "keys")});
    });
    issuer.faults = readFaults(reader);
    refuseDuplicates(reader, "clients", issuer.clients, &Client::id);
    refuseDuplicates(reader, "users", issuer.users, &User::username);
    return issuer;
}

} // namespace

Result<ProviderConfiguration> readConfiguration(std::string_view text, const std::string& file)
{
    ProblemKeeper problems(file);
    document::JsonOptions options;
    options.allowComments = true;
    auto root = document::parseJson(text, options, &problems.sourceMap());
    if (!root) {
        Error error{Code::Unreadable};
        error.place = root.error().place;
        error.place.file = file;
        error.detail = "the file is no JSON";
        error.cause = std::make_shared<const Error>(std::move(root).error());
        return error;
    }
    ProviderConfiguration configuration;
    FieldReader reader(*root, {}, problems);
    configuration.listen = reader.text("listen", configuration.listen);
    if (!http::parseAuthority(configuration.listen))
        problems.add(Code::InvalidUri, "/listen", "expected host and port, such as localhost:8085");
    configuration.publicUrl = reader.text("publicUrl");
    if (!configuration.publicUrl.empty() &&
        (!http::parseUrl(configuration.publicUrl) || configuration.publicUrl.ends_with('/')))
        problems.add(Code::InvalidUri, "/publicUrl", "expected an http or https URL without a slash at its end");
    reader.each("issuers", [&](FieldReader& element) { configuration.issuers.push_back(readIssuer(element)); });
    refuseDuplicates(reader, "issuers", configuration.issuers, &Issuer::path);
    if (configuration.issuers.empty())
        problems.add(Code::MissingMember, {}, "at least one of \"issuers\" is needed", {{"name", "issuers"}});
    reader.rejectOthers();
    if (problems.first())
        return *problems.first();
    return configuration;
}

} // namespace claimsmith::identity

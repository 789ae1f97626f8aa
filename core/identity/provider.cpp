// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/provider.h"

#include "http/url.h"
#include "identity/answers.h"
#include "identity/endpoints/endpoints.h"
#include "identity/guard.h"
#include "identity/oautherror.h"
#include "identity/realmset.h"
#include "identity/scopes.h"

#include <algorithm>
#include <array>
#include <mutex>

namespace claimsmith::identity {
namespace {

constexpr std::chrono::milliseconds slowness{10'000};
constexpr std::int64_t day = 86'400;

constexpr std::array<std::string_view, 6> errorNames{"issuer-unknown", "client-unknown",  "user-unknown",
                                                     "no-next-key",    "session-unknown", "keys-unusable"};

std::string_view codeName(int code) noexcept
{
    return errorNames[static_cast<std::size_t>(code)];
}

Error providerError(ProviderErrorCode code, std::string detail, std::string_view name, std::string_view value)
{
    Error error{code};
    error.detail = std::move(detail);
    error.parameters = {{std::string(name), std::string(value)}};
    return error;
}

Error unknownIssuer(std::string_view path)
{
    return providerError(ProviderErrorCode::IssuerUnknown, "there is no issuer at " + std::string(path), "path", path);
}

Error unknownSession(std::string_view id)
{
    return providerError(ProviderErrorCode::SessionUnknown, "there is no such session", "id", id);
}

/// Headers of every answer: none of them is ever another type than it says, or shown in a frame.
void secure(http::Response& response)
{
    response.head.headers.set("X-Content-Type-Options", "nosniff");
    if (!response.head.headers.contains("Cross-Origin-Resource-Policy")) // pages say less
        response.head.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
}

bool isForPages(const Endpoint& endpoint) noexcept
{
    return endpoint.audience == Audience::Everybody || endpoint.audience == Audience::Registered;
}

bool takes(const Endpoint& endpoint, std::string_view method) noexcept
{
    return (endpoint.takesGet && (method == "GET" || method == "HEAD")) || (endpoint.takesPost && method == "POST");
}

http::Response plainRefusal(LogEntry& log, OAuthErrorCode code)
{
    const Error error = refusal(code);
    note(log, error);
    return jsonAnswer(info(code).status,
                      document::Object{{"error", info(code).error}, {"error_description", descriptionOf(error)}});
}

http::Response wrongMethod(LogEntry& log, const Endpoint& endpoint)
{
    http::Response response = plainRefusal(log, OAuthErrorCode::MethodNotAllowed);
    std::string allowed = endpoint.takesGet ? "GET, HEAD" : "";
    if (endpoint.takesPost)
        allowed += allowed.empty() ? "POST" : ", POST";
    response.head.headers.set("Allow", allowed + (isForPages(endpoint) ? ", OPTIONS" : ""));
    return response;
}

/// What an IssueRequest names, found.
struct Recipient
{
    Realm* realm;
    const Client* client;
    const User* user;
    Authorization authorization;
};

Result<Recipient> findRecipient(const RealmSet& realms, const IssueRequest& request)
{
    Realm* const realm = realms.find(request.issuer);
    if (realm == nullptr)
        return unknownIssuer(request.issuer);
    const Client* const client = realm->settings.findClient(request.client);
    if (client == nullptr)
        return providerError(ProviderErrorCode::ClientUnknown, "there is no client " + request.client, "client",
                             request.client);
    const User* const user = realm->settings.findUser(request.user);
    if (user == nullptr && !request.user.empty())
        return providerError(ProviderErrorCode::UserUnknown, "there is no user " + request.user, "user", request.user);
    Authorization authorization;
    authorization.client = client->id;
    authorization.user = request.user;
    if (request.scopes) {
        authorization.scopes = *request.scopes;
    } else {
        CLAIMSMITH_TRY(authorization.scopes, grantScopes(*realm, *client, user, nullptr));
    }
    authorization.lifetime = request.lifetime;
    authorization.extra = request.claims;
    if (user != nullptr)
        authorization.authenticated = realm->now();
    return Recipient{realm, client, user, std::move(authorization)};
}

} // namespace

const ErrorDomain& errorDomain(ProviderErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"identity-provider", codeName};
    return domain;
}

class Provider::Private
{
public:
    Private(ProviderConfiguration chosen, ProviderOptions given)
        : configuration(std::move(chosen)), options(std::move(given)), log(options.logEntries)
    {
    }

    Realm* find(std::string_view path) const noexcept { return realms.find(path); }
    void updateUrls();
    void saveKeys(const Realm& realm) const;
    http::Response respond(const http::Request& request, LogEntry& entry, Realm*& realm);
    http::Response serve(Realm& realm, const Endpoint& endpoint, const http::Request& request, LogEntry& entry) const;
    void rotateWhenDue(Realm& realm) const;

    mutable std::mutex mutex; ///< over everything but options and log
    ProviderConfiguration configuration;
    ProviderOptions options;
    std::string url;
    std::string publicHost;
    std::string listenHost;
    RealmSet realms;
    RequestLog log;
};

void Provider::Private::updateUrls()
{
    const std::string& base = configuration.publicUrl.empty() ? url : configuration.publicUrl;
    realms.setUrl(base);
    const auto chosen = http::parseUrl(configuration.publicUrl);
    publicHost = chosen ? chosen->authority() : std::string();
    const auto own = http::parseUrl(url);
    listenHost = own ? own->host : std::string();
}

void Provider::Private::saveKeys(const Realm& realm) const
{
    if (options.saveKeys)
        options.saveKeys(realm.settings.path, realm.keys.save());
}

void Provider::Private::rotateWhenDue(Realm& realm) const
{
    const std::int64_t now = realm.now();
    realm.keys.retire(now);
    const std::int64_t age = now - realm.keys.signing().created;
    if (realm.settings.rotateAfterDays == 0 || age < realm.settings.rotateAfterDays * day)
        return;
    auto key = makeSigningKey(realm.settings, realm.keys.nextId(realm.settings.keyPrefix, now));
    if (!key)
        return; // the old one still signs
    realm.keys.rotate(std::move(*key), now, realm.longestTokenLifetime());
    saveKeys(realm);
}

http::Response Provider::Private::serve(Realm& realm, const Endpoint& endpoint, const http::Request& request,
                                        LogEntry& entry) const
{
    if (const auto allowed = checkOrigin(request, realm, endpoint); !allowed)
        return plainRefusal(entry, OAuthErrorCode::ForeignOrigin);
    const bool isPreflight = request.head.method == "OPTIONS" && isForPages(endpoint);
    if (!isPreflight && !takes(endpoint, request.head.method))
        return wrongMethod(entry, endpoint);
    http::Response response;
    if (isPreflight) {
        response = preflightAnswer(endpoint);
    } else if (realm.has(Fault::ServerError)) {
        response = plainRefusal(entry, OAuthErrorCode::FaultInjected);
    } else {
        rotateWhenDue(realm);
        const bool isForm = request.head.method == "POST";
        const std::string_view parameters =
            isForm ? std::string_view(request.body) : request.head.query().value_or(std::string_view());
        Call call{realm, request, realm.now(), Parameters(parameters), entry};
        response = endpoint.handle(call);
    }
    grantOrigin(response, request, endpoint);
    return response;
}

http::Response Provider::Private::respond(const http::Request& request, LogEntry& entry, Realm*& realm)
{
    if (const auto allowed = checkHost(request, listenHost, publicHost); !allowed)
        return plainRefusal(entry, OAuthErrorCode::ForeignHost);
    const RealmSet::Target target = realms.route(request.head.path());
    realm = target.realm;
    const Endpoint* const endpoint = realm == nullptr ? nullptr : findEndpoint(target.path);
    if (realm != nullptr) {
        entry.issuer = realm->settings.path;
        entry.faults = realm->faults;
    }
    if (endpoint == nullptr)
        return plainRefusal(entry, OAuthErrorCode::NotFound);
    if (realm->url.empty())
        return http::Response::make(503, "text/plain; charset=utf-8", "Service Unavailable\n");
    return serve(*realm, *endpoint, request, entry);
}

Provider::Provider(std::unique_ptr<Private> implementation) : d(std::move(implementation)) {}

Provider::~Provider() = default;

Result<std::unique_ptr<Provider>> Provider::create(ProviderConfiguration configuration, ProviderOptions options)
{
    Secrets secrets = std::move(options.secrets);
    auto implementation = std::make_unique<Private>(std::move(configuration), std::move(options));
    CLAIMSMITH_TRY(implementation->realms,
                   RealmSet::create(implementation->configuration, implementation->options,
                                    std::make_shared<const Secrets>(std::move(secrets)), nullptr));
    implementation->updateUrls();
    return std::unique_ptr<Provider>(new Provider(std::move(implementation)));
}

void Provider::setUrl(const std::string& url)
{
    const std::lock_guard lock(d->mutex);
    d->url = url;
    d->updateUrls();
}

Result<void> Provider::apply(ProviderConfiguration configuration, Secrets secrets)
{
    const std::lock_guard lock(d->mutex);
    CLAIMSMITH_TRY(d->realms, RealmSet::create(configuration, d->options,
                                               std::make_shared<const Secrets>(std::move(secrets)), &d->realms));
    d->configuration = std::move(configuration);
    d->updateUrls();
    return {};
}

ProviderConfiguration Provider::configuration() const
{
    const std::lock_guard lock(d->mutex);
    return d->configuration;
}

ProviderAnswer Provider::answer(const http::Request& request)
{
    const auto begin = std::chrono::steady_clock::now();
    LogEntry entry;
    entry.time = d->options.clock->now();
    entry.method = request.head.method;
    entry.path = request.head.path();
    ProviderAnswer answer;
    {
        const std::lock_guard lock(d->mutex);
        Realm* realm = nullptr;
        answer.response = d->respond(request, entry, realm);
        if (realm != nullptr && realm->has(Fault::Slow))
            answer.delay = slowness;
        answer.truncated = realm != nullptr && realm->has(Fault::Truncated);
    }
    secure(answer.response);
    entry.status = answer.response.head.status;
    entry.duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    d->log.add(std::move(entry));
    return answer;
}

std::vector<IssuerDescription> Provider::issuers() const
{
    const std::lock_guard lock(d->mutex);
    std::vector<IssuerDescription> list;
    for (const auto& realm : d->realms) {
        IssuerDescription description{realm->settings.path, realm->settings.name, realm->url, {}};
        for (const Endpoint& endpoint : endpoints()) {
            if (!endpoint.metadata.empty())
                description.endpoints.emplace_back(endpoint.metadata, realm->url + std::string(endpoint.path));
        }
        list.push_back(std::move(description));
    }
    return list;
}

FaultSet Provider::faults(std::string_view path) const
{
    const std::lock_guard lock(d->mutex);
    const Realm* const realm = d->find(path);
    return realm == nullptr ? FaultSet() : realm->faults;
}

void Provider::setFault(std::string_view path, Fault fault, bool on)
{
    const std::lock_guard lock(d->mutex);
    if (Realm* const realm = d->find(path))
        realm->faults.set(fault, on);
}

std::vector<KeyDescription> Provider::keys(std::string_view path) const
{
    const std::lock_guard lock(d->mutex);
    std::vector<KeyDescription> list;
    const Realm* const realm = d->find(path);
    for (std::size_t i = 0; realm != nullptr && i < realm->keys.keys().size(); ++i) {
        const SigningKey& key = realm->keys.keys()[i];
        list.push_back({key.key.id(), key.key.metadata().algorithm, key.state, key.created, key.retires});
    }
    return list;
}

Result<void> Provider::prepareKey(std::string_view path)
{
    Issuer settings;
    std::string id;
    {
        const std::lock_guard lock(d->mutex);
        const Realm* const realm = d->find(path);
        if (realm == nullptr)
            return unknownIssuer(path);
        settings = realm->settings;
        id = realm->keys.nextId(settings.keyPrefix, realm->now());
    }
    CLAIMSMITH_TRY(jose::Key key, makeSigningKey(settings, id)); // without the lock: requests go on
    const std::lock_guard lock(d->mutex);
    Realm* const realm = d->find(path);
    if (realm == nullptr)
        return unknownIssuer(path);
    realm->keys.prepare(std::move(key), realm->now());
    d->saveKeys(*realm);
    return {};
}

Result<void> Provider::signWithNextKey(std::string_view path, std::optional<std::int64_t> overlap)
{
    const std::lock_guard lock(d->mutex);
    Realm* const realm = d->find(path);
    if (realm == nullptr)
        return unknownIssuer(path);
    if (!realm->keys.signWithNext(realm->now(), overlap.value_or(realm->longestTokenLifetime())))
        return providerError(ProviderErrorCode::NoNextKey, "no key was prepared", "path", path);
    d->saveKeys(*realm);
    return {};
}

Result<void> Provider::dropOldKeys(std::string_view path)
{
    const std::lock_guard lock(d->mutex);
    Realm* const realm = d->find(path);
    if (realm == nullptr)
        return unknownIssuer(path);
    realm->keys.dropOld();
    d->saveKeys(*realm);
    return {};
}

Result<void> Provider::rotateKeys(std::string_view path)
{
    CLAIMSMITH_CHECK(prepareKey(path));
    return signWithNextKey(path);
}

Result<document::Object> Provider::preview(TokenKind kind, const IssueRequest& request) const
{
    const std::lock_guard lock(d->mutex);
    CLAIMSMITH_TRY(const Recipient recipient, findRecipient(d->realms, request));
    return claimsFor(*recipient.realm, kind, recipient.authorization, *recipient.client, recipient.user,
                     recipient.realm->now());
}

Result<IssuedTokens> Provider::issue(const IssueRequest& request)
{
    const std::lock_guard lock(d->mutex);
    CLAIMSMITH_TRY(Recipient recipient, findRecipient(d->realms, request));
    Authorization& authorization = remember(*recipient.realm, std::move(recipient.authorization));
    const bool withRefresh = recipient.user != nullptr && recipient.client->has(GrantType::RefreshToken);
    return issueTokens(*recipient.realm, authorization, withRefresh);
}

std::vector<SessionDescription> Provider::sessions(std::string_view path) const
{
    const std::lock_guard lock(d->mutex);
    std::vector<SessionDescription> list;
    const Realm* const realm = d->find(path);
    if (realm == nullptr)
        return list;
    realm->store.authorizations.each([&](const std::string& id, const Authorization& authorization) {
        const bool isLive = authorization.hasRefreshToken || authorization.accessExpires > realm->now();
        if (!authorization.revoked && isLive && authorization.accessExpires != 0)
            list.push_back({id, authorization.user, authorization.client, authorization.scopes, authorization.created,
                            authorization.accessIssued, authorization.accessExpires, authorization.refreshed,
                            authorization.hasRefreshToken});
    });
    return list;
}

bool Provider::revokeSession(std::string_view path, std::string_view id)
{
    const std::lock_guard lock(d->mutex);
    Realm* const realm = d->find(path);
    if (realm == nullptr || realm->store.authorizations.find(id) == nullptr)
        return false;
    revoke(*realm, id);
    return true;
}

Result<IssuedTokens> Provider::refreshSession(std::string_view path, std::string_view id)
{
    const std::lock_guard lock(d->mutex);
    Realm* const realm = d->find(path);
    Authorization* const authorization = realm == nullptr ? nullptr : realm->store.authorizations.find(id);
    if (authorization == nullptr || authorization->revoked)
        return unknownSession(id);
    authorization->refreshed = true;
    return issueTokens(*realm, *authorization, false);
}

void Provider::resetState()
{
    const std::lock_guard lock(d->mutex);
    for (const auto& realm : d->realms)
        realm->store = Store();
}

std::size_t Provider::drainLog(std::vector<LogEntry>& into)
{
    return d->log.drain(into);
}

} // namespace claimsmith::identity

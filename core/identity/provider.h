// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "http/message.h"
#include "identity/claims.h"
#include "identity/configuration.h"
#include "identity/keyring.h"
#include "identity/realm.h"
#include "identity/requestlog.h"
#include "identity/tokens.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::identity {

enum class ProviderErrorCode {
    IssuerUnknown, ///< parameter "path"
    ClientUnknown, ///< parameter "client"
    UserUnknown,   ///< parameter "user"
    NoNextKey,     ///< no key was prepared
    SessionUnknown,
    KeysUnusable, ///< the keys that were kept can't be read; the cause says why
};
const ErrorDomain& errorDomain(ProviderErrorCode) noexcept;

struct ProviderOptions
{
    const Clock* clock = &systemClock(); ///< outlives the provider; a ShiftedClock makes it travel in time
    Secrets secrets = {};                ///< by name: those of secretNames()
    /// Where an issuer's signing keys are kept between starts, by its path: read at the start, written when they
    /// change. Without them keys live as long as the provider. What is written holds private keys: a keychain's, no
    /// file's.
    std::function<std::optional<SecretBytes>(const std::string& path)> loadKeys = {};
    /// Called on the thread that caused it; must not call the provider.
    std::function<void(const std::string& path, SecretBytes keys)> saveKeys = {};
    std::size_t logEntries = 1000; ///< how many requests wait for drainLog() at most; 0: none are kept
};

/// What goes to the client, and how badly.
struct ProviderAnswer
{
    http::Response response;
    std::chrono::milliseconds delay{0}; ///< to wait before it is sent
    bool truncated = false;             ///< close after half of the body
};

/// An issuer as a panel shows it.
struct IssuerDescription
{
    std::string path;
    std::string name;
    std::string url;
    /// Member of the discovery document and address: "token_endpoint" → "http://localhost:8085/realms/demo/token".
    std::vector<std::pair<std::string, std::string>> endpoints;
};

struct KeyDescription
{
    std::string id;
    std::string algorithm;
    KeyState state;
    std::int64_t created; ///< Unix seconds
    std::int64_t retires; ///< VerifyOnly: when it disappears
};

/// A login or grant with tokens that may still be good.
struct SessionDescription
{
    std::string id;
    std::string user; ///< empty: the client for itself
    std::string client;
    std::vector<std::string> scopes;
    std::int64_t created; ///< Unix seconds, here and below
    std::int64_t accessIssued;
    std::int64_t accessExpires;
    bool refreshed;
    bool hasRefreshToken;
};

/// A token that nobody asked for over HTTP.
struct IssueRequest
{
    std::string issuer; ///< path
    std::string client;
    std::string user = {};                               ///< empty: the client for itself
    std::optional<std::vector<std::string>> scopes = {}; ///< nothing: all that the client may have
    std::optional<std::int64_t> lifetime = {};           ///< of the access token, in seconds
    document::Object claims = {};                        ///< replace and add to what would be issued
};

/// The built-in OpenID Provider: several issuers by path, without a socket (ProviderServer has one). A test, a fuzzer
/// and a server hand it requests. Any thread may call any member; they wait for each other, at most for the making of a
/// signature, except where told and where a key is made meanwhile: by rotateAfterDays, by the fault keys-rotated.
class Provider final
{
public:
    /// Makes or loads the signing keys: takes up to a second for each issuer that has none.
    static Result<std::unique_ptr<Provider>> create(ProviderConfiguration configuration, ProviderOptions options);
    Provider(const Provider&) = delete;
    Provider& operator=(const Provider&) = delete;
    ~Provider();

    /// What stands before the issuers' paths: "http://localhost:8085". The configuration's publicUrl wins. Without
    /// either everything is answered with 503.
    void setUrl(const std::string& url);
    /// Settings, users and clients from now on. Keys, sessions and tokens of issuers that keep path and algorithm stay,
    /// and so do their faults where the configuration says what it said before. Makes keys as create() does.
    Result<void> apply(ProviderConfiguration configuration, Secrets secrets);
    ProviderConfiguration configuration() const;

    /// Answers a request; never throws.
    ProviderAnswer answer(const http::Request& request);

    std::vector<IssuerDescription> issuers() const;

    /// Faults of an issuer; none for a path that is not there.
    FaultSet faults(std::string_view path) const;
    void setFault(std::string_view path, Fault fault, bool on);

    std::vector<KeyDescription> keys(std::string_view path) const;
    /// Rotation in steps: publish the next key, sign with it while the old one is still published, forget the old one.
    /// prepareKey() takes up to a second, others may go on meanwhile. IssuerUnknown, NoNextKey.
    Result<void> prepareKey(std::string_view path);
    /// `overlap` seconds; nothing: as long as the longest token lives.
    Result<void> signWithNextKey(std::string_view path, std::optional<std::int64_t> overlap = {});
    Result<void> dropOldKeys(std::string_view path);
    /// prepareKey() and signWithNextKey() in one.
    Result<void> rotateKeys(std::string_view path);

    /// The claims as they would be issued now to this client for this user with these scopes, faults aside.
    Result<document::Object> preview(TokenKind kind, const IssueRequest& request) const;
    /// Any token, without a login: for the embedding program only, no endpoint leads here.
    Result<IssuedTokens> issue(const IssueRequest& request);

    /// Authorizations that were not revoked and whose access token is good, or that have a refresh token.
    std::vector<SessionDescription> sessions(std::string_view path) const;
    /// Ends a session: its tokens are no longer taken. False when it is not there.
    bool revokeSession(std::string_view path, std::string_view id);
    /// New tokens for a session. SessionUnknown.
    Result<IssuedTokens> refreshSession(std::string_view path, std::string_view id);
    /// Signs everybody out and forgets codes, tokens and consents; keys and settings stay.
    void resetState();

    /// Appends the requests since the last call and returns how many are missing because the log was full.
    std::size_t drainLog(std::vector<LogEntry>& into);

private:
    class Private;
    explicit Provider(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace claimsmith::identity

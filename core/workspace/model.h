// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What a workspace holds, as plain values: copied, compared, edited and put back. Nothing here is a secret: secrets
/// are named (`{{secret:NAME}}`, `${{ env "DECK_NAME" }}`) and kept elsewhere. Texts may hold `{{variables}}`.
namespace claimsmith::workspace {

/// Identifies a request, folder, environment or recipe for life, through renames and moves: a UUID.
using Id = std::string;

/// A row of a table: a parameter, a header, a form field.
struct Row
{
    bool enabled = true;
    std::string name;
    std::string value;
    std::string description;
    friend bool operator==(const Row&, const Row&) = default;
};

enum class BodyKind { None, Json, Text, Form, File };

struct Body
{
    BodyKind kind = BodyKind::None;
    std::string text;        ///< Json and Text
    std::string contentType; ///< Text and File; empty: text/plain, application/octet-stream
    std::vector<Row> form;   ///< Form: application/x-www-form-urlencoded
    std::string file;        ///< File: path, relative to the workspace
    friend bool operator==(const Body&, const Body&) = default;
};

struct NoAuth
{
    friend bool operator==(const NoAuth&, const NoAuth&) = default;
};

/// RFC 6750 §2.1.
struct BearerAuth
{
    std::string token;
    std::string prefix = "Bearer";
    friend bool operator==(const BearerAuth&, const BearerAuth&) = default;
};

/// RFC 7617.
struct BasicAuth
{
    std::string username;
    std::string password;
    friend bool operator==(const BasicAuth&, const BasicAuth&) = default;
};

struct ApiKeyAuth
{
    std::string name = "apikey";
    std::string value;
    bool inQuery = false; ///< else in a header
    friend bool operator==(const ApiKeyAuth&, const ApiKeyAuth&) = default;
};

/// A token made from a recipe of the workspace when the request is sent.
struct SignedTokenAuth
{
    std::string recipe; ///< name of a TokenRecipe
    std::string header = "Authorization";
    std::string prefix = "Bearer"; ///< empty: the token alone
    friend bool operator==(const SignedTokenAuth&, const SignedTokenAuth&) = default;
};

using Auth = std::variant<NoAuth, BearerAuth, BasicAuth, ApiKeyAuth, SignedTokenAuth>;

enum class Via { Gateway, Direct };

struct Request
{
    Id id;
    std::string name;
    std::string method = "GET";
    std::string url;
    Via via = Via::Gateway;
    std::vector<Row> params; ///< added to the query of `url`
    std::vector<Row> headers;
    Body body;
    Auth auth;
    std::string description;
    friend bool operator==(const Request&, const Request&) = default;
};

/// A folder of requests; the order of both lists is the user's. Folders do not nest further yet on screen, but may
/// here.
struct Folder
{
    Id id;
    std::string name;
    std::vector<Request> requests;
    std::vector<Folder> folders;
    friend bool operator==(const Folder&, const Folder&) = default;
};

/// Variables of one environment; `text` is the file as the user wrote it (JSON with comments), the rest is read from
/// it.
struct Environment
{
    Id id;
    std::string name;
    std::string parent; ///< name of the environment that it refines; empty for a base
    std::string color;  ///< "#rrggbb" or empty
    bool asksBeforeSending = false;
    std::string text;
    friend bool operator==(const Environment&, const Environment&) = default;
};

/// The key that a recipe signs with.
struct CredentialKey
{
    std::string consumer; ///< username in the gateway configuration
    std::string key;      ///< the credential's `key`; empty: the consumer's first JWT credential
    friend bool operator==(const CredentialKey&, const CredentialKey&) = default;
};

struct KeyringKey
{
    std::string kid; ///< of a StoredKey
    friend bool operator==(const KeyringKey&, const KeyringKey&) = default;
};

enum class SecretEncoding { Text, Base64, Base64Url, Hex };

struct SecretKey
{
    std::string secret; ///< name in the secret store
    SecretEncoding encoding = SecretEncoding::Text;
    friend bool operator==(const SecretKey&, const SecretKey&) = default;
};

using SigningKey = std::variant<CredentialKey, KeyringKey, SecretKey>;

/// How to make a token, as a live variable `{{token.NAME}}`: signed when it is needed, never stored. Header and payload
/// are JSON texts that may hold relative times as strings: "now", "now+10m", "now-30s"; they become NumericDates (RFC
/// 7519 §2).
struct TokenRecipe
{
    Id id;
    std::string name;
    std::string algorithm = "HS256"; ///< written into the header as `alg`
    std::string header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    std::string payload = "{}";
    SigningKey key;
    friend bool operator==(const TokenRecipe&, const TokenRecipe&) = default;
};

/// The public part of a key; the private part, when there is one, is in the secret store under "key/<kid>".
struct StoredKey
{
    std::string kid;
    std::string publicJwk; ///< JSON text; empty for a symmetric key
    std::string algorithm;
    bool hasPrivatePart = false;
    friend bool operator==(const StoredKey&, const StoredKey&) = default;
};

struct GatewayFile
{
    std::string proxyListen = "127.0.0.1:8000";
    std::string adminListen = "127.0.0.1:8001";
    /// Authorities of upstreams that the built-in echo answers for, e.g. "localhost:3000".
    std::vector<std::string> echoStandsInFor;
    friend bool operator==(const GatewayFile&, const GatewayFile&) = default;
};

struct Workspace
{
    Id id;
    std::string name;
    std::vector<Folder> folders;
    std::vector<Environment> environments;
    std::vector<TokenRecipe> tokens;
    std::vector<StoredKey> keys;
    GatewayFile gateway;
    std::string kongYml; ///< gateway/kong.yml as it is on disk
    friend bool operator==(const Workspace&, const Workspace&) = default;

    const Request* findRequest(const Id& request) const noexcept;
    Request* findRequest(const Id& request) noexcept;
    const TokenRecipe* findToken(std::string_view recipe) const noexcept;            ///< by name
    const Environment* findEnvironment(std::string_view environment) const noexcept; ///< by name
};

} // namespace claimsmith::workspace

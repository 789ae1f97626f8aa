// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "jose/key.h"
#include "workspace/model.h"
#include "workspace/sources.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::gateway {
struct Entity;
class Snapshot;
} // namespace claimsmith::gateway

namespace claimsmith::app {

/// Where the key comes from: the parts of the chooser, in its order.
enum class KeyKind { Keyring, Secret, Pem, Jwk, JwksUrl, Credential };

/// Which key signs and verifies, as chosen. Names only: what is typed or fetched is a TypedKeys. A plain value.
struct KeyChoice
{
    KeyKind kind = KeyKind::Credential;
    std::string kid;    ///< Keyring
    std::string secret; ///< Secret: its name in the store; empty: the typed one
    workspace::SecretEncoding encoding = workspace::SecretEncoding::Text;
    std::string consumer;   ///< Credential
    std::string credential; ///< Credential: its `key`; empty: the consumer's first one
    std::string url;        ///< JwksUrl

    friend bool operator==(const KeyChoice&, const KeyChoice&) = default;
};

KeyChoice choiceOf(const workspace::SigningKey& key);
/// Nothing for what a recipe can't name: a key that was pasted or fetched, a secret that was typed.
std::optional<workspace::SigningKey> signingKeyOf(const KeyChoice& choice);

/// Key texts that were typed, pasted or fetched for one token. Shared, never copied; kept out of undo steps and files.
struct TypedKeys
{
    std::shared_ptr<const SecretBytes> secret;
    std::shared_ptr<const SecretBytes> pem;
    std::shared_ptr<const SecretBytes> jwk;
    std::shared_ptr<const SecretBytes> jwks;
};

/// Where keys are looked up. Everything has to outlive the call.
struct KeySources
{
    const workspace::Workspace& workspace;
    const workspace::SecretSource& secrets;
    const gateway::Snapshot* snapshot = nullptr;
    /// How the gateway's jwt plugin reads secrets of credentials.
    bool secretIsBase64 = false;
};

enum class KeyChoiceErrorCode {
    NothingChosen,
    NothingTyped,
    NotFetched,          ///< JwksUrl: fetching is an explicit click
    UnknownKey,          ///< Keyring: parameter "kid"
    UnknownCredential,   ///< parameters "consumer", "key"
    NoConfiguration,     ///< the gateway has none that is valid
    SecretMissing,       ///< parameter "name": not in the store, or the store is locked
    ReferenceUnresolved, ///< the credential names a secret that is not there; parameter "name"
};
const ErrorDomain& errorDomain(KeyChoiceErrorCode) noexcept;

/// The keys behind a choice, and what to call them.
struct ChosenKeys
{
    std::vector<jose::Key> keys; ///< several only from a JWK Set
    std::optional<Error> problem;
    std::string name;       ///< "login_server_issuer", the kid, the host of a URL: empty when the key is nameless
    std::string secretName; ///< what a chip shows in place of the secret; empty when there is none
    std::string algorithm;  ///< that the credential or the key demands; empty: any that fits
    const gateway::Entity* credential = nullptr; ///< of the snapshot
};

ChosenKeys chosenKeys(const KeyChoice& choice, const TypedKeys& typed, const KeySources& sources);

/// The key that may sign with this algorithm, or the reason why there is none.
Result<jose::Key> keyForSigning(const ChosenKeys& chosen, std::string_view algorithm);

/// The signature of `signingInput`, not encoded. The key's size is not judged: lint does that.
Result<Bytes> makeSignature(const ChosenKeys& chosen, std::string_view algorithm, BytesView signingInput);

} // namespace claimsmith::app

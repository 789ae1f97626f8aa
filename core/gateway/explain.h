// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/trace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace claimsmith::gateway {

class Snapshot;

/// A sentence that app/text/ writes: an id and the values in it. Nothing here is prose.
struct Text
{
    std::string id; ///< e.g. "jwt.expired.title"
    Parameters parameters = {};
    friend bool operator==(const Text&, const Text&) = default;
};

/// A row of the table that sets what was found against what was wanted.
struct ComparisonRow
{
    Text label;                       ///< "compare.claim" with name=exp, "compare.gateway-clock", "compare.leeway"
    std::string value;                ///< raw, as in the token or the configuration
    std::optional<std::int64_t> time; ///< the value as Unix time, when it is one: the reader adds date and distance
    Text note = {};                   ///< what else there is to say, e.g. "compare.fixed-by-plugin"; id empty: nothing
    bool offending = false;
};

/// A point on the time ruler, in Unix seconds.
struct RulerMark
{
    std::string name; ///< "iat", "nbf", "exp", "now"
    std::int64_t time = 0;
    friend bool operator==(const RulerMark&, const RulerMark&) = default;
};

/// The repairs. Each says what to change and with which value; the desktop previews it as a change of the request, the
/// token or the document, and can undo it. Pointers lead into the snapshot's document. None holds a key or secret.

/// Make a new token with a credential and attach it to the request as `Authorization: Bearer`, or in the given header.
struct SignToken
{
    std::string consumerId;
    std::string consumer; ///< name to show
    std::string credentialId;
    std::string key;          ///< the value of the key claim
    std::string keyClaim;     ///< where it goes: "iss"
    bool keyInHeader = false; ///< the key claim goes into the token's header (Kong reads `kid` there)
    std::string algorithm;
    document::Object claims; ///< further claims: exp, nbf…
    std::string header;      ///< request header that the plugin reads
};

/// Change the token that the request carries and sign it again with a credential.
struct Resign
{
    std::string credentialId = {}; ///< whose key signs; empty: the key that signed it before
    std::string algorithm;         ///< empty: unchanged
    document::Object claims;       ///< set these
    document::Object headers;      ///< set these members of the token's header
    std::vector<std::string> removedClaims;
};

/// Send an API key with the request.
struct AttachKey
{
    std::string consumerId;
    std::string consumer;
    std::string credentialId;
    std::string name; ///< of the header or query argument
    bool inQuery = false;
};

/// Add a credential for a consumer (empty: let the user choose, or create one).
struct CreateCredential
{
    std::string kind; ///< "jwt_secrets"
    std::string consumerId;
    std::string key;
    std::string algorithm;
};

/// Send a consumer's user name and password (RFC 7617).
struct AttachBasic
{
    std::string consumerId;
    std::string consumer;
    std::string credentialId; ///< in "basicauth_credentials"
};

/// Put a value at a place of the document. The place need not be there yet; a last token "-" appends to a list.
struct SetField
{
    std::string pointer = {};
    document::Value value;
};

using SetCredentialField = SetField;
using SetPluginField = SetField;

/// Take a field, an element of a list or a whole entity out of the document.
struct RemoveField
{
    std::string pointer;
};

/// Add an entity, with what is nested in it, to a list of the document. The list need not be there yet.
struct AddEntity
{
    std::string list; ///< "/consumers", "/consumers/0/acls", "/routes/1/plugins"
    document::Object entity;
};

/// Set a header of the request, in the place of all of that name, or take them out.
struct SetHeader
{
    std::string name;
    std::optional<std::string> value; ///< nothing: take it out
};

/// Show an entity, or one of its fields, for the user to change.
struct OpenEntity
{
    std::string pointer;
};

/// Show the token at the part that is broken.
struct OpenToken
{
    enum class Part { Header, Payload, Signature, Whole };
    Part part = Part::Whole;
};

/// Take the token out of every place but one.
struct KeepOneToken
{
    std::string place = {}; ///< "header authorization", "query jwt", "cookie session": where it stays
};

/// Compare the signature with what other readings of the key would give.
struct CompareKeys
{
    std::string credentialId;
};

/// Move the gateway's clock.
struct ShiftClock
{
    std::int64_t seconds = 0;
};

using RepairAction = std::variant<SignToken, Resign, AttachKey, AttachBasic, CreateCredential, SetField, RemoveField,
                                  AddEntity, SetHeader, OpenEntity, OpenToken, KeepOneToken, CompareKeys, ShiftClock>;

struct Repair
{
    Text label; ///< the button: "repair.resign-exp" with seconds=600
    RepairAction action;
    bool primary = false; ///< at most one of an explanation
};

struct Explanation
{
    Text title;
    Text sentence; ///< id empty: the title says it all
    std::vector<ComparisonRow> comparison;
    std::vector<RulerMark> ruler; ///< in order of time; empty when time is not the cause
    std::vector<Repair> repairs;
    std::vector<Finding> checks; ///< of the step, in order; those behind the first failure are NotChecked
    std::optional<CredentialRef> credential;
    std::optional<std::string> algorithm; ///< of that credential
    std::optional<EntityRef> consumer;
    std::size_t step = 0; ///< index of the step it speaks of
};

/// Names the cause: title and sentence become "<cause>.title" and "<cause>.sentence", with the same parameters. Causes
/// are written as whole literals, so that a test can hold core and text together.
void setCause(Explanation& explanation, std::string_view cause, Parameters parameters);

/// Why the exchange ended as it did, and what would change that. `snapshot` is the configuration to repair: usually the
/// one the exchange ran with. Also explains success (who authenticated) and faults of the upstream. Reads only; any
/// thread.
Explanation explain(const Trace& trace, const Snapshot& snapshot);
/// The same for one step, for a reader who selected it.
Explanation explainStep(const Trace& trace, std::size_t step, const Snapshot& snapshot);

} // namespace claimsmith::gateway

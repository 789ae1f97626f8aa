// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "base/random.h"
#include "crypto/digest.h"
#include "crypto/keyreader.h"
#include "gateway/declarative/item.h"
#include "gateway/uuid.h"

#include <algorithm>
#include <cmath>

namespace claimsmith::gateway::declarative {

using document::Value;

namespace {

/// Kong's namespace for ids in declarative documents.
constexpr std::string_view documentNamespace = "fd02801f-0957-4a15-a55a-c8d9606f30b5";

std::string textOf(const Item& item, std::string_view field)
{
    const Value* value = item.fields.find(field);
    return value && value->asString() ? *value->asString() : std::string();
}

/// A reference as Kong writes it into the key of a child: the id of what it is nested in, else the text as given.
struct KeyPart
{
    std::string text;
    bool isLasting = true;
};

KeyPart referenceOf(const Item& item, std::string_view field)
{
    if (item.parent && item.parentField == field)
        return {item.parent->id, item.parent->idIsLasting};
    const Value* value = item.fields.find(field);
    if (!value || value->isNull())
        return {};
    const std::string* id = value->asString() ? value->asString() : value->findString("id");
    return {id ? *id : std::string(), true};
}

/// The text that the id is made from; empty when it has to be random.
std::string keyOf(const Item& item)
{
    const std::string_view type = item.type->name;
    const auto prefix = std::string(type) + ":*:";
    if (type == "plugins") {
        const KeyPart route = referenceOf(item, "route");
        const KeyPart service = referenceOf(item, "service");
        const KeyPart consumer = referenceOf(item, "consumer");
        const KeyPart group = referenceOf(item, "consumer_group");
        if (!route.isLasting || !service.isLasting || !consumer.isLasting || !group.isLasting)
            return {};
        return prefix + textOf(item, "name") + ":" + route.text + ":" + service.text + ":" + consumer.text +
               (group.text.empty() ? "" : ":" + group.text);
    }
    const auto composed = [&](std::string_view parent, std::string_view field) {
        const KeyPart owner = referenceOf(item, parent);
        return owner.isLasting ? prefix + owner.text + ":" + textOf(item, field) : std::string();
    };
    if (type == "targets")
        return composed("upstream", "target");
    if (type == "acls")
        return composed("consumer", "group");
    if (type == "keys")
        return prefix + textOf(item, "kid") + ":" + referenceOf(item, "set").text;
    if (type == "basicauth_credentials" || type == "hmacauth_credentials")
        return prefix + textOf(item, "username");
    if (type == "vaults")
        return prefix + textOf(item, "prefix");
    if (type == "consumers")
        return textOf(item, "username");
    static constexpr std::string_view named[] = {"services", "routes",   "upstreams",
                                                 "snis",     "key_sets", "consumer_groups"};
    return std::ranges::find(named, type) == std::end(named) ? std::string() : textOf(item, "name");
}

void assignId(Item& item)
{
    item.id = textOf(item, "id");
    item.idIsLasting = !item.id.empty();
    if (item.id.empty() &&
        !item.type->isRelation) { // that of a relation is made from what it joins, once that is known
        const std::string key = keyOf(item);
        item.idIsLasting = !key.empty();
        item.id = key.empty() ? randomUuid() : nameUuid(nameUuid(documentNamespace, item.type->name), key);
        item.fields.set("id", item.id);
    }
}

/// Loading writes every entity, which is then new: `updated_at` is now whatever it says, unless there is no time to
/// build at.
void setTime(Item& item, std::string_view field, TimePoint now)
{
    Value* value = item.fields.find(field);
    if (!value || (!value->isNull() && (field == "created_at" || now == TimePoint{})))
        return;
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count();
    if (item.type->name == "targets")
        *value = static_cast<double>(milliseconds) / 1000.0;
    else
        *value = milliseconds / 1000;
}

/// Keys and secrets that nobody gave.
void generateKeys(Item& item)
{
    for (const Field& field : item.type->schema().fields)
        if (field.automatic && field.type == FieldType::String && field.name != "id" &&
            !item.given.contains(field.name))
            item.fields.set(field.name, randomAlphanumeric(32));
}

/// What a CA certificate is found by.
void addDigest(document::Object& fields)
{
    const Value* pem = fields.find("cert");
    if (!pem || !pem->asString())
        return;
    const auto read = crypto::readPemKey(*pem->asString());
    if (read && read->certificate)
        fields.set("cert_digest", toHex(crypto::digest(crypto::DigestKind::Sha256, read->certificate->der)));
}

void addUsualPort(document::Object& fields)
{
    const Value* target = fields.find("target");
    if (target && target->asString() && target->asString()->find(':') == std::string::npos)
        fields.set("target", *target->asString() + ":8000");
}

void complete(Item& item, const BuildOptions& options)
{
    assignId(item);
    setTime(item, "created_at", options.now);
    setTime(item, "updated_at", options.now);
    generateKeys(item);
    completeFields(*item.type, item.fields);
    for (const auto& child : item.children)
        complete(*child, options);
}

} // namespace

void completeFields(const EntityType& type, document::Object& fields)
{
    if (type.name == "targets")
        addUsualPort(fields);
    if (type.name == "ca_certificates")
        addDigest(fields);
}

std::string relationId(const EntityType& type, std::string_view sides)
{
    return nameUuid(nameUuid(documentNamespace, type.name), std::string(type.name) + ":*:" + std::string(sides));
}

void completeItems(Document& document, const BuildOptions& options)
{
    for (const auto& item : document.items)
        complete(*item, options);
}

} // namespace claimsmith::gateway::declarative

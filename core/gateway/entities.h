// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/exchange.h"
#include "gateway/schema.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace claimsmith::gateway {

enum class Edition;

/// A kind of entity of a declarative document.
struct EntityType
{
    std::string_view name;      ///< "services": the key of its list in a document
    std::string_view singular;  ///< "service", as flattened errors name it
    std::string_view lookupKey; ///< the field that names one: "name", "username", "key"; empty when only the id does
    const Schema& (*schema)();
    std::string_view path = {};       ///< of its collection in the Admin API; empty: the name
    std::string_view nestedPath = {}; ///< of its collection under a parent; empty: the path
    bool enterpriseOnly = false;
    /// Turns what was given into what is kept, once references are ids: passwords become digests. A document that says
    /// `_transform: false` has the kept form already.
    void (*transform)(document::Object& fields) = nullptr;
    /// Where the open-source edition knows less of it than `schema` says.
    const Schema& (*openSourceSchema)() = nullptr;
    /// It does no more than join the two entities that it refers to: a pair is joined once, however often a document
    /// says so, and the Admin API has no path for it.
    bool isRelation = false;

    bool isKnownTo(Edition edition) const noexcept;
    const Schema& schemaIn(Edition edition) const;
};

/// All kinds: Kong's core entities and what the plugins bring along.
const std::vector<const EntityType*>& entityTypes();
const EntityType* findEntityType(std::string_view name) noexcept;

/// One validated entity with its defaults.
struct Entity
{
    const EntityType* type = nullptr;
    std::string id;
    document::Object fields; ///< as the Admin API shows it; foreign keys are {"id": …}
    std::string pointer;     ///< where it stands in the document

    /// The lookup key's value, or the id.
    std::string_view name() const noexcept;
    /// The text of a string field; empty when it is null or of another type.
    std::string_view text(std::string_view field) const noexcept;
    /// The id in a foreign field; empty when it is null.
    std::string_view reference(std::string_view field) const noexcept;
};

/// The entities of a configuration by kind and id. Addresses of entities stay the same while it lives.
class Entities final
{
public:
    /// In the order of the document.
    const std::vector<std::unique_ptr<const Entity>>& all(std::string_view type) const noexcept;
    const Entity* find(std::string_view type, std::string_view id) const noexcept;
    const Entity* findByName(std::string_view type, std::string_view name) const noexcept; ///< by the lookup key
    /// The entity whose place in the document is this pointer, or the nearest one that encloses it; null when none
    /// does.
    const Entity* findAt(std::string_view pointer) const noexcept;
    /// The entities of a kind that refer to `id` in `field`: the credentials of a consumer.
    std::vector<const Entity*> referringTo(std::string_view type, std::string_view field, std::string_view id) const;

    bool empty() const noexcept { return m_byPointer.empty(); }

    /// For the reader that fills it.
    const Entity& add(Entity entity);

private:
    /// Keys are texts of the entities themselves, which never change.
    using Index = std::unordered_map<std::string_view, const Entity*>;

    struct Table
    {
        std::vector<std::unique_ptr<const Entity>> rows;
        Index byId;
        Index byName;
    };

    std::map<std::string_view, Table> m_tables;
    Index m_byPointer;
};

/// What the engine reads of entities, compiled once.
struct UpstreamTls;

struct Service
{
    const Entity* entity = nullptr;
    std::string id;
    std::string name; ///< may be empty
    bool enabled = true;
    std::string protocol; ///< http, https, grpc…
    std::string host;
    std::uint16_t port = 80;
    std::string path; ///< empty when there is none
    int retries = 5;
    std::chrono::milliseconds connectTimeout{60000};
    std::chrono::milliseconds writeTimeout{60000};
    std::chrono::milliseconds readTimeout{60000};
    std::shared_ptr<const UpstreamTls> tls; ///< null for protocols in the clear
};

struct Route
{
    const Entity* entity = nullptr;
    std::string id;
    std::string name; ///< may be empty
    const Service* service = nullptr;
    std::vector<std::string> protocols;
    std::vector<std::string> methods;
    std::vector<std::string> hosts;
    std::vector<std::string> paths; ///< a regex begins with "~"
    std::vector<std::pair<std::string, std::vector<std::string>>> headers;
    std::vector<std::string> snis;
    int httpsRedirectStatus = 426;
    int regexPriority = 0;
    bool stripPath = true;
    bool preserveHost = false;
    bool requestBuffering = true;
    bool responseBuffering = true;

    bool allows(std::string_view protocol) const noexcept;
};

/// Enterprise only.
struct ConsumerGroup
{
    const Entity* entity = nullptr;
    std::string id;
    std::string name;
};

struct Consumer
{
    const Entity* entity = nullptr;
    std::string id;
    std::string username;                          ///< may be empty
    std::string customId;                          ///< may be empty
    std::vector<const ConsumerGroup*> groups = {}; ///< that it is in, by name
};

} // namespace claimsmith::gateway

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/snapshotbuilder.h"
#include "base/base64.h"
#include "crypto/digest.h"
#include "document/json.h"
#include "gateway/declarative/item.h"
#include "gateway/plugins/all.h"
#include "gateway/router.h"

#include <algorithm>

namespace claimsmith::gateway {

using document::Object;
using document::Value;

namespace {

std::int64_t integerOf(const Entity& entity, std::string_view field, std::int64_t fallback)
{
    const Value* value = entity.fields.find(field);
    return value && value->asNumber() ? value->asNumber()->toInteger().value_or(fallback) : fallback;
}

std::optional<bool> booleanOf(const Entity& entity, std::string_view field)
{
    const Value* value = entity.fields.find(field);
    return value && value->asBoolean() ? std::optional(*value->asBoolean()) : std::nullopt;
}

std::vector<std::string> textsOf(const Value* list)
{
    std::vector<std::string> texts;
    if (list && list->asArray())
        for (const Value& element : *list->asArray())
            if (element.asString())
                texts.push_back(*element.asString());
    return texts;
}

std::vector<std::string> textsOf(const Entity& entity, std::string_view field)
{
    return textsOf(entity.fields.find(field));
}

std::chrono::milliseconds timeoutOf(const Entity& entity, std::string_view field)
{
    return std::chrono::milliseconds(integerOf(entity, field, 60000));
}

bool speaksTls(std::string_view protocol) noexcept
{
    return protocol == "https" || protocol == "grpcs" || protocol == "tls";
}

Service makeService(const Entity& entity)
{
    Service service;
    service.entity = &entity;
    service.id = entity.id;
    service.name = entity.text("name");
    service.enabled = booleanOf(entity, "enabled").value_or(true);
    service.protocol = entity.text("protocol");
    service.host = entity.text("host");
    service.port = static_cast<std::uint16_t>(integerOf(entity, "port", 80));
    service.path = entity.text("path");
    service.retries = static_cast<int>(integerOf(entity, "retries", 5));
    service.connectTimeout = timeoutOf(entity, "connect_timeout");
    service.writeTimeout = timeoutOf(entity, "write_timeout");
    service.readTimeout = timeoutOf(entity, "read_timeout");
    return service;
}

Route makeRoute(const Entity& entity)
{
    Route route;
    route.entity = &entity;
    route.id = entity.id;
    route.name = entity.text("name");
    route.protocols = textsOf(entity, "protocols");
    route.methods = textsOf(entity, "methods");
    route.hosts = textsOf(entity, "hosts");
    route.paths = textsOf(entity, "paths");
    route.snis = textsOf(entity, "snis");
    if (const Value* headers = entity.fields.find("headers"); headers && headers->asObject())
        for (const auto& [name, values] : *headers->asObject())
            route.headers.emplace_back(name, textsOf(&values));
    route.httpsRedirectStatus = static_cast<int>(integerOf(entity, "https_redirect_status_code", 426));
    route.regexPriority = static_cast<int>(integerOf(entity, "regex_priority", 0));
    route.stripPath = booleanOf(entity, "strip_path").value_or(true);
    route.preserveHost = booleanOf(entity, "preserve_host").value_or(false);
    route.requestBuffering = booleanOf(entity, "request_buffering").value_or(true);
    route.responseBuffering = booleanOf(entity, "response_buffering").value_or(true);
    return route;
}

Consumer makeConsumer(const Entity& entity)
{
    return {&entity, entity.id, std::string(entity.text("username")), std::string(entity.text("custom_id"))};
}

/// The groups of every consumer by its id, each list by name.
using Memberships = std::unordered_map<std::string_view, std::vector<const ConsumerGroup*>>;

Memberships readMemberships(const Entities& entities, const std::vector<std::unique_ptr<const ConsumerGroup>>& groups)
{
    std::unordered_map<std::string_view, const ConsumerGroup*> byId;
    for (const auto& group : groups)
        byId.emplace(group->id, group.get());
    Memberships memberships;
    for (const auto& entity : entities.all("consumer_group_consumers"))
        memberships[entity->reference("consumer")].push_back(byId.at(entity->reference("consumer_group")));
    for (auto& [consumer, list] : memberships)
        std::ranges::sort(list, {}, &ConsumerGroup::name);
    return memberships;
}

template <class T>
const T* findById(const std::vector<std::unique_ptr<const T>>& rows, std::string_view id) noexcept
{
    const auto found = std::ranges::find(rows, id, [](const auto& row) { return std::string_view(row->id); });
    return id.empty() || found == rows.end() ? nullptr : found->get();
}

std::string hashOf(std::string_view text, const Entities& entities)
{
    return entities.empty() ? std::string(32, '0') : toHex(crypto::digest(crypto::DigestKind::Md5, text));
}

Error firstProblem(const ConfigurationReport& report)
{
    Error error{ConfigurationErrorCode::Refused};
    if (!report.problems.empty()) {
        error.place = report.problems.front().place;
        error.detail = report.problems.front().message;
    }
    return error;
}

} // namespace

class SnapshotBuilder final
{
public:
    static Result<std::shared_ptr<const Snapshot>> build(Value document, const BuildOptions& options,
                                                         ConfigurationReport& report, std::string_view hashed,
                                                         const PlainValues& plain)
    {
        const std::shared_ptr<Snapshot> snapshot(new Snapshot);
        snapshot->m_options = options;
        snapshot->m_document = std::move(document);
        CLAIMSMITH_CHECK(declarative::resolveReferences(snapshot->m_document, options.resolveReference, plain));
        CLAIMSMITH_CHECK(readEntities(*snapshot, report));
        snapshot->m_hash = hashOf(hashed, snapshot->m_entities);
        CLAIMSMITH_CHECK(compileEntities(*snapshot));
        CLAIMSMITH_CHECK(compilePlugins(*snapshot));
        snapshot->m_router = std::make_unique<const Router>(snapshot->m_routes);
        report.notes = declarative::collectNotes(snapshot->m_document, snapshot->m_entities);
        return std::shared_ptr<const Snapshot>(snapshot);
    }

private:
    static Result<void> readEntities(Snapshot& snapshot, ConfigurationReport& report)
    {
        auto items = declarative::readItems(snapshot.m_document, snapshot.m_options);
        if (!items.isSound()) {
            declarative::reportItems(items, report);
            return firstProblem(report);
        }
        declarative::completeItems(items, snapshot.m_options);
        if (!declarative::linkItems(items, snapshot.m_entities, report))
            return firstProblem(report);
        return {};
    }

    static Result<void> compileEntities(Snapshot& snapshot)
    {
        const Entities& entities = snapshot.m_entities;
        CLAIMSMITH_TRY(snapshot.m_tls, TlsMaterial::read(entities));
        for (const auto& entity : entities.all("services")) {
            Service service = makeService(*entity);
            if (speaksTls(service.protocol)) {
                CLAIMSMITH_TRY(service.tls, snapshot.m_tls.upstream(*entity));
            }
            snapshot.m_services.push_back(std::make_unique<const Service>(std::move(service)));
        }
        for (const auto& entity : entities.all("routes")) {
            Route route = makeRoute(*entity);
            route.service = findById(snapshot.m_services, entity->reference("service"));
            snapshot.m_routes.push_back(std::make_unique<const Route>(std::move(route)));
        }
        compileConsumers(snapshot);
        return {};
    }

    static void compileConsumers(Snapshot& snapshot)
    {
        const Entities& entities = snapshot.m_entities;
        for (const auto& entity : entities.all("consumer_groups"))
            snapshot.m_groups.push_back(std::make_unique<const ConsumerGroup>(
                ConsumerGroup{entity.get(), entity->id, std::string(entity->text("name"))}));
        Memberships memberships = readMemberships(entities, snapshot.m_groups);
        for (const auto& entity : entities.all("consumers")) {
            Consumer made = makeConsumer(*entity);
            if (const auto own = memberships.find(entity->id); own != memberships.end())
                made.groups = std::move(own->second);
            const auto& consumer =
                *snapshot.m_consumers.emplace_back(std::make_unique<const Consumer>(std::move(made)));
            snapshot.m_consumersById.emplace(consumer.id, &consumer);
            if (!consumer.username.empty())
                snapshot.m_consumersByName.emplace(consumer.username, &consumer);
        }
    }

    static Result<void> compilePlugins(Snapshot& snapshot)
    {
        for (const auto& entity : snapshot.m_entities.all("plugins"))
            CLAIMSMITH_CHECK(addInstance(snapshot, *entity));
        snapshot.m_chains.emplace(nullptr, makeChain(snapshot.m_plugins, nullptr));
        for (const auto& route : snapshot.m_routes)
            snapshot.m_chains.emplace(route.get(), makeChain(snapshot.m_plugins, route.get()));
        for (const ChainSlot& slot : snapshot.chainOf(nullptr))
            if (slot.instance && slot.descriptor->has(Phase::Rewrite))
                snapshot.m_rewriters.push_back(slot.instance);
        for (const auto& [route, chain] : snapshot.m_chains) {
            if (route != nullptr && std::ranges::any_of(chain, [](const ChainSlot& slot) {
                    return slot.descriptor->asksForClientCertificate;
                }))
                snapshot.m_tls.askOn(*route);
        }
        return {};
    }

    /// Made for the first instance: a plugin that is not used costs nothing.
    static const PluginData* preparedData(Snapshot& snapshot, const PluginDescriptor& plugin)
    {
        if (!plugin.prepare)
            return nullptr;
        auto& data = snapshot.m_pluginData[&plugin];
        if (!data)
            data = plugin.prepare(snapshot);
        return data.get();
    }

    static Result<void> addInstance(Snapshot& snapshot, const Entity& entity)
    {
        static const Value noConfig{Object{}};
        auto instance = std::make_unique<PluginInstance>();
        instance->entity = &entity;
        instance->descriptor = findPlugin(entity.text("name"));
        instance->route = findById(snapshot.m_routes, entity.reference("route"));
        instance->service = findById(snapshot.m_services, entity.reference("service"));
        instance->consumer = snapshot.findConsumer(entity.reference("consumer"));
        instance->group = findById(snapshot.m_groups, entity.reference("consumer_group"));
        instance->enabled = booleanOf(entity, "enabled").value_or(true);
        if (instance->enabled) {
            const Value* config = entity.fields.find("config");
            const std::string pointer = document::joinPointer(entity.pointer, "config");
            auto plugin =
                instance->descriptor->create({config ? *config : noConfig, pointer, snapshot,
                                              preparedData(snapshot, *instance->descriptor), snapshot.conduct()});
            if (!plugin)
                return Error{ConfigurationErrorCode::PluginFailed,
                             {.pointer = pointer},
                             "the plugin can't be made",
                             {{"plugin", std::string(entity.text("name"))}},
                             std::make_shared<const Error>(plugin.error())};
            instance->plugin = std::move(*plugin);
        }
        snapshot.m_plugins.push_back(std::move(instance));
        return {};
    }
};

Result<std::shared_ptr<const Snapshot>> compileSnapshot(Value document, const BuildOptions& options,
                                                        ConfigurationReport& report, std::string_view hashed,
                                                        const PlainValues& plain)
{
    return SnapshotBuilder::build(std::move(document), options, report, hashed, plain);
}

Result<std::shared_ptr<const Snapshot>> buildSnapshot(const Value& document, const BuildOptions& options,
                                                      ConfigurationReport* report)
{
    ConfigurationReport own;
    if (!document.asObject())
        return Error{ConfigurationErrorCode::NotADocument, {}, "a configuration is an object"};
    return compileSnapshot(document, options, report ? *report : own, document::toJson(document), {});
}

} // namespace claimsmith::gateway

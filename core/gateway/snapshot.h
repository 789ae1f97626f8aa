// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "document/sourcemap.h"
#include "document/value.h"
#include "gateway/chain.h"
#include "gateway/entities.h"
#include "gateway/plugin.h"
#include "gateway/tlsmaterial.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace claimsmith::gateway {

class Router;

/// Which Kong is played: the open-source one refuses entities and plugins that only Enterprise has.
enum class Edition { OpenSource, Enterprise };

/// How faithful: Kong with its leniencies and refusals, or what the standards ask. Framing is strict in both.
enum class Conduct { Kong, Strict };

/// Gives the text that stands for a reference such as `${{ env "DECK_SECRET" }}` (name: DECK_SECRET), or nothing when
/// it is not known. Called on the thread that builds.
using ReferenceResolver = std::function<std::optional<std::string>(std::string_view name)>;

struct BuildOptions
{
    Edition edition = Edition::Enterprise;
    Conduct conduct = Conduct::Kong;
    TimePoint now = systemClock().now();     ///< for created_at and updated_at
    ReferenceResolver resolveReference = {}; ///< without one, references stay as they are written
};

enum class ConfigurationErrorCode {
    NotADocument,        ///< neither JSON nor YAML, or no object
    Refused,             ///< breaks a schema or a rule over several entities; the report lists all
    UnresolvedReference, ///< `${{ env "…" }}` of a name that the resolver does not know; parameter "name"
    PluginFailed,        ///< a plugin could not be made from a valid configuration; the cause says why
};
const ErrorDomain& errorDomain(ConfigurationErrorCode) noexcept;

/// One thing wrong with a document.
struct Problem
{
    Place place;           ///< pointer always; file, line and column when the text was read here
    std::string message;   ///< Kong's text, e.g. "required field missing"
    std::string entity;    ///< kind, e.g. "services"; empty for the document itself
    std::string name;      ///< of the entity, when it has one
    std::string field;     ///< path in the entity, e.g. "config.realm"; empty for rules over several fields
    std::string rule = {}; ///< of a note: what it is about, e.g. "plugin-ordering"; `message` says it in English
};

/// Everything that was wrong, in the forms that different readers want.
struct ConfigurationReport
{
    std::vector<Problem> problems; ///< in the order of the document
    document::Object fields;       ///< Kong's nested form (kong-core.md §6.5)
    document::Array flattened;     ///< Kong's flattened_errors
    document::Object unflattened;  ///< what of `fields` has no place in `flattened`: unknown top-level keys
    /// What was taken and has no effect here, in the order of the document; also of a configuration that was built.
    std::vector<Problem> notes = {};
};

/// A whole configuration, compiled and immutable: any number of threads may read it at once. Requests hold the one they
/// began with. It holds the secrets of its credentials.
class Snapshot final
{
public:
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

    /// The document as it was validated, references resolved: pointers in entities, traces and problems lead into it.
    const document::Value& document() const noexcept { return m_document; }

    /// All entities with defaults filled in, also those that the engine only stores.
    const Entities& entities() const noexcept { return m_entities; }

    Edition edition() const noexcept { return m_options.edition; }

    Conduct conduct() const noexcept { return m_options.conduct; }

    /// Kong's configuration_hash: 32 hexadecimal digits; zeros for a configuration without entities.
    const std::string& hash() const noexcept { return m_hash; }

    const std::vector<std::unique_ptr<const Service>>& services() const noexcept { return m_services; }

    const std::vector<std::unique_ptr<const Route>>& routes() const noexcept { return m_routes; }

    const std::vector<std::unique_ptr<const Consumer>>& consumers() const noexcept { return m_consumers; }

    const std::vector<std::unique_ptr<const ConsumerGroup>>& consumerGroups() const noexcept { return m_groups; }

    const std::vector<std::unique_ptr<const PluginInstance>>& plugins() const noexcept { return m_plugins; }

    const Consumer* findConsumer(std::string_view id) const noexcept;
    /// By id when it is a UUID, else by username: how `anonymous` is read (kong-plugins.md A8).
    const Consumer* findAnonymous(std::string_view idOrUsername) const noexcept;

    const Router& router() const noexcept { return *m_router; }

    const TlsMaterial& tls() const noexcept { return m_tls; }

    /// The plugins that can run for requests of this route, or of none.
    const Chain& chainOf(const Route* route) const;

    /// Those that run before there is a route, in order.
    const std::vector<const PluginInstance*>& rewriters() const noexcept { return m_rewriters; }

private:
    friend class SnapshotBuilder;
    Snapshot();

    BuildOptions m_options;
    document::Value m_document;
    Entities m_entities;
    std::string m_hash;
    std::vector<std::unique_ptr<const Service>> m_services;
    std::vector<std::unique_ptr<const Route>> m_routes;
    std::vector<std::unique_ptr<const Consumer>> m_consumers;
    std::vector<std::unique_ptr<const ConsumerGroup>> m_groups;
    std::vector<std::unique_ptr<const PluginInstance>> m_plugins;
    std::unordered_map<std::string_view, const Consumer*> m_consumersById;   ///< keys are texts of the consumers
    std::unordered_map<std::string_view, const Consumer*> m_consumersByName; ///< likewise
    std::map<const PluginDescriptor*, std::shared_ptr<const PluginData>> m_pluginData;
    std::map<const Route*, Chain> m_chains;
    std::vector<const PluginInstance*> m_rewriters;
    std::unique_ptr<const Router> m_router;
    TlsMaterial m_tls;
};

/// Validates a declarative document (kong-core.md §6) and compiles it. On failure the error is the first problem, with
/// its pointer in `place`; `report`, when given, gets all of them. Nothing is shared with a snapshot built before.
/// Thread: any.
Result<std::shared_ptr<const Snapshot>> buildSnapshot(const document::Value& document, const BuildOptions& options,
                                                      ConfigurationReport* report = nullptr);

/// The same from text: JSON, else YAML. Places also have `file` (as given), line and column.
Result<std::shared_ptr<const Snapshot>> loadSnapshot(std::string_view text, std::string_view file,
                                                     const BuildOptions& options,
                                                     ConfigurationReport* report = nullptr);

} // namespace claimsmith::gateway

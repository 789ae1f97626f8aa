// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configanalysis.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace claimsmith::app {

/// A line of the entity tree: an entity, or the heading of a kind. A plain value, made from what kong.yml says.
struct EntityNode
{
    QString label;
    QString detail;      ///< small and at the right: ":3000", "/api"
    QLatin1String icon;  ///< name of an icon
    std::string type;    ///< "services"; of a heading, what stands below it
    std::string pointer; ///< in the document; empty for a heading
    bool enabled = true;
    std::optional<ConfigProblem::Severity> severity = {}; ///< the worst inside it
    std::optional<std::size_t> count = {};                ///< of a heading: how many of the kind there are
    QString searchText = {};                              ///< name, tags and fields, without those of entities below
    std::vector<EntityNode> children = {};

    bool isHeading() const noexcept { return pointer.empty(); }
    /// Whether it is still the same line after a change: kind and name.
    bool isSameLine(const EntityNode& other) const;
};

/// Services with their routes and plugins, routes without a service, global plugins, consumers with their credentials,
/// then every other kind that the file has. The first three headings are always there.
std::vector<EntityNode> buildEntityTree(const ConfigAnalysis& config);

/// The icon of a kind of entity.
QLatin1String entityIcon(std::string_view type);
/// How an entity is called in lists and headings: "jwt 1nzcMG9Xg7n1lLg…", "key-auth", "route 2".
QString entityLabel(const OutlineEntity& entity);
/// "jwt on route api", "service my-api-service".
QString entityPlace(const ConfigOutline& outline, std::string_view pointer);

} // namespace claimsmith::app

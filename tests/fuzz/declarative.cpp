// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/snapshot.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace claimsmith;
using namespace claimsmith::gateway;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// A configuration that is taken knows where each entity stands, and its document is taken again.
void checkSnapshot(const Snapshot& snapshot, const BuildOptions& options)
{
    for (const EntityType* type : entityTypes())
        for (const auto& entity : snapshot.entities().all(type->name)) {
            require(snapshot.document().at(entity->pointer) != nullptr);
            require(snapshot.entities().find(type->name, entity->id) != nullptr);
            require(snapshot.entities().findAt(entity->pointer) == entity.get());
        }
    require(buildSnapshot(snapshot.document(), options).hasValue());
}

} // namespace

/// Any text: a snapshot that keeps its promises, or an error with a report.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    BuildOptions options;
    options.edition = (data[0] & 1U) != 0 ? Edition::OpenSource : Edition::Enterprise;
    options.conduct = (data[0] & 2U) != 0 ? Conduct::Strict : Conduct::Kong;
    ConfigurationReport report;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto snapshot = loadSnapshot(text, "kong.yml", options, &report);
    if (snapshot)
        checkSnapshot(**snapshot, options);
    else if (snapshot.error().code == ErrorCode(ConfigurationErrorCode::Refused))
        require(!report.problems.empty() && !report.fields.empty());
    return 0;
}

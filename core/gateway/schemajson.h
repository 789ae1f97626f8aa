// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/schema.h"

namespace claimsmith::gateway {

/// A schema as Kong's GET /schemas shows it: {"fields": [{name: {…}}, …], "entity_checks": […]}.
document::Object schemaToJson(const Schema& schema);
/// One field's part of it, e.g. {"type": "string", "required": true}.
document::Object fieldToJson(const Field& field);

} // namespace claimsmith::gateway

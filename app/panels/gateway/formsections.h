// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configoutline.h"
#include "document/value.h"
#include "widgets/schemaform.h"

#include <vector>

namespace claimsmith::app {

/// Which fields of an entity's schema its form shows, in the order of their use: what names the entity first, of a
/// plugin its configuration. Left out are times that the gateway writes itself, what the form's header says (the
/// plugin's name, `enabled`), references that follow from where the entity stands, and what a service's `url` says
/// already.
std::vector<SchemaFormSection> formSections(const OutlineEntity& entity, const document::Value& value);

} // namespace claimsmith::app

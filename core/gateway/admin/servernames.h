// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/admin/draft.h"

#include <optional>
#include <string>
#include <vector>

namespace claimsmith::gateway::admin {

/// The `snis` of a certificate as they were written: names of entities of their own. None: they stay as they are.
using ServerNames = std::optional<std::vector<std::string>>;

/// Takes them out of what is written, where they are never stored.
ServerNames takeServerNames(const EntityType& type, document::Object& fields);
/// Why they can't be those of the certificate: told twice, or another certificate's.
std::optional<http::Response> findNameConflict(const Call& call, const ServerNames& names,
                                               std::string_view certificate);
/// Makes them the certificate's only ones.
void writeServerNames(const Call& call, const ServerNames& names, const std::string& certificate, Draft& draft);

} // namespace claimsmith::gateway::admin

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/key.h"
#include "panels/tokens/craft/tokentemplates.h"
#include "panels/tokens/keylist.h"

namespace claimsmith::app {

/// The first of these keys that suits the wish, else the first one at all; without any, what a template begins with.
TemplateKey keyFor(TokenTemplate::Key wish, const std::vector<KeyEntry>& keys, const workspace::Workspace& workspace);

/// The public half as a JWK with nothing but the members that make the key (RFC 7638 §3.2), as a `jwk` header wants it;
/// empty for a secret.
std::string bareJwk(const jose::Key& key);

} // namespace claimsmith::app

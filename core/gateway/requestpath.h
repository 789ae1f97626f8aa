// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace claimsmith::gateway {

/// The path that routes are matched with (kong-core.md §3.1): unreserved and other characters decoded, reserved ones
/// left encoded in upper case, dot segments removed, runs of "/" merged. `path` is without its query.
std::string normalisePath(std::string_view path);

/// A path as it may stand in a request line: everything outside Kong's list of characters percent-encoded; triplets
/// stay.
std::string encodePath(std::string_view path);

/// The upstream path (kong-core.md §3.7, v0): `base` is the service's path or empty, `path` the normalised request
/// path, `prefix` what of it the route matched and strips, or empty when it strips nothing.
std::string joinUpstreamPath(std::string_view base, std::string_view path, std::string_view prefix, bool strip);

} // namespace claimsmith::gateway

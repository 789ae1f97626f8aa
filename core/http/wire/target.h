// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace claimsmith::http {

/// What a request says about where it goes: the host of a Host line, an absolute target or an :authority, and the path.

/// A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port (RFC 9112 §3.2). No user information.
bool isHost(std::string_view text) noexcept;

/// What nginx takes for one: anything with neither '/', spaces and control characters nor two dots in a row, of which
/// something is left as nginxHost().
bool isHostForNginx(std::string_view text) noexcept;

/// How nginx names the host: in lower case, without port and final dot.
std::string nginxHost(std::string_view text);

/// Whether nginx takes the path in front of '?' and '#': every '%' begins a triplet (RFC 3986 §2.1), none of them
/// stands for a zero octet, and no "..", which may be written with triplets, leads above the root.
bool isPathForNginx(std::string_view target) noexcept;

} // namespace claimsmith::http

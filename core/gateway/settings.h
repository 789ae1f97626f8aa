// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "crypto/tls.h"
#include "gateway/address.h"
#include "http/url.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

/// An address on which the proxy or the Admin API serves clients.
struct ProxyListener
{
    http::Authority address = {"127.0.0.1", 8000}; ///< numeric or "localhost"; port 0: any free one
    bool tls = false;
    bool http2 = true;       ///< offered to clients under TLS
    bool clearHttp2 = false; ///< in the clear, taken from clients that begin with it
};

/// Which headers the gateway adds (Kong's `headers` and `headers_upstream`).
struct HeaderTokens
{
    bool server = true;
    bool via = true;
    bool proxyLatency = true;
    bool upstreamLatency = true;
    bool responseLatency = true;
    bool upstreamStatus = false;
    bool requestId = true;         ///< to the client
    bool upstreamRequestId = true; ///< to the upstream
};

/// Who is believed when it speaks for the clients behind it.
struct TrustSettings
{
    std::vector<AddressRange> trusted; ///< trusted_ips; empty: nobody
    std::string header = "X-Real-IP";  ///< real_ip_header
    bool recursive = false;            ///< real_ip_recursive

    bool isTrusted(std::string_view peer) const noexcept;
    /// The client's address as `value`, the header's, tells it: its last address, or the last that is not trusted
    /// itself; nothing when there is none in it.
    std::optional<std::string> clientAddress(std::string_view value) const;
};

/// Connections to upstreams that are kept (upstream_keepalive_*), of each worker.
struct KeepaliveSettings
{
    std::size_t poolSize = 512;             ///< 0: none are kept
    std::uint64_t maximumRequests = 10'000; ///< over one connection; 0: any number
    std::chrono::seconds idleTime{60};      ///< 0: for ever
};

/// Kong's "intermediate" list (Mozilla's) for TLS 1.2.
inline constexpr std::string_view intermediateCiphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
    "DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-CHACHA20-POLY1305";

/// The settings of kong.conf that shape answers, with Kong's defaults. A value; the engine keeps the one it starts
/// with.
struct Settings
{
    std::optional<std::vector<ProxyListener>> proxyListen; ///< empty list: "off"
    std::optional<std::vector<ProxyListener>> adminListen;
    TrustSettings trust;
    HeaderTokens headers;
    bool allowDebugHeader = false;
    std::uint64_t clientMaximumBody = 0; ///< client_max_body_size in bytes; 0: any
    KeepaliveSettings keepalive;
    crypto::TlsServerOptions tls = {.ciphers = std::string(intermediateCiphers)};
    std::vector<crypto::TlsIdentity> identities;      ///< ssl_cert and ssl_cert_key; empty: a self-signed one is made
    std::vector<crypto::TlsIdentity> adminIdentities; ///< admin_ssl_cert and admin_ssl_cert_key; empty: likewise
    std::string errorType = "text/plain";             ///< error_default_type
    std::map<std::uint16_t, std::uint16_t> portMaps;  ///< listening port → the one that clients used

    /// What port_maps says of a port.
    std::uint16_t mappedPort(std::uint16_t port) const
    {
        const auto found = portMaps.find(port);
        return found == portMaps.end() ? port : found->second;
    }
};

enum class SettingsErrorCode {
    BadLine,  ///< of a kong.conf: neither a comment nor "name = value"; place.line says which
    BadValue, ///< of the setting that place.pointer names
};
const ErrorDomain& errorDomain(SettingsErrorCode) noexcept;

/// By Kong's names in lower case: "trusted_ips".
using SettingValues = std::map<std::string, std::string, std::less<>>;

/// The lines of a kong.conf. A later line wins; quotes around a value and a comment behind it are taken off.
Result<SettingValues> parseKongConf(std::string_view text);

struct SettingsReading
{
    Settings settings;
    std::vector<std::string> unsupported; ///< names that change nothing here, in alphabetical order
};

/// Fails for a value that is none of its setting. Reads the files that ssl_cert, ssl_cert_key and those of the Admin
/// API name.
Result<SettingsReading> readSettings(const SettingValues& values);

} // namespace claimsmith::gateway

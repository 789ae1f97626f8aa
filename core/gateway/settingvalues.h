// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/settings.h"

/// How Kong writes the values of its settings. All fail with SettingsErrorCode::BadValue and without a place.
namespace claimsmith::gateway::settingvalues {

Error badValue(std::string expected);

/// Items between commas, trimmed, empty ones left out. Views into `text`.
std::vector<std::string_view> itemsOf(std::string_view text);

/// "on", "off", "true", "false" in any case.
Result<bool> readSwitch(std::string_view text);
Result<std::uint64_t> readNumber(std::string_view text);
/// nginx's sizes in bytes: "8k", "10m", "1g".
Result<std::uint64_t> readSize(std::string_view text);
/// nginx's times of one unit: "60", "5m", "1d"; ten years at most.
Result<std::chrono::seconds> readTime(std::string_view text);
Result<std::uint16_t> readPort(std::string_view text);
/// "127.0.0.1:8000 reuseport, 127.0.0.1:8443 ssl"; "off" is none.
Result<std::vector<ProxyListener>> readListeners(std::string_view text);

// --- TLS (tlssettings.cpp)

/// "TLSv1.2 TLSv1.3": the lowest and the highest of them.
Result<void> readVersions(Settings& settings, std::string_view text);
/// All suites but "custom" bring versions and ciphers of their own over what ssl_protocols and ssl_ciphers say.
Result<void> readSuite(Settings& settings, std::string_view text);
/// Of a pair such as ssl_cert and ssl_cert_key, `name` and `name`_key: each a list of files, texts, or texts in base64.
/// None when neither is there.
Result<std::vector<crypto::TlsIdentity>> readIdentities(const SettingValues& values, std::string_view name);

} // namespace claimsmith::gateway::settingvalues

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "base/file.h"
#include "base/text.h"
#include "gateway/settingvalues.h"

#include <algorithm>
#include <array>

namespace claimsmith::gateway::settingvalues {
namespace {

Result<crypto::TlsVersion> readVersion(std::string_view text)
{
    static constexpr std::array<std::string_view, 4> names = {"TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"};
    const auto found = std::ranges::find(names, text);
    if (found == names.end())
        return badValue("expected TLSv1 to TLSv1.3");
    return static_cast<crypto::TlsVersion>(found - names.begin());
}

/// A suite of Kong's, which are Mozilla's.
struct Suite
{
    std::string_view name;
    crypto::TlsVersion minimum;
    std::string_view ciphers; ///< for TLS 1.2 and older
    bool prefersOwnCiphers;
};

constexpr std::array suites = std::to_array<Suite>({
    {"modern", crypto::TlsVersion::Tls13, intermediateCiphers, false},
    {"intermediate", crypto::TlsVersion::Tls12, intermediateCiphers, false},
    {"old", crypto::TlsVersion::Tls10, "DEFAULT:@SECLEVEL=0", true},
    {"fips", crypto::TlsVersion::Tls12, "TLSv1.2+FIPS:kRSA+FIPS:!eNULL:!aNULL", true},
});

bool isPem(std::string_view text) noexcept
{
    return text.find("-----BEGIN ") != std::string_view::npos;
}

/// Kong takes a file's name, the text itself, or that in base64.
Result<std::string> readFileOrPem(std::string_view text)
{
    if (isPem(text))
        return std::string(text);
    if (auto decoded = fromBase64(text); decoded && isPem(*decoded))
        return std::move(*decoded);
    auto content = readFile(std::string(text));
    if (!content) // its name may be a key in a form that is not taken here, which no error may hold
        return badValue("neither PEM nor a file that can be read");
    return content;
}

} // namespace

Result<void> readVersions(Settings& settings, std::string_view text)
{
    settings.tls.minimum = crypto::TlsVersion::Tls13;
    settings.tls.maximum = crypto::TlsVersion::Tls10;
    for (const std::string_view word : split(text, ' ')) {
        if (word.empty())
            continue;
        CLAIMSMITH_TRY(const crypto::TlsVersion version, readVersion(word));
        settings.tls.minimum = std::min(settings.tls.minimum, version);
        settings.tls.maximum = std::max(settings.tls.maximum, version);
    }
    return settings.tls.minimum > settings.tls.maximum ? badValue("expected a version") : Result<void>();
}

Result<void> readSuite(Settings& settings, std::string_view text)
{
    if (text == "custom")
        return {};
    const auto suite = std::ranges::find(suites, text, &Suite::name);
    if (suite == suites.end())
        return badValue("expected modern, intermediate, old, fips or custom");
    settings.tls.minimum = suite->minimum;
    settings.tls.maximum = crypto::TlsVersion::Tls13;
    settings.tls.ciphers = suite->ciphers;
    settings.tls.prefersOwnCiphers = suite->prefersOwnCiphers;
    return {};
}

Result<std::vector<crypto::TlsIdentity>> readIdentities(const SettingValues& values, std::string_view name)
{
    std::vector<crypto::TlsIdentity> identities;
    const std::string keyName = std::string(name) + "_key";
    const auto certificates = values.find(name);
    const auto keys = values.find(keyName);
    if (certificates == values.end() && keys == values.end())
        return identities;
    if (certificates == values.end() || keys == values.end())
        return badValue(std::string(name) + " and " + keyName + " belong together");
    const auto chains = itemsOf(certificates->second);
    const auto secrets = itemsOf(keys->second);
    if (chains.size() != secrets.size() || chains.empty() || chains.size() > 2)
        return badValue("expected one certificate, or two of different kinds, with a key each");
    for (std::size_t i = 0; i < chains.size(); ++i) {
        CLAIMSMITH_TRY(const std::string chain, readFileOrPem(chains[i]));
        CLAIMSMITH_TRY(const std::string key, readFileOrPem(secrets[i]));
        CLAIMSMITH_TRY(crypto::TlsIdentity identity, crypto::TlsIdentity::fromPem(chain, key));
        identities.push_back(std::move(identity));
    }
    return identities;
}

} // namespace claimsmith::gateway::settingvalues

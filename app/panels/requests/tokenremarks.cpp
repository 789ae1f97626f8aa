// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/tokenremarks.h"

#include "jose/keytext.h"
#include "jose/verify.h"
#include "text/quantities.h"

#include <QCoreApplication>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(TokenRemarks)
};

struct NamedKeys
{
    std::vector<jose::Key> keys;
    std::vector<QString> owners; ///< of each key
};

/// What the JWT credentials of a configuration verify with, both kinds of each.
NamedKeys keysOf(const gateway::Snapshot& snapshot)
{
    NamedKeys named;
    for (const auto& credential : snapshot.entities().all("jwt_secrets")) {
        const auto* consumer = snapshot.entities().find("consumers", credential->reference("consumer"));
        const QString owner = consumer == nullptr ? QString::fromStdString(credential->id)
                                                  : QString::fromStdString(std::string(consumer->name()));
        if (const auto pem = credential->text("rsa_public_key"); !pem.empty()) {
            if (auto key = jose::readKey(pem); key.hasValue()) {
                named.keys.push_back(std::move(*key));
                named.owners.push_back(owner);
            }
        }
        if (const auto secret = credential->text("secret"); !secret.empty()) {
            named.keys.push_back(jose::Key::fromSecret(SecretBytes(BytesView(secret))));
            named.owners.push_back(owner);
        }
    }
    return named;
}

TokenRemark signatureRemark(const jose::VerificationReport& report, const NamedKeys& named)
{
    if (report.keyIndex)
        return {QLatin1String("check-circle"), Role::Ok,
                Tr::tr("Verified with the key of %1").arg(named.owners[*report.keyIndex])};
    return {QLatin1String("skip-circle"), Role::Text3, Tr::tr("No credential of this gateway verifies it")};
}

} // namespace

std::vector<TokenRemark> tokenRemarks(const QString& token, const gateway::Snapshot* snapshot, std::int64_t now)
{
    const NamedKeys named = snapshot == nullptr ? NamedKeys() : keysOf(*snapshot);
    jose::VerifyOptions options{.keys = named.keys};
    options.claims.reset();
    options.keyIds = jose::KeyIdRule::Ignore;
    const auto report = jose::verify(token.toStdString(), options);
    std::vector<TokenRemark> remarks{signatureRemark(report, named)};
    if (!report.claims)
        return remarks;
    const auto exp = document::Value(*report.claims).findInteger("exp");
    if (!exp)
        remarks.push_back({QLatin1String("clock"), Role::Text2, Tr::tr("Never expires")});
    else if (*exp > now)
        remarks.push_back({QLatin1String("clock"), Role::Text2,
                           Tr::tr("Expires %1").arg(distanceText(std::chrono::seconds(*exp - now)))});
    else
        remarks.push_back({QLatin1String("clock"), Role::Bad,
                           Tr::tr("Expired %1").arg(distanceText(std::chrono::seconds(*exp - now)))});
    return remarks;
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keyfamilies.h"

#include <QCoreApplication>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(KeyFamilies)
};

using jose::Algorithm;

} // namespace

std::vector<KeyFamily> keyFamilies()
{
    return {
        {Tr::tr("Shared secret"),
         QStringLiteral("HS256, HS384, HS512"),
         QLatin1String("keychain"),
         {Algorithm::HS256, Algorithm::HS384, Algorithm::HS512},
         {}},
        {Tr::tr("RSA"),
         Tr::tr("RS256 to PS512"),
         QLatin1String("tokens"),
         {Algorithm::RS256, Algorithm::RS384, Algorithm::RS512, Algorithm::PS256, Algorithm::PS384, Algorithm::PS512},
         {2048, 3072, 4096, 8192}},
        {Tr::tr("Elliptic curve"),
         QStringLiteral("ES256, ES384, ES512"),
         QLatin1String("tokens"),
         {Algorithm::ES256, Algorithm::ES384, Algorithm::ES512, Algorithm::ES256K},
         {}},
        {Tr::tr("Ed25519"), QStringLiteral("EdDSA"), QLatin1String("tokens"), {Algorithm::EdDSA}, {}},
    };
}

} // namespace claimsmith::app

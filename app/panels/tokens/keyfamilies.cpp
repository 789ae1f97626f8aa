// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keyfamilies.h"

#include "jose/jwk.h"

#include <QCoreApplication>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(KeyFamilies)
};

using jose::Algorithm;
using jose::KeySpec;
using jose::KeyType;

KeyChoiceSpec signing(Algorithm algorithm, std::string curve = {})
{
    const jose::AlgorithmInfo& known = jose::info(algorithm);
    const std::string name(known.name);
    if (curve.empty() && known.curve)
        curve = jose::curveName(*known.curve);
    return {QString::fromStdString(name), KeySpec{known.keyType, std::move(curve), "sig", name},
            known.keyType == KeyType::Oct ? known.minimumBits : 0,
            algorithm != Algorithm::ES256K && algorithm != Algorithm::Ed448};
}

KeyChoiceSpec encrypting(const char* name, KeyType type, const char* curve, std::size_t bits = 0)
{
    return {QString::fromLatin1(name), KeySpec{type, curve, "enc", {}}, bits, false};
}

} // namespace

std::vector<KeyFamily> keyFamilies()
{
    return {
        {Tr::tr("Shared secret"),
         QStringLiteral("HS256, HS384, HS512"),
         QLatin1String("keychain"),
         {signing(Algorithm::HS256), signing(Algorithm::HS384), signing(Algorithm::HS512)},
         {}},
        {Tr::tr("RSA"),
         Tr::tr("RS256 to PS512"),
         QLatin1String("tokens"),
         {signing(Algorithm::RS256), signing(Algorithm::RS384), signing(Algorithm::RS512), signing(Algorithm::PS256),
          signing(Algorithm::PS384), signing(Algorithm::PS512)},
         {2048, 3072, 4096, 8192}},
        {Tr::tr("Elliptic curve"),
         QStringLiteral("ES256, ES384, ES512"),
         QLatin1String("tokens"),
         {signing(Algorithm::ES256), signing(Algorithm::ES384), signing(Algorithm::ES512), signing(Algorithm::ES256K)},
         {}},
        {Tr::tr("Ed25519"),
         QStringLiteral("EdDSA"),
         QLatin1String("tokens"),
         {signing(Algorithm::EdDSA, "Ed25519"), signing(Algorithm::Ed448, "Ed448")},
         {}},
        {Tr::tr("Encryption"),
         QStringLiteral("RSA-OAEP, ECDH-ES, dir"),
         QLatin1String("lock"),
         {encrypting("RSA", KeyType::Rsa, ""), encrypting("P-256", KeyType::Ec, "P-256"),
          encrypting("X25519", KeyType::Okp, "X25519"), encrypting("X448", KeyType::Okp, "X448"),
          encrypting("AES-128", KeyType::Oct, "", 128), encrypting("AES-256", KeyType::Oct, "", 256)},
         {}},
    };
}

} // namespace claimsmith::app

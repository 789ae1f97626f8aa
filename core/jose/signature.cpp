// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/signature.h"

namespace claimsmith::jose {
namespace {

Error unfit(const AlgorithmInfo& algorithm, std::string_view kind)
{
    return {.code = crypto::CryptoErrorCode::KeyUnfit,
            .parameters = {{"kind", std::string(kind)}, {"algorithm", std::string(algorithm.name)}}};
}

} // namespace

crypto::SignatureScheme schemeOf(const AlgorithmInfo& algorithm, Fit fit) noexcept
{
    return {
        .family = algorithm.family,
        .digest = algorithm.digest,
        .pssSalt = fit == Fit::Standard ? crypto::PssSalt::DigestLength : crypto::PssSalt::Any,
        .ecdsaCoordinate = algorithm.curve ? crypto::coordinateSize(*algorithm.curve) : 0,
    };
}

Result<SignatureVerifier> SignatureVerifier::forSecret(Algorithm algorithm, SecretBytes secret)
{
    const AlgorithmInfo& entry = info(algorithm);
    if (entry.keyType != KeyType::Oct)
        return unfit(entry, "oct");
    return SignatureVerifier(algorithm, crypto::Hmac(entry.digest, std::move(secret)));
}

Result<SignatureVerifier> SignatureVerifier::forKey(Algorithm algorithm, const crypto::PublicKey& key, Fit fit)
{
    const AlgorithmInfo& entry = info(algorithm);
    const bool isFit = fit == Fit::Standard ? fits(entry, key) : entry.keyType != KeyType::Oct;
    if (!isFit)
        return unfit(entry, key.typeName());
    CLAIMSMITH_TRY(crypto::Verifier verifier, crypto::Verifier::create(key, schemeOf(entry, fit)));
    return SignatureVerifier(algorithm, std::move(verifier));
}

bool SignatureVerifier::verify(BytesView signingInput, BytesView signature) const noexcept
{
    if (const auto* hmac = std::get_if<crypto::Hmac>(&m_content))
        return hmac->verify(signingInput, signature);
    return std::get_if<crypto::Verifier>(&m_content)->verify(signingInput, signature);
}

std::size_t SignatureVerifier::signatureSize() const noexcept
{
    if (const auto* hmac = std::get_if<crypto::Hmac>(&m_content))
        return crypto::digestSize(hmac->digestKind());
    return std::get_if<crypto::Verifier>(&m_content)->signatureSize();
}

Result<SignatureMaker> SignatureMaker::forSecret(Algorithm algorithm, SecretBytes secret)
{
    const AlgorithmInfo& entry = info(algorithm);
    if (entry.keyType != KeyType::Oct)
        return unfit(entry, "oct");
    return SignatureMaker(algorithm, crypto::Hmac(entry.digest, std::move(secret)));
}

Result<SignatureMaker> SignatureMaker::forKey(Algorithm algorithm, const crypto::PrivateKey& key)
{
    const AlgorithmInfo& entry = info(algorithm);
    if (!fits(entry, key))
        return unfit(entry, key.typeName());
    CLAIMSMITH_TRY(crypto::Signer signer, crypto::Signer::create(key, schemeOf(entry)));
    return SignatureMaker(algorithm, std::move(signer));
}

Result<Bytes> SignatureMaker::sign(BytesView signingInput) const
{
    if (const auto* hmac = std::get_if<crypto::Hmac>(&m_content))
        return hmac->sign(signingInput);
    return std::get_if<crypto::Signer>(&m_content)->sign(signingInput);
}

} // namespace claimsmith::jose

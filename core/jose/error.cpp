// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/error.h"

#include <array>

namespace claimsmith::jose {
namespace {

struct CodeName
{
    JoseErrorCode code;
    std::string_view name;
};

constexpr std::array<CodeName, 91> codeNames{{
    {JoseErrorCode::EmptyToken, "empty-token"},
    {JoseErrorCode::WrongPartCount, "wrong-part-count"},
    {JoseErrorCode::EncryptedToken, "encrypted-token"},
    {JoseErrorCode::InvalidCharacter, "invalid-character"},
    {JoseErrorCode::PaddedBase64, "padded-base64"},
    {JoseErrorCode::InvalidBase64Length, "invalid-base64-length"},
    {JoseErrorCode::NonCanonicalBase64, "non-canonical-base64"},
    {JoseErrorCode::SerializationInvalid, "serialization-invalid"},
    {JoseErrorCode::SerializationMember, "serialization-member"},
    {JoseErrorCode::SerializationMixed, "serialization-mixed"},
    {JoseErrorCode::NoSignatures, "no-signatures"},
    {JoseErrorCode::HeaderEmpty, "header-empty"},
    {JoseErrorCode::HeaderNotJson, "header-not-json"},
    {JoseErrorCode::HeaderNotObject, "header-not-object"},
    {JoseErrorCode::HeaderDuplicateMember, "header-duplicate-member"},
    {JoseErrorCode::HeaderNotDisjoint, "header-not-disjoint"},
    {JoseErrorCode::AlgorithmMissing, "algorithm-missing"},
    {JoseErrorCode::AlgorithmNotString, "algorithm-not-string"},
    {JoseErrorCode::AlgorithmNone, "algorithm-none"},
    {JoseErrorCode::AlgorithmUnknown, "algorithm-unknown"},
    {JoseErrorCode::AlgorithmUnsupported, "algorithm-unsupported"},
    {JoseErrorCode::AlgorithmNotAllowed, "algorithm-not-allowed"},
    {JoseErrorCode::HeaderMemberType, "header-member-type"},
    {JoseErrorCode::HeaderMemberMissing, "header-member-missing"},
    {JoseErrorCode::HeaderMemberBase64, "header-member-base64"},
    {JoseErrorCode::HeaderMemberLength, "header-member-length"},
    {JoseErrorCode::CriticalNotList, "critical-not-list"},
    {JoseErrorCode::CriticalUnprotected, "critical-unprotected"},
    {JoseErrorCode::CriticalDuplicate, "critical-duplicate"},
    {JoseErrorCode::CriticalStandard, "critical-standard"},
    {JoseErrorCode::CriticalAbsent, "critical-absent"},
    {JoseErrorCode::CriticalUnknown, "critical-unknown"},
    {JoseErrorCode::UnencodedNotBoolean, "unencoded-not-boolean"},
    {JoseErrorCode::UnencodedNotCritical, "unencoded-not-critical"},
    {JoseErrorCode::SignedToken, "signed-token"},
    {JoseErrorCode::NoRecipients, "no-recipients"},
    {JoseErrorCode::TooManyRecipients, "too-many-recipients"},
    {JoseErrorCode::DirectNotAlone, "direct-not-alone"},
    {JoseErrorCode::EncryptionMissing, "encryption-missing"},
    {JoseErrorCode::EncryptionNotString, "encryption-not-string"},
    {JoseErrorCode::EncryptionUnknown, "encryption-unknown"},
    {JoseErrorCode::EncryptionNotAllowed, "encryption-not-allowed"},
    {JoseErrorCode::EncryptedKeyPresent, "encrypted-key-present"},
    {JoseErrorCode::EphemeralKeyInvalid, "ephemeral-key-invalid"},
    {JoseErrorCode::IterationsRefused, "iterations-refused"},
    {JoseErrorCode::NonceLength, "nonce-length"},
    {JoseErrorCode::TagLength, "tag-length"},
    {JoseErrorCode::DecryptionFailed, "decryption-failed"},
    {JoseErrorCode::CompressionUnknown, "compression-unknown"},
    {JoseErrorCode::CompressionUnprotected, "compression-unprotected"},
    {JoseErrorCode::CompressionInvalid, "compression-invalid"},
    {JoseErrorCode::PlaintextTooLarge, "plaintext-too-large"},
    {JoseErrorCode::PayloadMissing, "payload-missing"},
    {JoseErrorCode::PayloadNotDetached, "payload-not-detached"},
    {JoseErrorCode::PayloadNotJson, "payload-not-json"},
    {JoseErrorCode::PayloadNotObject, "payload-not-object"},
    {JoseErrorCode::PayloadDuplicateMember, "payload-duplicate-member"},
    {JoseErrorCode::KeyNotRecognised, "key-not-recognised"},
    {JoseErrorCode::KeyTypeUnknown, "key-type-unknown"},
    {JoseErrorCode::KeyCurveUnknown, "key-curve-unknown"},
    {JoseErrorCode::KeyMemberMissing, "key-member-missing"},
    {JoseErrorCode::KeyMemberType, "key-member-type"},
    {JoseErrorCode::KeyMemberBase64, "key-member-base64"},
    {JoseErrorCode::KeySecretEmpty, "key-secret-empty"},
    {JoseErrorCode::KeyNumbersInvalid, "key-numbers-invalid"},
    {JoseErrorCode::KeyCertificateMismatch, "key-certificate-mismatch"},
    {JoseErrorCode::KeyOperationsInvalid, "key-operations-invalid"},
    {JoseErrorCode::KeySetInvalid, "key-set-invalid"},
    {JoseErrorCode::SecretEncodingInvalid, "secret-encoding-invalid"},
    {JoseErrorCode::NoKeys, "no-keys"},
    {JoseErrorCode::NoSuitableKey, "no-suitable-key"},
    {JoseErrorCode::KeyOfOtherType, "key-of-other-type"},
    {JoseErrorCode::KeyOfOtherCurve, "key-of-other-curve"},
    {JoseErrorCode::KeyForOtherAlgorithm, "key-for-other-algorithm"},
    {JoseErrorCode::KeyForOtherUse, "key-for-other-use"},
    {JoseErrorCode::KeyForOtherOperation, "key-for-other-operation"},
    {JoseErrorCode::KeyOfOtherId, "key-of-other-id"},
    {JoseErrorCode::KeyTooShort, "key-too-short"},
    {JoseErrorCode::KeyVulnerable, "key-vulnerable"},
    {JoseErrorCode::KeyOfOtherSize, "key-of-other-size"},
    {JoseErrorCode::KeyNotPrivate, "key-not-private"},
    {JoseErrorCode::SignatureEmpty, "signature-empty"},
    {JoseErrorCode::SignatureLength, "signature-length"},
    {JoseErrorCode::SignatureMismatch, "signature-mismatch"},
    {JoseErrorCode::ClaimMissing, "claim-missing"},
    {JoseErrorCode::ClaimType, "claim-type"},
    {JoseErrorCode::TokenExpired, "token-expired"},
    {JoseErrorCode::TokenNotYetValid, "token-not-yet-valid"},
    {JoseErrorCode::TokenFromFuture, "token-from-future"},
    {JoseErrorCode::LifetimeTooLong, "lifetime-too-long"},
    {JoseErrorCode::ClaimMismatch, "claim-mismatch"},
}};

constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < codeNames.size(); ++i) {
        if (static_cast<std::size_t>(codeNames[i].code) != i)
            return false;
    }
    return codeNames.back().code == JoseErrorCode::ClaimMismatch;
}
static_assert(isInOrder());

constexpr ErrorDomain domain{"jose", [](int code) noexcept { return codeNames[static_cast<std::size_t>(code)].name; }};

} // namespace

const ErrorDomain& errorDomain(JoseErrorCode) noexcept
{
    return domain;
}

} // namespace claimsmith::jose

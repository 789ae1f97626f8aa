// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace claimsmith::jose {

/// Every reason for which a token or key is refused. Parameters stand behind each: "part" is header, payload or
/// signature; "member" is the JSON member concerned.
enum class JoseErrorCode {
    // The shape of a token (RFC 7515 §3, §7)
    EmptyToken,
    WrongPartCount,       ///< "count"
    EncryptedToken,       ///< five parts, or "ciphertext": a JWE
    InvalidCharacter,     ///< "part"; not of base64url; the place is the character
    PaddedBase64,         ///< "part"; "=" is not used (RFC 7515 §2)
    InvalidBase64Length,  ///< "part"; four digits and one more
    NonCanonicalBase64,   ///< "part"; unused bits are not zero: two texts would mean the same octets
    SerializationInvalid, ///< a JSON serialisation that is no JSON; the cause says why
    SerializationMember,  ///< "member" is missing, or not of the type it has to have
    SerializationMixed,   ///< "signature" or "header" beside "signatures" (RFC 7515 §7.2.2)
    NoSignatures,

    // The header (RFC 7515 §4)
    HeaderEmpty,
    HeaderNotJson, ///< the cause says why; offsets count in the decoded header
    HeaderNotObject,
    HeaderDuplicateMember, ///< "member" (RFC 7515 §4)
    HeaderNotDisjoint,     ///< "member" stands in both headers (RFC 7515 §7.2.1)
    AlgorithmMissing,
    AlgorithmNotString,
    AlgorithmNone,
    AlgorithmUnknown,     ///< "algorithm"
    AlgorithmUnsupported, ///< "algorithm", "standard": registered, but not done here: ML-DSA…
    AlgorithmNotAllowed,  ///< "algorithm", "allowed"
    HeaderMemberType,     ///< "member", "expected": kid that is a number…
    HeaderMemberMissing,  ///< "member": epk, p2s… that the algorithm needs
    HeaderMemberBase64,   ///< "member" is not canonical base64url
    HeaderMemberLength,   ///< "member", "expected", "found": octets
    CriticalNotList,      ///< not a non-empty array of strings (RFC 7515 §4.1.11)
    CriticalUnprotected,  ///< crit outside of the protected header
    CriticalDuplicate,    ///< "member"
    CriticalStandard,     ///< "member": a name of RFC 7515 or RFC 7518 must not be listed
    CriticalAbsent,       ///< "member" is listed, but not in the header
    CriticalUnknown,      ///< "member" is not understood here
    UnencodedNotBoolean,  ///< b64 (RFC 7797 §3)
    UnencodedNotCritical, ///< b64 without its entry in crit (RFC 7797 §6)

    // Encryption (RFC 7516)
    SignedToken, ///< three parts, or "signature": a JWS
    NoRecipients,
    TooManyRecipients,      ///< "limit"
    DirectNotAlone,         ///< "algorithm": its key can't serve several recipients (RFC 7518 §4.5, §4.6)
    EncryptionMissing,      ///< no "enc"
    EncryptionNotString,    ///< "encryption"
    EncryptionUnknown,      ///< "encryption"
    EncryptionNotAllowed,   ///< "encryption", "allowed"
    EncryptedKeyPresent,    ///< "algorithm" has none (RFC 7516 §5.2 step 10)
    EphemeralKeyInvalid,    ///< epk is no public key on the recipient's curve; the cause says why
    IterationsRefused,      ///< p2c: "found", "minimum", "maximum"
    NonceLength,            ///< "expected", "found": octets of iv
    TagLength,              ///< "expected", "found": octets
    DecryptionFailed,       ///< another key, or changed content: nobody may learn which (RFC 7516 §11.5)
    CompressionUnknown,     ///< "compression"
    CompressionUnprotected, ///< zip outside of the protected header (RFC 7516 §4.1.3)
    CompressionInvalid,
    PlaintextTooLarge, ///< "limit": octets

    // The payload
    PayloadMissing,     ///< detached, and none was given
    PayloadNotDetached, ///< one was given, but the token carries its own
    PayloadNotJson,     ///< the cause says why
    PayloadNotObject,
    PayloadDuplicateMember, ///< "member" (RFC 7519 §4)

    // Keys (RFC 7517, RFC 7518 §6)
    KeyNotRecognised, ///< neither secret, PEM, DER, JWK nor JWKS
    KeyTypeUnknown,   ///< "type"
    KeyCurveUnknown,  ///< "curve"
    KeyMemberMissing, ///< "member"
    KeyMemberType,    ///< "member", "expected"
    KeyMemberBase64,  ///< "member" is not canonical base64url
    KeySecretEmpty,
    KeyNumbersInvalid,      ///< the cause is of crypto
    KeyCertificateMismatch, ///< x5c certifies another key (RFC 7517 §4.7)
    KeyOperationsInvalid,   ///< key_ops that is no list of distinct strings
    KeySetInvalid,          ///< no array "keys"
    SecretEncodingInvalid,  ///< "encoding": the text is not base64, base64url or hex

    // Which key is tried
    NoKeys,
    NoSuitableKey,
    KeyOfOtherType,       ///< "expected", "found"
    KeyOfOtherCurve,      ///< "expected", "found"
    KeyForOtherAlgorithm, ///< "expected", "found": the JWK's alg (RFC 7517 §4.4)
    KeyForOtherUse,       ///< "found": the JWK's use (RFC 7517 §4.2)
    KeyForOtherOperation, ///< "found": the JWK's key_ops (RFC 7517 §4.3)
    KeyOfOtherId,         ///< "expected", "found"
    KeyTooShort,          ///< "expected", "found": bits (RFC 7518 §3.2, §3.3)
    KeyVulnerable,        ///< "weakness": "CVE-2017-15361"
    KeyOfOtherSize,       ///< "expected", "found": bits of a secret
    KeyNotPrivate,        ///< signing and decrypting ask for the private part

    // The signature (RFC 7515 §5.2)
    SignatureEmpty,
    SignatureLength, ///< "expected", "found": octets
    SignatureMismatch,

    // Claims (RFC 7519 §4.1)
    ClaimMissing, ///< "claim"
    ClaimType,    ///< "claim", "expected"
    TokenExpired, ///< "distance" in seconds, as in the next three
    TokenNotYetValid,
    TokenFromFuture,
    LifetimeTooLong, ///< "limit", "found": seconds
    ClaimMismatch,   ///< "claim", "expected", "found"
};
const ErrorDomain& errorDomain(JoseErrorCode) noexcept;

} // namespace claimsmith::jose

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace claimsmith::crypto {

enum class CryptoErrorCode {
    NotAKey,            ///< neither PEM nor DER of any key
    PemIncomplete,      ///< a BEGIN line without its END line
    PemEscapedNewlines, ///< the line ends were pasted as the two characters "\n"
    PemUnsupported,     ///< a PEM block of something that is no key; parameter "label"
    PemCorrupt,         ///< the label is known, the content is not what it says
    PassphraseNeeded,
    PassphraseWrong,
    KeyTypeUnsupported, ///< OpenSSL reads it, but nothing here can use it (DSA, DH…)
    CurveUnsupported,
    PointNotOnCurve,
    KeyInvalid,       ///< numbers that make no key: an even modulus, a wrong length…
    KeyPairMismatch,  ///< the private and the public part do not belong together
    KeyUnfit,         ///< the key is not of the kind that the signature scheme needs
    SizeRefused,      ///< a key size that is not generated
    DecryptionFailed, ///< wrong key or changed ciphertext
    LibraryFailure,   ///< OpenSSL failed for a reason of its own: memory, a missing provider
};
const ErrorDomain& errorDomain(CryptoErrorCode) noexcept;

} // namespace claimsmith::crypto

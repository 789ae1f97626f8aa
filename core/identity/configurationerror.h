// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace claimsmith::identity {

/// Why a configuration of the provider is refused. The place has file, line, column and JSON pointer.
enum class ConfigurationErrorCode {
    Unreadable,    ///< no JSON; the cause says why
    WrongType,     ///< parameters "expected", "found"
    MissingMember, ///< parameter "name"
    UnknownMember, ///< parameter "name": a misspelt setting would be ignored in silence otherwise
    UnknownValue,  ///< parameters "value", "expected"
    OutOfRange,    ///< parameters "minimum", "maximum"
    Duplicate,     ///< two issuers, clients or users of one name; parameter "value"
    InvalidPath,   ///< an issuer's path that is not like "/realms/demo"
    InvalidUri,    ///< relative, or with a fragment
    SecretInFile,  ///< a secret itself where {{secret:NAME}} belongs
    KeyInvalid,    ///< a key that can't be used; the cause says why
    Inconsistent,  ///< settings of one client that contradict each other
};
const ErrorDomain& errorDomain(ConfigurationErrorCode) noexcept;

} // namespace claimsmith::identity

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/error.h"

#include <array>

namespace claimsmith::crypto {
namespace {

constexpr std::array<std::string_view, 16> codeNames{
    "not-a-key",         "pem-incomplete",     "pem-escaped-newlines", "pem-unsupported",
    "pem-corrupt",       "passphrase-needed",  "passphrase-wrong",     "key-type-unsupported",
    "curve-unsupported", "point-not-on-curve", "key-invalid",          "key-pair-mismatch",
    "key-unfit",         "size-refused",       "decryption-failed",    "library-failure",
};
static_assert(codeNames.size() == static_cast<std::size_t>(CryptoErrorCode::LibraryFailure) + 1);

constexpr ErrorDomain domain{"crypto", [](int code) noexcept { return codeNames[static_cast<std::size_t>(code)]; }};

} // namespace

const ErrorDomain& errorDomain(CryptoErrorCode) noexcept
{
    return domain;
}

} // namespace claimsmith::crypto

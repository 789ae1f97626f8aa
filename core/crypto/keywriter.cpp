// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/keywriter.h"

#include "crypto/openssl.h"

#include <openssl/pem.h>

namespace claimsmith::crypto {

Result<SecretBytes> pkcs8Der(const PrivateKey& key)
{
    const ossl::Bio out(BIO_new(BIO_s_mem()));
    const ossl::ErrorQueueGuard guard;
    if (i2d_PKCS8PrivateKey_bio(out.get(), key.handle(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return ossl::failure(CryptoErrorCode::LibraryFailure);
    return SecretBytes(ossl::contentOf(out));
}

} // namespace claimsmith::crypto

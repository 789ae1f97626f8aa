// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/openssl.h"

#include "base/log.h"

#include <array>
#include <cstdlib>

namespace claimsmith::crypto::ossl {
namespace {

using FetchedDigest = std::unique_ptr<EVP_MD, Deleter<EVP_MD_free>>;

struct Digests
{
    std::array<FetchedDigest, 5> byKind{
        FetchedDigest(EVP_MD_fetch(nullptr, "MD5", nullptr)),
        FetchedDigest(EVP_MD_fetch(nullptr, "SHA1", nullptr)),
        FetchedDigest(EVP_MD_fetch(nullptr, "SHA2-256", nullptr)),
        FetchedDigest(EVP_MD_fetch(nullptr, "SHA2-384", nullptr)),
        FetchedDigest(EVP_MD_fetch(nullptr, "SHA2-512", nullptr)),
    };
};

} // namespace

const EVP_MD* fetched(DigestKind kind) noexcept
{
    static const Digests digests;
    const EVP_MD* algorithm = digests.byKind[static_cast<std::size_t>(kind)].get();
    if (algorithm == nullptr)
        fatal("a digest is not offered by this OpenSSL's providers");
    return algorithm;
}

void fatal(std::string_view what) noexcept
{
    log(LogLevel::Error, "crypto", what);
    std::abort();
}

Error failure(CryptoErrorCode code)
{
    const unsigned long latest = ERR_peek_last_error();
    const char* reason = latest == 0 ? nullptr : ERR_reason_error_string(latest);
    return {.code = code, .detail = reason == nullptr ? "" : std::string("OpenSSL: ") + reason};
}

BytesView contentOf(const Bio& memory) noexcept
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return size > 0 ? BytesView(data, static_cast<std::size_t>(size)) : BytesView();
}

Bio reader(BytesView bytes)
{
    return Bio(BIO_new_mem_buf(octets(bytes), static_cast<int>(bytes.size())));
}

} // namespace claimsmith::crypto::ossl

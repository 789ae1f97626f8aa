// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jwe.h"
#include "base/base64.h"
#include "jose/decrypt.h"
#include "jose/deflate.h"

#include <cstdint>
#include <cstdlib>

using namespace claimsmith;
using namespace claimsmith::jose;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// RFC 7516 A.3's, so that its token among the seeds opens.
const Key& key()
{
    static const Key secret = Key::fromSecret(SecretBytes(*fromBase64Url("GawgguFyGrWKav7AX4VKUg")));
    return secret;
}

/// A part without a problem is written again as it stood.
void checkSegment(const Segment& segment)
{
    require(segment.problem ? segment.octets.empty() : toBase64Url(segment.octets) == segment.text);
}

void checkParts(const Jwe& jwe)
{
    require(!jwe.recipients.empty());
    for (const Segment* segment : {&jwe.protectedHeader, &jwe.nonce, &jwe.ciphertext, &jwe.tag})
        checkSegment(*segment);
    for (const JweRecipient& recipient : jwe.recipients) {
        checkSegment(recipient.encryptedKey);
        static_cast<void>(checkCritical(jwe, recipient));
        static_cast<void>(findHeaderProblem(jwe, recipient));
    }
    require(jwe.associatedData().starts_with(jwe.protectedHeader.text));
}

/// What opens is sealed as we would seal it; every rung that failed says why.
void checkReport(const DecryptionReport& report)
{
    require(report.rungs.size() == 8);
    for (const Rung& rung : report.rungs)
        require((rung.state == RungState::Failed) == rung.problem.has_value());
    require(report.isValid() == report.plaintext.has_value());
    require(!report.isValid() || (report.firstProblem() == nullptr && report.keyIndex.has_value()));
    require(report.isValid() || report.firstProblem() != nullptr);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view token(reinterpret_cast<const char*>(data), size);
    if (const auto jwe = readJwe(token))
        checkParts(*jwe);
    checkReport(decrypt(token, {.keys = {key()}, .maximumIterations = 2000, .maximumPlaintext = 1U << 16}));
    constexpr std::size_t maximum = 1U << 16;
    const auto plaintext = inflate(token, maximum);
    require(!plaintext || plaintext->size() <= maximum);
    return 0;
}

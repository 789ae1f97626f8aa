// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jws.h"
#include "base/base64.h"
#include "crypto/hmac.h"
#include "jose/compact.h"
#include "jose/verify.h"

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

const std::string& secret()
{
    // RFC 7515 A.1's, so that its token among the seeds is valid.
    static const std::string octets =
        *fromBase64Url("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
    return octets;
}

/// Every place lies within the text; a part without a problem is written again as it stood.
void checkSegment(const Segment& segment, std::string_view token, bool isEncoded)
{
    if (segment.problem) {
        const std::size_t offset = segment.problem->place.offset;
        require(offset == Place::npos || offset <= token.size() * 6); // an escape of six characters for one
        require(segment.octets.empty());
    } else if (isEncoded) {
        require(toBase64Url(segment.octets) == segment.text);
    }
}

void checkParts(std::string_view token)
{
    const auto jws = readJws(token);
    if (!jws)
        return;
    require(!jws->signatures.empty());
    for (const JwsSignature& signature : jws->signatures) {
        checkSegment(signature.protectedHeader, token, true);
        checkSegment(signature.signature, token, true);
        static_cast<void>(checkCritical(signature));
    }
    checkSegment(jws->payload, token, !jws->signatures.front().isUnencoded());
    if (jws->serialization != Serialization::Compact)
        return;
    const JwsSignature& only = jws->signatures.front();
    require(jws->signingInput(only) + '.' + only.signature.text == token);
    const auto parts = splitCompact(token);
    require(parts && parts->payload == jws->payload.text && parts->signature == only.signature.text);
    // What is read strictly is read leniently too, as the same octets.
    const auto lenient = readJws(token, {.base64 = Base64Rule::Lenient});
    require(lenient.hasValue());
    require(only.signature.problem || lenient->signatures.front().signature.octets == only.signature.octets);
}

/// No token is valid but one whose signature we would make ourselves.
void checkVerdict(std::string_view token)
{
    const VerifyOptions options{.keys = {Key::fromSecret(SecretBytes(BytesView(secret())))}, .claims = std::nullopt};
    const VerificationReport report = verify(token, options);
    require(report.rungs.size() == static_cast<std::size_t>(RungId::Required) + 1);
    for (const Rung& rung : report.rungs)
        require((rung.state == RungState::Failed) == rung.problem.has_value());
    if (!report.isValid())
        return;
    const JwsSignature& signature = report.token->signatures[report.signatureIndex];
    const AlgorithmInfo* algorithm = findAlgorithm(*signature.find("alg")->asString());
    require(algorithm != nullptr && algorithm->keyType == KeyType::Oct);
    const crypto::Hmac hmac(algorithm->digest, SecretBytes(BytesView(secret())));
    require(hmac.sign(report.token->signingInput(signature)) == signature.signature.octets);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view token(reinterpret_cast<const char*>(data), size);
    checkParts(token);
    checkVerdict(token);
    return 0;
}

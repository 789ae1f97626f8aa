// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/sign.h"

#include "base/base64.h"
#include "document/json.h"
#include "jose/jws.h"
#include "jose/signature.h"

namespace claimsmith::jose {
namespace {

Result<const AlgorithmInfo*> algorithmOf(const JwsSignature& signature)
{
    const document::Value* value = signature.find("alg");
    const auto refuse = [](JoseErrorCode code, std::string name = {}) {
        return Error{.code = code, .place = {.pointer = "/alg"}, .parameters = {{"algorithm", std::move(name)}}};
    };
    if (value == nullptr)
        return refuse(JoseErrorCode::AlgorithmMissing);
    const std::string* name = value->asString();
    if (name == nullptr)
        return refuse(JoseErrorCode::AlgorithmNotString);
    if (*name == "none")
        return refuse(JoseErrorCode::AlgorithmNone);
    const AlgorithmInfo* algorithm = findAlgorithm(*name);
    if (algorithm == nullptr)
        return refuse(JoseErrorCode::AlgorithmUnknown, *name);
    return algorithm;
}

Result<Bytes> signatureOf(const AlgorithmInfo& algorithm, const Key& key, BytesView signingInput)
{
    CLAIMSMITH_CHECK(checkSuitable(key, algorithm, KeyPurpose::Sign));
    CLAIMSMITH_TRY(const SignatureMaker maker, key.secret() != nullptr
                                                   ? SignatureMaker::forSecret(algorithm.id, key.secret()->clone())
                                                   : SignatureMaker::forKey(algorithm.id, *key.privateKey()));
    return maker.sign(signingInput);
}

} // namespace

Result<std::string> signCompact(std::string_view header, BytesView payload, const Key& key, const SignOptions& options)
{
    // The reader checks the header: what it would refuse is not signed either.
    const std::string encodedHeader = toBase64Url(header);
    CLAIMSMITH_TRY(const Jws draft, readJws(encodedHeader + ".."));
    if (const Error* problem = draft.firstProblem())
        return *problem;
    const JwsSignature& signature = draft.signatures.front();
    const std::vector<Error> problems = checkCritical(signature);
    if (!problems.empty())
        return problems.front();
    CLAIMSMITH_TRY(const AlgorithmInfo* algorithm, algorithmOf(signature));

    const bool isUnencoded = signature.isUnencoded();
    const std::string encodedPayload = isUnencoded ? std::string(payload) : toBase64Url(payload);
    if (isUnencoded && !options.detached && payload.find('.') != BytesView::npos)
        return Error{.code = JoseErrorCode::InvalidCharacter,
                     .place = {.offset = payload.find('.')},
                     .parameters = {{"part", "payload"}}};
    CLAIMSMITH_TRY(const Bytes octets, signatureOf(*algorithm, key, encodedHeader + '.' + encodedPayload));
    return encodedHeader + '.' + (options.detached ? "" : encodedPayload) + '.' + toBase64Url(octets);
}

Result<std::string> signCompact(const document::Object& header, const document::Value& payload, const Key& key,
                                const SignOptions& options)
{
    return signCompact(document::toJson(header), document::toJson(payload), key, options);
}

document::Object defaultHeader(const Key& key, Algorithm algorithm)
{
    document::Object header;
    header.append("alg", toString(algorithm));
    header.append("typ", "JWT");
    if (!key.id().empty())
        header.append("kid", key.id());
    return header;
}

} // namespace claimsmith::jose

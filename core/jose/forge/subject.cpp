// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/forge/subject.h"

#include "base/base64.h"
#include "crypto/hmac.h"
#include "document/json.h"
#include "jose/signature.h"

namespace claimsmith::jose::forge {
namespace {

using document::Object;

/// exp and nbf moved so that the token is valid now.
Object freshened(const Object& claims, std::int64_t now)
{
    constexpr std::int64_t hour = 3600;
    Object fresh = claims;
    const document::Value* expires = claims.find("exp");
    const document::Number* end = expires == nullptr ? nullptr : expires->asNumber();
    if (end != nullptr && end->toDouble() <= static_cast<double>(now))
        fresh.set("exp", now + hour);
    const document::Value* starts = claims.find("nbf");
    const document::Number* begin = starts == nullptr ? nullptr : starts->asNumber();
    if (begin != nullptr && begin->toDouble() > static_cast<double>(now))
        fresh.set("nbf", now);
    return fresh;
}

} // namespace

Subject::Subject(std::string_view token, Jws jws, std::int64_t now) : m_token(token), m_jws(std::move(jws))
{
    const auto value = document::parseJson(m_jws.payload.octets);
    if (value && value->asObject() != nullptr) {
        m_claims = *value->asObject();
        m_hasClaims = true;
        m_freshClaims = freshened(m_claims, now);
    }
    const bool isSame = !m_hasClaims || m_freshClaims == m_claims;
    m_freshPayload = isSame ? m_jws.payload.octets : document::toJson(m_freshClaims);
}

const AlgorithmInfo* Subject::algorithm() const noexcept
{
    const document::Value* value = header().find("alg");
    const std::string* name = value == nullptr ? nullptr : value->asString();
    return name == nullptr ? nullptr : findAlgorithm(*name);
}

Object Subject::headerWith(std::initializer_list<document::Member> members) const
{
    Object changed = header();
    for (const document::Member& member : members)
        changed.set(member.name, member.value);
    return changed;
}

std::string compact(std::string_view header, std::string_view payload, BytesView signature)
{
    return toBase64Url(header) + '.' + toBase64Url(payload) + '.' + toBase64Url(signature);
}

std::string compact(const Object& header, std::string_view payload, BytesView signature)
{
    return compact(document::toJson(header), payload, signature);
}

std::string withHmac(const Object& header, std::string_view payload, BytesView secret)
{
    const document::Value* value = header.find("alg");
    const AlgorithmInfo* algorithm =
        value == nullptr || value->asString() == nullptr ? nullptr : findAlgorithm(*value->asString());
    const bool isHmac = algorithm != nullptr && algorithm->keyType == KeyType::Oct;
    const crypto::Hmac hmac(isHmac ? algorithm->digest : crypto::DigestKind::Sha256, SecretBytes(secret));
    const std::string input = toBase64Url(document::toJson(header)) + '.' + toBase64Url(payload);
    return input + '.' + toBase64Url(hmac.sign(input));
}

std::optional<std::string> withKey(std::string_view header, std::string_view payload, const Key& key,
                                   const AlgorithmInfo& algorithm)
{
    const bool canSign = key.secret() != nullptr || key.privateKey() != nullptr;
    if (!canSign || key.type() != algorithm.keyType)
        return std::nullopt;
    const auto maker = key.secret() != nullptr ? SignatureMaker::forSecret(algorithm.id, key.secret()->clone())
                                               : SignatureMaker::forKey(algorithm.id, *key.privateKey());
    const std::string input = toBase64Url(header) + '.' + toBase64Url(payload);
    const auto octets = maker ? maker->sign(input) : Result<Bytes>(maker.error());
    if (!octets)
        return std::nullopt;
    return input + '.' + toBase64Url(*octets);
}

std::optional<std::string> signedByTester(const Subject& subject, const Knowledge& knowledge, const Object& header,
                                          std::string_view payload)
{
    if (!knowledge.signer)
        return std::nullopt;
    const AlgorithmInfo* algorithm = subject.algorithm();
    const std::vector<Algorithm> fitting = algorithmsFor(*knowledge.signer);
    if (algorithm == nullptr && !fitting.empty())
        algorithm = &info(fitting.front());
    if (algorithm == nullptr)
        return std::nullopt;
    return withKey(document::toJson(header), payload, *knowledge.signer, *algorithm);
}

} // namespace claimsmith::jose::forge

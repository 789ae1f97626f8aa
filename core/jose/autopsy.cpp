// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/autopsy.h"

#include "base/base64.h"
#include "base/text.h"
#include "crypto/signature.h"
#include "jose/jws.h"
#include "jose/signature.h"

#include <algorithm>
#include <array>

namespace claimsmith::jose {
namespace {

/// The parts of one signature that all trials share.
struct Subject
{
    const AlgorithmInfo* algorithm = nullptr; ///< the header's; null when it names none that is known
    Bytes signingInput;
    Bytes signature;
};

std::optional<Subject> subjectOf(std::string_view token)
{
    const auto jws = readJws(token);
    if (!jws || jws->firstProblem() != nullptr)
        return std::nullopt;
    const JwsSignature& signature = jws->signatures.front();
    Subject subject{.signingInput = jws->signingInput(signature), .signature = signature.signature.octets};
    const document::Value* alg = signature.find("alg");
    if (alg != nullptr && alg->asString() != nullptr)
        subject.algorithm = findAlgorithm(*alg->asString());
    return subject;
}

bool verifies(const Subject& subject, Algorithm algorithm, BytesView secret)
{
    const auto verifier = SignatureVerifier::forSecret(algorithm, SecretBytes(secret));
    return verifier && verifier->verify(subject.signingInput, subject.signature);
}

bool verifies(const Subject& subject, const AlgorithmInfo& algorithm, const Key& key)
{
    if (algorithm.keyType != key.type())
        return false;
    if (key.secret() != nullptr)
        return verifies(subject, algorithm.id, key.secret()->view());
    const auto verifier = SignatureVerifier::forKey(algorithm.id, *key.publicKey());
    return verifier && verifier->verify(subject.signingInput, subject.signature);
}

// ---- The secret

Bytes utf16(std::string_view ascii)
{
    Bytes wide;
    for (const char c : ascii) {
        wide.push_back(c);
        wide.push_back('\0');
    }
    return wide;
}

struct SecretTrial
{
    AutopsyCause cause;
    std::optional<SecretBytes> secret;
};

std::optional<SecretBytes> decoded(std::string_view text, SecretEncoding encoding)
{
    auto secret = readSecret(text, encoding);
    if (!secret || secret->empty())
        return std::nullopt;
    return std::move(secret).value();
}

std::optional<Autopsy> examineSecret(const Subject& subject, std::string_view text)
{
    std::array<SecretTrial, 7> trials{{
        {AutopsyCause::SecretIsText, SecretBytes(text)},
        {AutopsyCause::SecretHasLineEnd, SecretBytes(trimmed(text))},
        {AutopsyCause::SecretIsBase64Url, decoded(trimmed(text), SecretEncoding::Base64Url)},
        {AutopsyCause::SecretIsBase64, decoded(trimmed(text), SecretEncoding::Base64)},
        {AutopsyCause::SecretIsHex, decoded(trimmed(text), SecretEncoding::Hex)},
        {AutopsyCause::SecretLacksLineEnd, SecretBytes(std::string(text) + '\n')},
        {AutopsyCause::SecretIsUtf16, SecretBytes(utf16(text))},
    }};
    for (const SecretTrial& trial : trials) {
        if (trial.secret && verifies(subject, subject.algorithm->id, trial.secret->view()))
            return Autopsy{.cause = trial.cause};
    }
    return std::nullopt;
}

std::optional<Autopsy> examineSecretOfOtherAlgorithm(const Subject& subject, const AutopsyInput& input)
{
    const auto secret = readSecret(input.secretText->view(), input.encoding);
    for (const Algorithm algorithm : {Algorithm::HS256, Algorithm::HS384, Algorithm::HS512}) {
        if (secret && verifies(subject, algorithm, secret->view()))
            return Autopsy{.cause = AutopsyCause::OtherAlgorithm, .algorithm = algorithm};
    }
    return std::nullopt;
}

// ---- Keys

std::optional<Autopsy> examineKeys(const Subject& subject, const std::vector<Key>& keys)
{
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (subject.algorithm != nullptr && verifies(subject, *subject.algorithm, keys[i]))
            return Autopsy{.cause = AutopsyCause::OtherKey, .keyIndex = i};
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        for (const AlgorithmInfo& algorithm : algorithms()) {
            if (verifies(subject, algorithm, keys[i]))
                return Autopsy{.cause = AutopsyCause::OtherAlgorithm, .keyIndex = i, .algorithm = algorithm.id};
        }
    }
    return std::nullopt;
}

/// The signature read in another form than the algorithm's.
std::optional<Autopsy> examineForm(const Subject& subject, const std::vector<Key>& keys)
{
    const bool isEcdsa = subject.algorithm->family == crypto::SignatureFamily::Ecdsa;
    crypto::SignatureScheme scheme = schemeOf(*subject.algorithm, Fit::Lenient);
    if (isEcdsa)
        scheme.ecdsaEncoding = crypto::EcdsaEncoding::Der;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].publicKey() == nullptr)
            continue;
        const auto verifier = crypto::Verifier::create(*keys[i].publicKey(), scheme);
        if (verifier && verifier->verify(subject.signingInput, subject.signature))
            return Autopsy{.cause = isEcdsa ? AutopsyCause::SignatureIsDer : AutopsyCause::SaltLength, .keyIndex = i};
    }
    return std::nullopt;
}

std::optional<Autopsy> examinePem(const Subject& subject, std::string_view pem)
{
    const std::string_view bare = trimmed(pem);
    for (const std::string& text : {std::string(pem), std::string(bare), std::string(bare) + '\n'}) {
        if (!text.empty() && verifies(subject, subject.algorithm->id, text))
            return Autopsy{.cause = AutopsyCause::PublicKeyAsSecret};
    }
    return std::nullopt;
}

// ---- The token's text

std::string withoutBlanks(std::string_view token)
{
    std::string text;
    for (const char c : token) {
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
            text.push_back(c);
    }
    return text;
}

std::string withoutQuotes(std::string_view token)
{
    token = trimmed(token);
    const bool isQuoted =
        token.size() > 1 && (token.front() == '"' || token.front() == '\'') && token.back() == token.front();
    return std::string(isQuoted ? token.substr(1, token.size() - 2) : token);
}

std::string withoutScheme(std::string_view token)
{
    constexpr std::string_view scheme = "Bearer ";
    token = trimmed(token);
    while (equalIgnoringCase(token.substr(0, scheme.size()), scheme))
        token = trimmed(token.substr(scheme.size()));
    return std::string(token);
}

std::string percentDecoded(std::string_view token)
{
    std::string text;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const auto octet = token[i] == '%' && i + 2 < token.size() ? fromHex(token.substr(i + 1, 2)) : std::nullopt;
        text += octet ? *octet : std::string(1, token[i]);
        i += octet ? 2 : 0;
    }
    return text;
}

std::string inUrlAlphabet(std::string_view token)
{
    std::string text;
    for (const char c : token) {
        if (c != '=')
            text.push_back(c == '+' ? '-' : c == '/' ? '_' : c);
    }
    return text;
}

/// Whether the verification that failed would now succeed.
bool isValid(std::string_view token, const AutopsyInput& input)
{
    const auto subject = subjectOf(token);
    if (!subject || subject->algorithm == nullptr)
        return false;
    if (input.secretText != nullptr) {
        const auto secret = readSecret(input.secretText->view(), input.encoding);
        return secret && verifies(*subject, subject->algorithm->id, secret->view());
    }
    return std::ranges::any_of(input.keys,
                               [&](const Key& key) { return verifies(*subject, *subject->algorithm, key); });
}

std::optional<Autopsy> examineText(const AutopsyInput& input)
{
    struct Repair
    {
        AutopsyCause cause;
        std::string (*repair)(std::string_view token);
    };
    static constexpr std::array<Repair, 5> repairs{{
        {AutopsyCause::TokenHasScheme, &withoutScheme},
        {AutopsyCause::TokenIsQuoted, &withoutQuotes},
        {AutopsyCause::TokenHasSpaces, &withoutBlanks},
        {AutopsyCause::TokenIsUrlEncoded, &percentDecoded},
        {AutopsyCause::TokenIsPadded, &inUrlAlphabet},
    }};
    for (const Repair& each : repairs) {
        std::string repaired = each.repair(input.token);
        if (repaired != input.token && isValid(repaired, input))
            return Autopsy{.cause = each.cause, .token = std::move(repaired)};
    }
    return std::nullopt;
}

} // namespace

std::optional<Autopsy> autopsy(const AutopsyInput& input)
{
    if (auto found = examineText(input))
        return found;
    const auto subject = subjectOf(input.token);
    if (!subject || subject->algorithm == nullptr)
        return std::nullopt;
    const bool isHmac = subject->algorithm->keyType == KeyType::Oct;
    if (input.secretText != nullptr && isHmac) {
        if (auto found = examineSecret(*subject, input.secretText->view()))
            return found;
        return examineSecretOfOtherAlgorithm(*subject, input);
    }
    if (auto found = examineKeys(*subject, input.keys))
        return found;
    return isHmac ? examinePem(*subject, input.keyText) : examineForm(*subject, input.keys);
}

std::string_view toString(AutopsyCause cause) noexcept
{
    constexpr std::array<std::string_view, 17> names{
        "token-has-spaces", "token-is-quoted",       "token-has-scheme",     "token-is-url-encoded",
        "token-is-padded",  "secret-is-text",        "secret-is-base64",     "secret-is-base64url",
        "secret-is-hex",    "secret-lacks-line-end", "secret-has-line-end",  "secret-is-utf16",
        "other-key",        "other-algorithm",       "public-key-as-secret", "signature-is-der",
        "salt-length",
    };
    static_assert(names.size() == static_cast<std::size_t>(AutopsyCause::SaltLength) + 1);
    return names[static_cast<std::size_t>(cause)];
}

} // namespace claimsmith::jose

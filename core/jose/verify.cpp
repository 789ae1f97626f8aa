// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/verify.h"

#include "document/json.h"
#include "jose/error.h"
#include "jose/roca.h"
#include "jose/signature.h"

#include <algorithm>
#include <array>

namespace claimsmith::jose {
namespace {

using document::Value;

void pass(Rung& rung)
{
    rung.state = RungState::Passed;
}

void failWith(Rung& rung, Error problem)
{
    rung.state = RungState::Failed;
    rung.problem = std::move(problem);
}

std::array<Rung, 7> emptyRungs()
{
    return {{
        {.id = RungId::Structure, .standard = "RFC 7515 §5.2"},
        {.id = RungId::Header, .standard = "RFC 7515 §4"},
        {.id = RungId::Algorithm, .standard = "RFC 7515 §4.1.1"},
        {.id = RungId::Critical, .standard = "RFC 7515 §4.1.11"},
        {.id = RungId::Key, .standard = "RFC 7515 §6"},
        {.id = RungId::Signature, .standard = "RFC 7515 §5.2"},
        {.id = RungId::Claims, .standard = "RFC 7519 §7.2"},
    }};
}

/// The rungs of one signature of a token, from Structure to Signature.
class SignatureCheck final
{
public:
    SignatureCheck(const Jws& jws, const JwsSignature& signature, const VerifyOptions& options)
        : m_jws(jws), m_signature(signature), m_options(options), m_rungs(emptyRungs())
    {
        checkStructure();
        checkHeader();
        checkAlgorithm();
        checkCriticalMembers();
        chooseKeys();
        checkSignature();
    }

    bool isVerified() const noexcept
    {
        return std::ranges::none_of(m_rungs, [](const Rung& rung) { return rung.state == RungState::Failed; });
    }

    std::array<Rung, 7> takeRungs() { return std::move(m_rungs); }
    std::vector<KeyCandidate> takeCandidates() { return std::move(m_candidates); }
    std::optional<std::size_t> keyIndex() const noexcept { return m_keyIndex; }

private:
    Rung& rung(RungId id) noexcept { return m_rungs[static_cast<std::size_t>(id)]; }

    void checkStructure();
    void checkHeader();
    void checkAlgorithm();
    void checkCriticalMembers();
    void chooseKeys();
    void checkSignature();
    std::optional<Error> whyNot(const Key& key) const;
    bool isVerifiedBy(const Key& key, BytesView signingInput) const;
    Error explainMismatch(const Key* onlyKey) const;

    const Jws& m_jws;
    const JwsSignature& m_signature;
    const VerifyOptions& m_options;
    std::array<Rung, 7> m_rungs;
    const AlgorithmInfo* m_algorithm = nullptr;
    std::vector<KeyCandidate> m_candidates;
    std::optional<std::size_t> m_keyIndex;
};

void SignatureCheck::checkStructure()
{
    Rung& structure = rung(RungId::Structure);
    for (const Segment* segment : {&m_signature.protectedHeader, &m_jws.payload, &m_signature.signature}) {
        if (!segment->problem)
            continue;
        failWith(structure, *segment->problem);
        return;
    }
    pass(structure);
}

void SignatureCheck::checkHeader()
{
    Rung& header = rung(RungId::Header);
    if (m_signature.headerProblem)
        return failWith(header, *m_signature.headerProblem);
    if (m_signature.protectedHeader.problem)
        return;
    header.found = m_signature.protectedHeader.octets;
    // A kid that is no string is never compared with a key's; a reader that takes it for text would look up another
    // key.
    for (const std::string_view member : {"kid", "typ", "cty", "jku", "x5u", "x5t", "x5t#S256"}) {
        const Value* value = m_signature.find(member);
        if (value == nullptr || value->asString() != nullptr)
            continue;
        Error error{.code = JoseErrorCode::HeaderMemberType, .place = {.pointer = document::joinPointer("", member)}};
        error.parameters = {{"member", std::string(member)}, {"expected", "string"}};
        return failWith(header, std::move(error));
    }
    pass(header);
}

std::string namesOf(const std::vector<Algorithm>& list)
{
    std::string names;
    for (const Algorithm algorithm : list)
        names.append(names.empty() ? "" : ", ").append(toString(algorithm));
    return names;
}

void SignatureCheck::checkAlgorithm()
{
    Rung& algorithm = rung(RungId::Algorithm);
    algorithm.expected = namesOf(m_options.algorithms);
    if (m_signature.protectedHeader.problem || m_signature.headerProblem)
        return;
    const Error blank{.code = JoseErrorCode::AlgorithmMissing, .place = {.pointer = "/alg"}};
    const auto refuse = [&](JoseErrorCode code) {
        Error error = blank;
        error.code = code;
        error.parameters = {{"algorithm", algorithm.found},
                            {"allowed", algorithm.expected},
                            {"standard", std::string(algorithm.standard)}};
        failWith(algorithm, std::move(error));
    };
    const Value* value = m_signature.find("alg");
    if (value == nullptr)
        return refuse(JoseErrorCode::AlgorithmMissing);
    const std::string* name = value->asString();
    algorithm.found = name != nullptr ? *name : document::toJson(*value);
    if (name == nullptr)
        return refuse(JoseErrorCode::AlgorithmNotString);
    if (*name == "none")
        return refuse(JoseErrorCode::AlgorithmNone);
    m_algorithm = findAlgorithm(*name);
    if (m_algorithm == nullptr) {
        algorithm.standard = standardOfForeign(*name);
        return refuse(algorithm.standard.empty() ? JoseErrorCode::AlgorithmUnknown
                                                 : JoseErrorCode::AlgorithmUnsupported);
    }
    algorithm.standard = m_algorithm->standard;
    const auto& allowed = m_options.algorithms;
    if (!allowed.empty() && std::ranges::find(allowed, m_algorithm->id) == allowed.end())
        return refuse(JoseErrorCode::AlgorithmNotAllowed);
    pass(algorithm);
}

void SignatureCheck::checkCriticalMembers()
{
    Rung& critical = rung(RungId::Critical);
    const Value* list = m_signature.find("crit");
    if (list != nullptr)
        critical.found = document::toJson(*list);
    std::vector<Error> problems = checkCritical(m_signature);
    if (!problems.empty())
        failWith(critical, std::move(problems.front()));
    else if (list != nullptr)
        pass(critical);
}

std::optional<Error> SignatureCheck::whyNot(const Key& key) const
{
    auto suitable = checkSuitable(key, *m_algorithm, KeyPurpose::Verify);
    if (!suitable)
        return std::move(suitable).error();
    if (key.secret() != nullptr && key.secret()->empty())
        return Error{.code = JoseErrorCode::KeySecretEmpty};
    const std::string* kid = m_signature.keyId();
    if (m_options.keyIds == KeyIdRule::Compare && kid != nullptr && !key.id().empty() && *kid != key.id())
        return Error{.code = JoseErrorCode::KeyOfOtherId, .parameters = {{"expected", *kid}, {"found", key.id()}}};
    if (m_options.demandKeyLength && key.bits() < m_algorithm->minimumBits)
        return Error{.code = JoseErrorCode::KeyTooShort,
                     .parameters = {{"expected", std::to_string(m_algorithm->minimumBits)},
                                    {"found", std::to_string(key.bits())}}};
    if (m_options.demandKeyLength && hasRocaWeakness(key))
        return Error{.code = JoseErrorCode::KeyVulnerable, .parameters = {{"weakness", "CVE-2017-15361"}}};
    return std::nullopt;
}

void SignatureCheck::chooseKeys()
{
    Rung& keys = rung(RungId::Key);
    const std::string* kid = m_signature.keyId();
    keys.expected = kid == nullptr ? "" : *kid;
    for (std::size_t i = 0; i < m_options.keys.size(); ++i) {
        KeyCandidate candidate{.index = i};
        if (m_algorithm != nullptr)
            candidate.rejection = whyNot(m_options.keys[i]);
        m_candidates.push_back(std::move(candidate));
    }
    if (m_candidates.empty())
        return failWith(keys, {.code = JoseErrorCode::NoKeys});
    if (m_algorithm == nullptr)
        return;
    const auto suitable =
        std::ranges::find_if(m_candidates, [](const KeyCandidate& candidate) { return !candidate.rejection; });
    if (suitable != m_candidates.end()) {
        keys.found = m_options.keys[suitable->index].id();
        return pass(keys);
    }
    // With one key its own reason says more than that there is none.
    Error error =
        m_candidates.size() == 1 ? *m_candidates.front().rejection : Error{.code = JoseErrorCode::NoSuitableKey};
    failWith(keys, std::move(error));
}

bool SignatureCheck::isVerifiedBy(const Key& key, BytesView signingInput) const
{
    const auto verifier = key.secret() != nullptr ? SignatureVerifier::forSecret(m_algorithm->id, key.secret()->clone())
                                                  : SignatureVerifier::forKey(m_algorithm->id, *key.publicKey());
    return verifier && verifier->verify(signingInput, m_signature.signature.octets);
}

Error SignatureCheck::explainMismatch(const Key* onlyKey) const
{
    const std::size_t found = m_signature.signature.octets.size();
    if (found == 0)
        return {.code = JoseErrorCode::SignatureEmpty};
    std::size_t expected = 0;
    if (m_algorithm->keyType == KeyType::Oct)
        expected = crypto::digestSize(m_algorithm->digest);
    else if (onlyKey != nullptr)
        if (const auto verifier = SignatureVerifier::forKey(m_algorithm->id, *onlyKey->publicKey()))
            expected = verifier->signatureSize();
    if (expected != 0 && expected != found)
        return {.code = JoseErrorCode::SignatureLength,
                .parameters = {{"expected", std::to_string(expected)}, {"found", std::to_string(found)}}};
    return {.code = JoseErrorCode::SignatureMismatch};
}

void SignatureCheck::checkSignature()
{
    Rung& signature = rung(RungId::Signature);
    const bool isComplete =
        !m_jws.payload.problem && !m_signature.signature.problem && !m_signature.protectedHeader.problem;
    if (m_algorithm == nullptr || !isComplete || rung(RungId::Key).state != RungState::Passed)
        return;
    const Bytes signingInput = m_jws.signingInput(m_signature);
    const Key* tried = nullptr;
    std::size_t triedCount = 0;
    for (KeyCandidate& candidate : m_candidates) {
        if (candidate.rejection)
            continue;
        tried = &m_options.keys[candidate.index];
        ++triedCount;
        candidate.verified = isVerifiedBy(*tried, signingInput);
        if (!candidate.verified)
            continue;
        m_keyIndex = candidate.index;
        signature.found = tried->id();
        return pass(signature);
    }
    failWith(signature, explainMismatch(triedCount == 1 ? tried : nullptr));
}

// ---- The payload

/// The claims, or why there are none.
Result<document::Object> readClaims(const Segment& payload)
{
    auto value = document::parseJson(payload.octets);
    if (!value) {
        const bool isDuplicate = value.error().code == document::JsonErrorCode::DuplicateKey;
        Error error{.code = isDuplicate ? JoseErrorCode::PayloadDuplicateMember : JoseErrorCode::PayloadNotJson,
                    .place = value.error().place};
        error.cause = std::make_shared<const Error>(std::move(value).error());
        return error;
    }
    document::Object* object = value->asObject();
    if (object == nullptr)
        return Error{.code = JoseErrorCode::PayloadNotObject};
    return std::move(*object);
}

std::vector<Rung> uncheckedClaims()
{
    // With no claims and no policy every rung stays unchecked, and keeps its standard.
    return checkClaims({}, {}, 0);
}

void addClaims(VerificationReport& report, const VerifyOptions& options)
{
    Rung& rung = report.rungs[static_cast<std::size_t>(RungId::Claims)];
    std::vector<Rung> checked = uncheckedClaims();
    if (report.token && !report.token->payload.problem) {
        auto claims = readClaims(report.token->payload);
        if (claims)
            report.claims = std::move(claims).value();
        else if (options.claims)
            failWith(rung, std::move(claims).error());
    }
    if (options.claims && report.claims) {
        pass(rung);
        checked = checkClaims(*report.claims, *options.claims, options.clock->unixSeconds());
    }
    std::ranges::move(checked, std::back_inserter(report.rungs));
}

void addSignature(VerificationReport& report, const VerifyOptions& options)
{
    const std::vector<JwsSignature>& signatures = report.token->signatures;
    for (std::size_t i = 0; i < signatures.size(); ++i) {
        SignatureCheck check(*report.token, signatures[i], options);
        if (i > 0 && !check.isVerified())
            continue;
        report.signatureIndex = i;
        report.keyIndex = check.keyIndex();
        const bool isVerified = check.isVerified();
        auto rungs = check.takeRungs();
        report.rungs.assign(std::make_move_iterator(rungs.begin()), std::make_move_iterator(rungs.end()));
        report.candidates = check.takeCandidates();
        if (isVerified)
            return;
    }
}

} // namespace

bool VerificationReport::isValid() const noexcept
{
    return rung(RungId::Signature).state == RungState::Passed && firstProblem() == nullptr;
}

const Error* VerificationReport::firstProblem() const noexcept
{
    const auto failed = std::ranges::find(rungs, RungState::Failed, &Rung::state);
    return failed == rungs.end() ? nullptr : &*failed->problem;
}

VerificationReport verify(std::string_view token, const VerifyOptions& options)
{
    VerificationReport report;
    auto jws = readJws(token, {.base64 = options.base64, .detachedPayload = options.detachedPayload});
    if (jws) {
        report.token = std::move(jws).value();
        addSignature(report, options);
    } else {
        auto rungs = emptyRungs();
        failWith(rungs.front(), std::move(jws).error());
        report.rungs.assign(std::make_move_iterator(rungs.begin()), std::make_move_iterator(rungs.end()));
    }
    addClaims(report, options);
    return report;
}

} // namespace claimsmith::jose

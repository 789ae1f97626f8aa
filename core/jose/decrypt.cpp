// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/decrypt.h"

#include "document/json.h"
#include "jose/deflate.h"
#include "jose/keymanagement.h"
#include "jose/roca.h"

#include <algorithm>
#include <array>

namespace claimsmith::jose {
namespace {

using document::Value;

std::vector<Rung> emptyRungs()
{
    return {
        {.id = RungId::Structure, .standard = "RFC 7516 §5.2"},
        {.id = RungId::Header, .standard = "RFC 7516 §4"},
        {.id = RungId::Algorithm, .standard = "RFC 7516 §4.1.1"},
        {.id = RungId::Encryption, .standard = "RFC 7516 §4.1.2"},
        {.id = RungId::Critical, .standard = "RFC 7516 §4.1.13"},
        {.id = RungId::Key, .standard = "RFC 7516 §5.2"},
        {.id = RungId::Decryption, .standard = "RFC 7516 §5.2"},
        {.id = RungId::Compression, .standard = "RFC 7516 §4.1.3"},
    };
}

Rung& rungOf(std::vector<Rung>& rungs, RungId id)
{
    return *std::ranges::find(rungs, id, &Rung::id);
}

void pass(Rung& rung)
{
    rung.state = RungState::Passed;
}

void failWith(Rung& rung, Error problem)
{
    rung.state = RungState::Failed;
    rung.problem = std::move(problem);
}

template <class Id>
std::string namesOf(const std::vector<Id>& list)
{
    std::string names;
    for (const Id id : list)
        names.append(names.empty() ? "" : ", ").append(toString(id));
    return names;
}

/// The rungs of one recipient of a token, in their order.
class RecipientCheck final
{
public:
    RecipientCheck(const Jwe& jwe, const JweRecipient& recipient, const DecryptOptions& options,
                   IterationBudget& iterations)
        : m_jwe(jwe), m_recipient(recipient), m_options(options), m_iterations(iterations), m_rungs(emptyRungs())
    {
        checkStructure();
        checkHeader();
        checkAlgorithm();
        checkEncryption();
        checkCriticalMembers();
        checkCompression();
        chooseKeys();
        openContent();
    }

    /// The content could be decrypted, whatever became of its compression.
    bool isOpen() { return rung(RungId::Decryption).state == RungState::Passed; }
    bool foundKey() { return rung(RungId::Key).state == RungState::Passed; }

    void moveInto(DecryptionReport& report)
    {
        report.rungs = std::move(m_rungs);
        report.candidates = std::move(m_candidates);
        report.keyIndex = m_keyIndex;
        report.plaintext = std::move(m_plaintext);
    }

private:
    Rung& rung(RungId id) { return rungOf(m_rungs, id); }
    const Value* find(std::string_view name) const { return m_jwe.find(m_recipient, name); }

    bool canRead() const { return !m_jwe.protectedHeader.problem && !m_jwe.headerProblem; }
    bool hasFailed() const
    {
        return std::ranges::any_of(m_rungs, [](const Rung& each) { return each.state == RungState::Failed; });
    }

    void checkStructure();
    void checkHeader();
    void checkAlgorithm();
    void checkEncryption();
    void checkCriticalMembers();
    void checkCompression();
    void chooseKeys();
    void openContent();
    std::optional<Error> whyNot(const Key& key) const;
    std::optional<Error> curveProblem(const Key& key) const;
    std::optional<Error> strengthProblem(const Key& key) const;
    std::optional<Error> lengthProblem() const;
    Result<SecretBytes> openWith(const Key& key) const;
    void unpack(SecretBytes content);

    const Jwe& m_jwe;
    const JweRecipient& m_recipient;
    const DecryptOptions& m_options;
    IterationBudget& m_iterations;
    std::vector<Rung> m_rungs;
    const KeyManagementInfo* m_algorithm = nullptr;
    const ContentEncryptionInfo* m_encryption = nullptr;
    bool m_isCompressed = false;
    std::vector<KeyCandidate> m_candidates;
    std::optional<std::size_t> m_keyIndex;
    std::optional<SecretBytes> m_plaintext;
};

void RecipientCheck::checkStructure()
{
    Rung& structure = rung(RungId::Structure);
    std::vector<const Segment*> parts{&m_jwe.protectedHeader, &m_recipient.encryptedKey, &m_jwe.nonce,
                                      &m_jwe.ciphertext, &m_jwe.tag};
    if (m_jwe.additionalData)
        parts.push_back(&*m_jwe.additionalData);
    const auto broken = std::ranges::find_if(parts, [](const Segment* part) { return part->problem.has_value(); });
    if (broken != parts.end())
        failWith(structure, *(*broken)->problem);
    else
        pass(structure);
}

void RecipientCheck::checkHeader()
{
    Rung& header = rung(RungId::Header);
    if (m_jwe.headerProblem)
        return failWith(header, *m_jwe.headerProblem);
    if (m_jwe.protectedHeader.problem)
        return;
    header.found = m_jwe.protectedHeader.octets;
    if (auto problem = findHeaderProblem(m_jwe, m_recipient))
        return failWith(header, std::move(*problem));
    pass(header);
}

/// What is asked of "alg" and "enc" alike.
struct NameRule
{
    std::string_view member;
    std::string_view parameter;
    JoseErrorCode missing;
    JoseErrorCode notString;
    JoseErrorCode unknown;
    JoseErrorCode notAllowed;
};

constexpr NameRule algorithmRule{
    "alg",
    "algorithm",
    JoseErrorCode::AlgorithmMissing,
    JoseErrorCode::AlgorithmNotString,
    JoseErrorCode::AlgorithmUnknown,
    JoseErrorCode::AlgorithmNotAllowed,
};
constexpr NameRule encryptionRule{
    "enc",
    "encryption",
    JoseErrorCode::EncryptionMissing,
    JoseErrorCode::EncryptionNotString,
    JoseErrorCode::EncryptionUnknown,
    JoseErrorCode::EncryptionNotAllowed,
};

/// The table's entry for the name in the header when it is allowed; null when the rung has failed.
template <class Info, class IsAllowed>
const Info* checkName(Rung& rung, const Value* value, const NameRule& rule, const Info* (*find)(std::string_view),
                      const IsAllowed& isAllowed)
{
    const auto refuse = [&](JoseErrorCode code) -> const Info* {
        failWith(rung, {.code = code,
                        .place = {.pointer = document::joinPointer("", rule.member)},
                        .parameters = {{std::string(rule.parameter), rung.found}, {"allowed", rung.expected}}});
        return nullptr;
    };
    if (value == nullptr)
        return refuse(rule.missing);
    const std::string* name = value->asString();
    rung.found = name != nullptr ? *name : document::toJson(*value);
    if (name == nullptr)
        return refuse(rule.notString);
    const Info* entry = find(*name);
    if (entry == nullptr)
        return refuse(rule.unknown);
    rung.standard = entry->standard;
    if (!isAllowed(*entry))
        return refuse(rule.notAllowed);
    pass(rung);
    return entry;
}

/// Whether the key's owner made it for RSA1_5.
bool isForRsa1_5(const Key& key)
{
    return key.metadata().algorithm == toString(KeyManagement::Rsa1_5);
}

const KeyManagementInfo* findManagement(std::string_view name)
{
    return findKeyManagement(name);
}

const ContentEncryptionInfo* findEncryption(std::string_view name)
{
    return findContentEncryption(name);
}

void RecipientCheck::checkAlgorithm()
{
    const auto& allowed = m_options.algorithms;
    rung(RungId::Algorithm).expected = namesOf(allowed);
    if (!canRead())
        return;
    const auto isAllowed = [&](const KeyManagementInfo& entry) {
        return allowed.empty() ? entry.id != KeyManagement::Rsa1_5 || std::ranges::any_of(m_options.keys, &isForRsa1_5)
                               : std::ranges::find(allowed, entry.id) != allowed.end();
    };
    m_algorithm =
        checkName<KeyManagementInfo>(rung(RungId::Algorithm), find("alg"), algorithmRule, &findManagement, isAllowed);
}

void RecipientCheck::checkEncryption()
{
    const auto& allowed = m_options.encryptions;
    rung(RungId::Encryption).expected = namesOf(allowed);
    if (!canRead())
        return;
    const auto isAllowed = [&](const ContentEncryptionInfo& entry) {
        return allowed.empty() || std::ranges::find(allowed, entry.id) != allowed.end();
    };
    m_encryption = checkName<ContentEncryptionInfo>(rung(RungId::Encryption), find("enc"), encryptionRule,
                                                    &findEncryption, isAllowed);
}

void RecipientCheck::checkCriticalMembers()
{
    Rung& critical = rung(RungId::Critical);
    const Value* list = find("crit");
    if (list == nullptr)
        return;
    critical.found = document::toJson(*list);
    std::vector<Error> problems = checkCritical(m_jwe, m_recipient);
    if (problems.empty())
        pass(critical);
    else
        failWith(critical, std::move(problems.front()));
}

/// RFC 7516 §4.1.3: "DEF" or nothing, and protected.
void RecipientCheck::checkCompression()
{
    Rung& compression = rung(RungId::Compression);
    const Value* zip = find("zip");
    if (zip == nullptr)
        return;
    const std::string* name = zip->asString();
    compression.found = name == nullptr ? document::toJson(*zip) : *name;
    Error error = headerError(JoseErrorCode::CompressionUnknown, "zip");
    error.parameters.emplace_back("compression", compression.found);
    if (name == nullptr || *name != "DEF")
        return failWith(compression, std::move(error));
    if (!m_jwe.protectedMembers.contains("zip"))
        return failWith(compression, headerError(JoseErrorCode::CompressionUnprotected, "zip"));
    m_isCompressed = true;
}

/// Whether the epk is on another curve than this key: a token for somebody else.
std::optional<Error> RecipientCheck::curveProblem(const Key& key) const
{
    const Value* ephemeral = find("epk");
    const std::string* curve = ephemeral == nullptr ? nullptr : ephemeral->findString("crv");
    if (m_algorithm->family != KeyManagementFamily::KeyAgreement || curve == nullptr || *curve == key.curveName())
        return std::nullopt;
    return Error{.code = JoseErrorCode::KeyOfOtherCurve,
                 .parameters = {{"expected", *curve}, {"found", std::string(key.curveName())}}};
}

std::optional<Error> RecipientCheck::strengthProblem(const Key& key) const
{
    const std::size_t minimum = info(Algorithm::RS256).minimumBits;
    if (!m_options.demandKeyLength || key.type() != KeyType::Rsa)
        return std::nullopt;
    if (key.bits() < minimum)
        return Error{.code = JoseErrorCode::KeyTooShort,
                     .parameters = {{"expected", std::to_string(minimum)}, {"found", std::to_string(key.bits())}}};
    if (hasRocaWeakness(key))
        return Error{.code = JoseErrorCode::KeyVulnerable, .parameters = {{"weakness", "CVE-2017-15361"}}};
    return std::nullopt;
}

std::optional<Error> RecipientCheck::whyNot(const Key& key) const
{
    auto suitable = checkSuitable(key, *m_algorithm, *m_encryption, EncryptionPurpose::Decrypt);
    if (!suitable)
        return std::move(suitable).error();
    const bool isNamed = !m_options.algorithms.empty() || isForRsa1_5(key);
    if (m_algorithm->id == KeyManagement::Rsa1_5 && !isNamed)
        return Error{.code = JoseErrorCode::AlgorithmNotAllowed,
                     .parameters = {{"algorithm", std::string(m_algorithm->name)}, {"allowed", ""}}};
    if (auto problem = curveProblem(key))
        return problem;
    if (auto problem = strengthProblem(key))
        return problem;
    if (key.secret() != nullptr && key.secret()->empty())
        return Error{.code = JoseErrorCode::KeySecretEmpty};
    const std::string* kid = m_jwe.findText(m_recipient, "kid");
    if (m_options.keyIds == KeyIdRule::Compare && kid != nullptr && !key.id().empty() && *kid != key.id())
        return Error{.code = JoseErrorCode::KeyOfOtherId, .parameters = {{"expected", *kid}, {"found", key.id()}}};
    return std::nullopt;
}

void RecipientCheck::chooseKeys()
{
    Rung& keys = rung(RungId::Key);
    const std::string* kid = m_jwe.findText(m_recipient, "kid");
    keys.expected = kid == nullptr ? "" : *kid;
    const bool canJudge = m_algorithm != nullptr && m_encryption != nullptr;
    for (std::size_t i = 0; i < m_options.keys.size(); ++i) {
        KeyCandidate candidate{.index = i};
        if (canJudge)
            candidate.rejection = whyNot(m_options.keys[i]);
        m_candidates.push_back(std::move(candidate));
    }
    if (m_candidates.empty())
        return failWith(keys, {.code = JoseErrorCode::NoKeys});
    if (!canJudge)
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

/// What everybody can see without any key (RFC 7518 §5.2.2.2, §5.3).
std::optional<Error> RecipientCheck::lengthProblem() const
{
    if (m_algorithm->isDirect() && m_jwe.recipients.size() > 1)
        return Error{.code = JoseErrorCode::DirectNotAlone,
                     .parameters = {{"algorithm", std::string(m_algorithm->name)}}};
    const auto differs = [](JoseErrorCode code, std::size_t expected, const Segment& part) -> std::optional<Error> {
        if (part.octets.size() == expected)
            return std::nullopt;
        return Error{
            .code = code,
            .place = {.offset = part.offset},
            .parameters = {{"expected", std::to_string(expected)}, {"found", std::to_string(part.octets.size())}}};
    };
    if (auto error = differs(JoseErrorCode::NonceLength, crypto::aeadNonceSize(m_encryption->id), m_jwe.nonce))
        return error;
    return differs(JoseErrorCode::TagLength, crypto::aeadTagSize(m_encryption->id), m_jwe.tag);
}

Result<SecretBytes> RecipientCheck::openWith(const Key& key) const
{
    const HeaderView header(m_jwe.protectedMembers, m_jwe.sharedMembers, m_recipient.members);
    CLAIMSMITH_TRY(const SecretBytes contentKey,
                   recover(*m_algorithm, *m_encryption, key, header, m_recipient.encryptedKey.octets, m_iterations));
    auto content =
        crypto::open(m_encryption->id, contentKey, m_jwe.nonce.octets,
                     {.ciphertext = m_jwe.ciphertext.octets, .tag = m_jwe.tag.octets}, m_jwe.associatedData());
    if (!content)
        return Error{.code = JoseErrorCode::DecryptionFailed};
    return content;
}

void RecipientCheck::openContent()
{
    if (hasFailed() || rung(RungId::Key).state != RungState::Passed)
        return;
    Rung& decryption = rung(RungId::Decryption);
    if (auto problem = lengthProblem())
        return failWith(decryption, std::move(*problem));
    std::optional<Error> reason;
    for (KeyCandidate& candidate : m_candidates) {
        if (candidate.rejection)
            continue;
        auto content = openWith(m_options.keys[candidate.index]);
        if (!content) {
            // That a key did not fit says more than what kept another from being tried.
            if (!reason || content.error().code == JoseErrorCode::DecryptionFailed)
                reason = std::move(content).error();
            continue;
        }
        candidate.verified = true;
        m_keyIndex = candidate.index;
        decryption.found = m_options.keys[candidate.index].id();
        pass(decryption);
        return unpack(std::move(content).value());
    }
    failWith(decryption, std::move(*reason));
}

void RecipientCheck::unpack(SecretBytes content)
{
    if (!m_isCompressed) {
        m_plaintext = std::move(content);
        return;
    }
    Rung& compression = rung(RungId::Compression);
    auto plaintext = inflate(content.view(), m_options.maximumPlaintext);
    if (!plaintext)
        return failWith(compression, std::move(plaintext).error());
    pass(compression);
    m_plaintext = std::move(plaintext).value();
}

} // namespace

const Rung& DecryptionReport::rung(RungId id) const
{
    return *std::ranges::find(rungs, id, &Rung::id);
}

const Error* DecryptionReport::firstProblem() const noexcept
{
    const auto failed = std::ranges::find(rungs, RungState::Failed, &Rung::state);
    return failed == rungs.end() ? nullptr : &*failed->problem;
}

DecryptionReport decrypt(std::string_view token, const DecryptOptions& options)
{
    DecryptionReport report;
    auto jwe = readJwe(token, options.base64);
    report.rungs = emptyRungs();
    if (!jwe) {
        failWith(report.rungs.front(), std::move(jwe).error());
        return report;
    }
    report.token = std::move(jwe).value();
    if (report.token->recipients.size() > options.maximumRecipients) {
        failWith(report.rungs.front(), {.code = JoseErrorCode::TooManyRecipients,
                                        .parameters = {{"limit", std::to_string(options.maximumRecipients)}}});
        return report;
    }
    IterationBudget iterations{.minimum = options.minimumIterations, .remaining = options.maximumIterations};
    for (std::size_t i = 0; i < report.token->recipients.size(); ++i) {
        RecipientCheck check(*report.token, report.token->recipients[i], options, iterations);
        const bool isOpen = check.isOpen();
        const bool cameFurther = check.foundKey() && report.rung(RungId::Key).state != RungState::Passed;
        if (i > 0 && !isOpen && !cameFurther)
            continue;
        report.recipientIndex = i;
        check.moveInto(report);
        if (isOpen) // content and compression are the same for all
            break;
    }
    return report;
}

} // namespace claimsmith::jose

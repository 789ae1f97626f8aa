// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/verdict.h"

#include "text/claimtext.h"
#include "text/josetext.h"
#include "text/quantities.h"
#include "text/timetext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(TokenVerdict)
};

using State = CheckLine::State;
using jose::RungId;
using jose::RungState;

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QString span(std::int64_t seconds)
{
    return spanText(std::chrono::seconds(seconds));
}

/// The algorithm by what it computes: "HMAC-SHA256".
QString primitiveOf(std::string_view algorithm)
{
    const auto* info = jose::findAlgorithm(algorithm);
    if (!info)
        return text(algorithm);
    if (info->keyType == jose::KeyType::Oct)
        return QStringLiteral("HMAC-SHA") + text(algorithm.substr(2));
    switch (info->family) {
    case crypto::SignatureFamily::RsaPkcs1:
        return QStringLiteral("RSA, SHA-") + text(algorithm.substr(2));
    case crypto::SignatureFamily::RsaPss:
        return QStringLiteral("RSA-PSS, SHA-") + text(algorithm.substr(2));
    case crypto::SignatureFamily::Ecdsa:
        return QStringLiteral("ECDSA, SHA-") + text(algorithm.substr(2, 3));
    case crypto::SignatureFamily::EdDsa:
        break;
    }
    return text(algorithm);
}

/// What a rung says when it passed and when there was nothing to check.
struct RungWords
{
    RungId id;
    const char* passed;
    const char* skipped; ///< null: such a rung is not shown
};

constexpr std::array rungWords{
    RungWords{RungId::Structure, QT_TRANSLATE_NOOP("TokenVerdict", "Three parts, valid base64url"), nullptr},
    RungWords{RungId::Header, QT_TRANSLATE_NOOP("TokenVerdict", "The header is a JSON object"), nullptr},
    RungWords{RungId::Algorithm, QT_TRANSLATE_NOOP("TokenVerdict", "Algorithm is known"), nullptr},
    RungWords{RungId::Critical, QT_TRANSLATE_NOOP("TokenVerdict", "Critical extensions are known"), nullptr},
    RungWords{RungId::Key, QT_TRANSLATE_NOOP("TokenVerdict", "The key fits the algorithm"),
              QT_TRANSLATE_NOOP("TokenVerdict", "Key not looked for")},
    RungWords{RungId::Signature, QT_TRANSLATE_NOOP("TokenVerdict", "Signature is valid"),
              QT_TRANSLATE_NOOP("TokenVerdict", "Signature not checked")},
    RungWords{RungId::Claims, QT_TRANSLATE_NOOP("TokenVerdict", "The payload is a JSON object"), nullptr},
    RungWords{RungId::Expiration, QT_TRANSLATE_NOOP("TokenVerdict", "exp is in the future"),
              QT_TRANSLATE_NOOP("TokenVerdict", "There is no exp")},
    RungWords{RungId::NotBefore, QT_TRANSLATE_NOOP("TokenVerdict", "nbf is in the past"),
              QT_TRANSLATE_NOOP("TokenVerdict", "There is no nbf")},
    RungWords{RungId::IssuedAt, QT_TRANSLATE_NOOP("TokenVerdict", "iat is in the past"), nullptr},
};

QString rungDetail(const jose::Rung& rung, const KeyChoice& choice, const ChosenKeys& keys)
{
    switch (rung.id) {
    case RungId::Algorithm:
        return text(rung.found);
    case RungId::Key:
        return describeKeys(choice, keys);
    case RungId::Expiration:
    case RungId::NotBefore:
    case RungId::IssuedAt:
        return rung.distance ? span(*rung.distance) : QString();
    default:
        return {};
    }
}

CheckLine lineOf(const jose::Rung& rung, const RungWords& words, const KeyChoice& choice, const ChosenKeys& keys)
{
    CheckLine line;
    line.toolTip = text(rung.standard);
    switch (rung.state) {
    case RungState::Passed:
        line.state = State::Passed;
        line.text = Tr::tr(words.passed);
        line.detail = rungDetail(rung, choice, keys);
        return line;
    case RungState::Failed:
        line.state = State::Failed;
        line.text = joseErrorText(*rung.problem);
        if (line.text.endsWith(u'.'))
            line.text.chop(1);
        line.toolTip = QStringList{joseErrorText(*rung.problem), joseRemedyText(*rung.problem), line.toolTip}
                           .filter(QRegularExpression(QStringLiteral(".")))
                           .join(u'\n');
        return line;
    case RungState::NotChecked:
        line.text = Tr::tr(words.skipped);
        break;
    }
    return line;
}

void sumUp(Verdict& verdict, const jose::VerificationReport& report, const KeyChoice& choice, const ChosenKeys& keys)
{
    const RungState signature = report.rung(RungId::Signature).state;
    verdict.signatureFailed = signature == RungState::Failed;
    if (report.isValid()) {
        verdict.outcome = Verdict::Outcome::Good;
        verdict.title = Tr::tr("The signature and the times hold");
        verdict.sentence = Tr::tr("verified with %1").arg(describeKeys(choice, keys));
        return;
    }
    if (keys.problem && signature == RungState::NotChecked) {
        verdict.outcome = Verdict::Outcome::Open;
        verdict.title = Tr::tr("The signature is not checked");
        verdict.sentence = Tr::tr("there is no key to check it with");
        return;
    }
    verdict.outcome = Verdict::Outcome::Bad;
    verdict.title = joseErrorText(*report.firstProblem());
    if (verdict.title.endsWith(u'.'))
        verdict.title.chop(1);
    verdict.sentence = signature == RungState::Passed
                           ? Tr::tr("signature verified with %1").arg(describeKeys(choice, keys))
                       : keys.problem ? Tr::tr("no key to check the signature with")
                                      : Tr::tr("checked with %1").arg(describeKeys(choice, keys));
}

} // namespace

QString describeKeys(const KeyChoice& choice, const ChosenKeys& keys)
{
    if (keys.problem)
        return Tr::tr("no key");
    const QString name = text(keys.name);
    switch (choice.kind) {
    case KeyKind::Keyring:
        return Tr::tr("%1 of the keyring").arg(name);
    case KeyKind::Secret:
        return name.isEmpty() ? Tr::tr("the typed secret") : Tr::tr("the secret %1").arg(name);
    case KeyKind::Pem:
        return Tr::tr("the pasted PEM");
    case KeyKind::Jwk:
        return keys.keys.size() > 1 ? Tr::tr("the pasted JWKS") : Tr::tr("the pasted JWK");
    case KeyKind::JwksUrl:
        return Tr::tr("the keys of %1").arg(name);
    case KeyKind::Credential:
        break;
    }
    return Tr::tr("the credential of %1").arg(name);
}

QString keyProblemText(const Error& problem, std::string_view algorithm)
{
    const auto value = [&](std::string_view name) {
        for (const auto& [key, content] : problem.parameters) {
            if (key == name)
                return text(content);
        }
        return QString();
    };
    const auto is = [&](auto code) { return problem.code == ErrorCode(code); };
    using Code = KeyChoiceErrorCode;
    if (is(Code::NothingChosen))
        return Tr::tr("No key is chosen.");
    if (is(Code::NothingTyped))
        return Tr::tr("There is no key yet. Paste one.");
    if (is(Code::NotFetched))
        return Tr::tr("The keys are not fetched yet.");
    if (is(Code::UnknownKey))
        return Tr::tr("The keyring has no key %1.").arg(value("kid"));
    if (is(Code::UnknownCredential))
        return Tr::tr("The gateway has no JWT credential %1 of consumer %2.").arg(value("key"), value("consumer"));
    if (is(Code::NoConfiguration))
        return Tr::tr("The gateway has no valid configuration to take credentials from.");
    if (is(Code::SecretMissing) || is(Code::ReferenceUnresolved))
        return Tr::tr("The secret %1 is not in the keychain, or the keychain is locked.").arg(value("name"));
    if (is(jose::JoseErrorCode::KeyOfOtherType)) {
        const bool wantsSecret = value("expected") == QLatin1String("oct");
        return wantsSecret
                   ? Tr::tr("%1 signs with a shared secret, this is an %2 key. Choose an algorithm of that key, or "
                            "enter the secret under Secret.")
                         .arg(text(algorithm), value("found"))
                   : Tr::tr("%1 signs with an %2 key, this is %3. Choose another algorithm or another key.")
                         .arg(text(algorithm), value("expected"),
                              value("found") == QLatin1String("oct") ? Tr::tr("a shared secret") : value("found"));
    }
    return (joseErrorText(problem) + u' ' + joseRemedyText(problem)).trimmed();
}

Verdict ladderVerdict(const std::string& token, const KeyChoice& choice, const ChosenKeys& keys, const Clock& clock,
                      const std::optional<std::string>& detached)
{
    jose::VerifyOptions options;
    options.keys = keys.keys;
    options.clock = &clock;
    if (detached)
        options.detachedPayload = *detached;
    // A key that was chosen is tried, whatever kid the token names; of a set the token's kid chooses.
    options.keyIds = keys.keys.size() > 1 ? jose::KeyIdRule::Compare : jose::KeyIdRule::Ignore;
    const jose::VerificationReport report = jose::verify(token, options);

    Verdict verdict;
    for (const RungWords& words : rungWords) {
        const jose::Rung& rung = report.rung(words.id);
        if (rung.state == RungState::NotChecked && !words.skipped)
            continue;
        CheckLine line = lineOf(rung, words, choice, keys);
        if (words.id == RungId::Key && keys.problem) {
            line.state = State::Skipped;
            line.text = Tr::tr("No key to check with");
        }
        if (words.id == RungId::Signature && rung.state == RungState::Passed)
            line.detail = primitiveOf(report.rung(RungId::Algorithm).found);
        verdict.checks.push_back(std::move(line));
    }
    sumUp(verdict, report, choice, keys);
    return verdict;
}

LifeState lifeState(const document::Object& claims, std::int64_t now)
{
    const auto* exp = claims.find("exp");
    const auto* nbf = claims.find("nbf");
    const auto expires = exp ? claimInstant(*exp) : std::nullopt;
    const auto begins = nbf ? claimInstant(*nbf) : std::nullopt;
    if ((exp && !expires) || (nbf && !begins))
        return {LifeState::Kind::Unusable, 0};
    if (expires && *expires <= now)
        return {LifeState::Kind::Expired, now - *expires};
    if (begins && *begins > now)
        return {LifeState::Kind::NotYetValid, *begins - now};
    if (!expires)
        return {LifeState::Kind::Endless, 0};
    return {LifeState::Kind::Valid, *expires - now};
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenbench.h"

#include "bridge/workspacesession.h"
#include "document/json.h"
#include "gateway/snapshot.h"
#include "panels/tokens/craft/templatekey.h"
#include "panels/tokens/jsontext.h"
#include "panels/tokens/tokenedits.h"

namespace claimsmith::app {

namespace {

using Resign = TokenDocument::Resign;

std::string_view claimName(TimeClaim claim)
{
    switch (claim) {
    case TimeClaim::IssuedAt:
        return "iat";
    case TimeClaim::NotBefore:
        return "nbf";
    case TimeClaim::Expires:
        break;
    }
    return "exp";
}

} // namespace

void TokenBench::edit(const QString& label, const QString& mergeKey, const std::function<void(TokenState&)>& change,
                      Resign resign)
{
    if (!current())
        return;
    m_signingProblem.reset();
    current()->change(label, mergeKey, resign, change);
}

void TokenBench::resign(TokenState& state, const TypedKeys& typed)
{
    // Unsecured on request: stays so until an algorithm is chosen.
    if (state.draft.algorithm() == "none" && !state.draft.hasSignature())
        return;
    const ChosenKeys keys = app::chosenKeys(state.key, typed, sources());
    followKey(state, keys);
    auto signature = makeSignature(keys, state.draft.algorithm(), state.draft.signingInput());
    if (signature)
        state.draft.setSignature(*signature);
    else
        m_signingProblem = std::move(signature).error();
}

bool TokenBench::sign()
{
    if (!current())
        return false;
    edit(
        tr("Sign"), {}, [this](TokenState& state) { takeRelativeTimes(state, now()); }, Resign::Always);
    emit changed();
    return !m_signingProblem;
}

void TokenBench::typeEncoded(const QString& text)
{
    edit(
        tr("Edit Token"), QStringLiteral("encoded"),
        [&](TokenState& state) {
            const TokenState before = state;
            state.draft.typeEncoded(text.toStdString());
            followTimes(state, before);
        },
        Resign::Never);
}

void TokenBench::typeHeader(const QString& text)
{
    edit(tr("Edit Header"), QStringLiteral("header"),
         [&](TokenState& state) { state.draft.typeHeader(text.toStdString()); });
}

void TokenBench::typePayload(const QString& text)
{
    edit(tr("Edit Payload"), QStringLiteral("payload"), [&](TokenState& state) {
        const TokenState before = state;
        state.draft.typePayload(text.toStdString());
        followTimes(state, before);
    });
}

void TokenBench::settleTimes()
{
    edit(tr("Edit Payload"), QStringLiteral("payload"), [this](TokenState& state) { takeRelativeTimes(state, now()); });
    endGesture();
}

void TokenBench::setInstant(const std::string& claim, std::int64_t instant, bool follows)
{
    edit(tr("Set %1").arg(QString::fromStdString(claim)), {}, [&](TokenState& state) {
        setTime(state, claim, instant, now());
        if (!follows)
            state.relativeTimes.erase(claim);
    });
}

void TokenBench::setForm(const TokenForm& form)
{
    edit(tr("Change Form of Token"), {}, [&](TokenState& state) { state.draft.setForm(form); });
}

void TokenBench::setUnencoded(bool unencoded)
{
    edit(unencoded ? tr("Sign Payload as It Is") : tr("Sign Payload in base64url"), {},
         [&](TokenState& state) { app::setUnencoded(state, unencoded); });
}

void TokenBench::makeUnsecured()
{
    edit(
        tr("Make Token Unsecured"), {}, [](TokenState& state) { app::makeUnsecured(state); }, Resign::Never);
}

void TokenBench::layOutPayload()
{
    edit(tr("Lay Out Payload"), {}, [](TokenState& state) {
        using Pane = TokenDraft::Pane;
        if (!state.draft.error(Pane::Payload))
            state.draft.typePayload(indentedJson(state.draft.text(Pane::Payload)));
    });
}

void TokenBench::setSignsSpaces(TokenDraft::Pane pane, bool signs)
{
    edit(signs ? tr("Sign White Space") : tr("Sign Without White Space"), {},
         [&](TokenState& state) { state.draft.setSignsSpaces(pane, signs); });
}

void TokenBench::setAlgorithm(const std::string& name)
{
    edit(tr("Change Algorithm"), {}, [&](TokenState& state) { state.draft.setHeaderMember("alg", jsonString(name)); });
}

void TokenBench::setClaim(const std::string& name, const std::string& json)
{
    edit(tr("Change Claim %1").arg(QString::fromStdString(name)), {},
         [&](TokenState& state) { changeClaim(state, name, json); });
}

void TokenBench::addClaim(const std::string& name)
{
    edit(tr("Add Claim %1").arg(QString::fromStdString(name)), {},
         [&](TokenState& state) { app::addClaim(state, name, now()); });
}

void TokenBench::removeClaim(const std::string& name)
{
    edit(tr("Remove Claim %1").arg(QString::fromStdString(name)), {},
         [&](TokenState& state) { app::removeClaim(state, name); });
}

void TokenBench::renameClaim(const std::string& name, const std::string& newName)
{
    edit(tr("Rename Claim %1").arg(QString::fromStdString(name)), {},
         [&](TokenState& state) { app::renameClaim(state, name, newName); });
}

void TokenBench::moveTime(TimeClaim claim, std::int64_t instant)
{
    const std::string name(claimName(claim));
    edit(tr("Move %1").arg(QString::fromStdString(name)), QStringLiteral("move-") + QString::fromStdString(name),
         [&](TokenState& state) { changeClaim(state, name, std::to_string(instant)); });
}

void TokenBench::endGesture()
{
    if (current())
        current()->endGesture();
}

void TokenBench::runClaimAction(const std::string& claim, ClaimAction action)
{
    const std::int64_t distance = action == ClaimAction::Now ? 0 : action == ClaimAction::InTenMinutes ? 600 : 3600;
    edit(tr("Set %1").arg(QString::fromStdString(claim)), {},
         [&](TokenState& state) { setTime(state, claim, now() + distance, now()); });
}

void TokenBench::setLifetime(std::int64_t seconds)
{
    edit(tr("Set Lifetime"), {}, [&](TokenState& state) { app::setLifetime(state, seconds, now()); });
}

void TokenBench::runLintAction(const LintNote& note)
{
    switch (note.action) {
    case LintAction::AddClaim:
        return addClaim(note.target);
    case LintAction::RemoveClaim:
        return removeClaim(note.target);
    case LintAction::AddType:
        return setHeader("typ", "\"JWT\"");
    case LintAction::AddKeyId:
        if (m_keys.keys.size() == 1)
            setHeader("kid", jsonString(m_keys.keys.front().id()));
        return;
    case LintAction::RemoveHeader:
        return edit(tr("Remove %1").arg(QString::fromStdString(note.target)), {},
                    [&](TokenState& state) { state.draft.removeHeaderMember(note.target); });
    case LintAction::ShortenLife:
        return setLifetime(3600);
    case LintAction::TimeToSeconds:
        return edit(tr("Change Claim %1").arg(QString::fromStdString(note.target)), {},
                    [&](TokenState& state) { correctTime(state, note.target); });
    case LintAction::ChooseAlgorithm:
        return setAlgorithm(m_keys.algorithm.empty() ? "HS256" : m_keys.algorithm);
    case LintAction::RotateSecret:
    case LintAction::GenerateKey:
    case LintAction::None:
        return;
    }
}

void TokenBench::renew()
{
    edit(
        tr("Re-sign With exp +10 min"), {}, [&](TokenState& state) { app::setLifetime(state, usualLife, now()); },
        Resign::Always);
}

std::string TokenBench::credentialPointer() const
{
    return m_keys.credential ? m_keys.credential->pointer : std::string();
}

void TokenBench::setHeader(const std::string& name, const std::string& json)
{
    edit(tr("Set %1").arg(QString::fromStdString(name)), {},
         [&](TokenState& state) { state.draft.setHeaderMember(name, json); });
}

/// A DPoP proof carries the key that signs it (RFC 9449 §4.2); any other header may carry what it likes.
void TokenBench::followKey(TokenState& state, const ChosenKeys& keys)
{
    const auto* type = state.draft.header().find("typ");
    const auto* name = type ? type->asString() : nullptr;
    if (!name || *name != "dpop+jwt" || keys.keys.size() != 1)
        return;
    const std::string jwk = bareJwk(keys.keys.front());
    const auto* carried = state.draft.header().find("jwk");
    if (!jwk.empty() && (!carried || document::toJson(*carried) != jwk))
        state.draft.setHeaderMember("jwk", jwk);
}

/// Makes a token what the chosen credential wants: its algorithm, and its key in the claim by which the gateway finds
/// it.
void TokenBench::followCredential(TokenState& state) const
{
    if (state.key.kind != KeyKind::Credential || !state.setsIssuer)
        return;
    const ChosenKeys keys = app::chosenKeys(state.key, {}, sources());
    if (!keys.credential)
        return;
    const std::string claim = keyClaim();
    const std::string key = jsonString(keys.credential->text("key"));
    if (claim == "kid")
        state.draft.setHeaderMember("kid", key);
    else
        state.draft.setClaim(claim, key);
    if (!keys.algorithm.empty() && state.draft.algorithm() != keys.algorithm)
        state.draft.setHeaderMember("alg", jsonString(keys.algorithm));
}

void TokenBench::setKey(const KeyChoice& choice)
{
    edit(tr("Choose Key"), {}, [&](TokenState& state) {
        state.key = choice;
        followCredential(state);
    });
}

void TokenBench::useStoredKey(const std::string& kid, const std::string& algorithm)
{
    edit(tr("Choose Key"), {}, [&](TokenState& state) {
        state.key.kind = KeyKind::Keyring;
        state.key.kid = kid;
        state.draft.setHeaderMember("alg", jsonString(algorithm));
        state.draft.setHeaderMember("kid", jsonString(kid));
    });
}

void TokenBench::setTypedKeys(TypedKeys typed)
{
    if (!current())
        return;
    m_signingProblem.reset();
    current()->setTypedKeys(std::move(typed));
}

void TokenBench::setResigns(bool resigns)
{
    edit(tr("Re-sign While Editing"), {}, [&](TokenState& state) { state.resigns = resigns; });
}

void TokenBench::setSetsIssuer(bool sets)
{
    edit(tr("Set Issuer From Credential"), {}, [&](TokenState& state) {
        state.setsIssuer = sets;
        followCredential(state);
    });
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenbench.h"

#include "bridge/gatewaydocument.h"
#include "bridge/gatewaysession.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "document/json.h"
#include "gateway/snapshot.h"
#include "panels/tokens/jsontext.h"
#include "panels/tokens/tokenedits.h"
#include "text/claimtext.h"

#include <algorithm>

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

std::vector<ClaimAction> actionsOf(std::string_view claim)
{
    if (claim == "exp")
        return {ClaimAction::InTenMinutes, ClaimAction::InOneHour};
    if (isTimeClaim(claim))
        return {ClaimAction::Now};
    return {};
}

const gateway::Entity* jwtPlugin(const gateway::Snapshot& snapshot, const std::string& routeId)
{
    for (const auto& route : snapshot.routes()) {
        if (route->id != routeId)
            continue;
        for (const gateway::ChainSlot& slot : snapshot.chainOf(route.get())) {
            if (slot.instance && slot.descriptor->name == "jwt")
                return slot.instance->entity;
        }
    }
    return nullptr;
}

const document::Value* jwtConfig(const gateway::Snapshot& snapshot, const std::string& routeId)
{
    const gateway::Entity* plugin = jwtPlugin(snapshot, routeId);
    return plugin ? plugin->fields.find("config") : nullptr;
}

} // namespace

TokenBench::TokenBench(AppContext& context, QObject* parent)
    : QObject(parent), m_context(context), m_shelf(context.workspace, context.clock)
{
    m_shelf.setSigner([this](TokenState& state, const TypedKeys& typed) { resign(state, typed); });
    connect(&m_shelf, &TokenShelf::currentChanged, this, [this] {
        m_signingProblem.reset();
        refresh();
        emit currentChanged();
    });
    connect(&m_shelf, &TokenShelf::currentEdited, this, &TokenBench::refresh);
    connect(&context.workspace, &WorkspaceSession::changed, this, [this](WorkspaceSession::Part part) {
        if (part != WorkspaceSession::Part::Requests && part != WorkspaceSession::Part::Tokens)
            refresh();
    });
    connect(&context.secrets, &SecretService::secretsChanged, this, &TokenBench::refresh);
    connect(&m_autopsy, &TokenAutopsy::done, this, &TokenBench::changed);
    connect(&m_second, &QTimer::timeout, this, &TokenBench::tick);
    m_second.start(1000);
    m_shelf.takeWorkspace();
}

TokenBench::~TokenBench() = default;

void TokenBench::setZone(const QTimeZone& zone)
{
    m_zone = zone;
    emit ticked();
}

std::vector<KeyEntry> TokenBench::keys() const
{
    const auto snapshot = m_context.gateway.snapshot();
    return keyEntries(m_context.workspace.workspace(), snapshot.get());
}

void TokenBench::createToken()
{
    workspace::TokenRecipe recipe;
    recipe.name = tr("New token").toStdString();
    std::string issuer;
    for (const KeyEntry& key : keys()) {
        if (!key.isSecret || key.choice.kind != KeyKind::Credential)
            continue;
        recipe.key = workspace::CredentialKey{key.choice.consumer, key.choice.credential};
        recipe.algorithm = key.algorithm;
        recipe.header = "{\"alg\":" + jsonString(key.algorithm) + ",\"typ\":\"JWT\"}";
        issuer = "\"iss\":" + jsonString(key.choice.credential) + ',';
        break;
    }
    recipe.payload = '{' + issuer + R"("iat":"now","exp":"now+10m"})";
    m_shelf.add(std::move(recipe));
}

// --- What is said about the token

KeySources TokenBench::sources() const
{
    const auto snapshot = m_context.gateway.snapshot();
    KeySources sources{m_context.workspace.workspace(), m_context.secrets, snapshot.get(), false};
    if (snapshot) {
        const auto* config = jwtConfig(*snapshot, m_route);
        sources.secretIsBase64 = config && config->findBoolean("secret_is_base64").value_or(false);
    }
    return sources;
}

std::vector<GuardedRoute> TokenBench::routes() const
{
    const auto snapshot = m_context.gateway.snapshot();
    return snapshot ? guardedRoutes(*snapshot) : std::vector<GuardedRoute>();
}

std::string TokenBench::keyClaim() const
{
    const auto snapshot = m_context.gateway.snapshot();
    const auto* config = snapshot ? jwtConfig(*snapshot, m_route) : nullptr;
    const std::string* name = config ? config->findString("key_claim_name") : nullptr;
    return name ? *name : "iss";
}

void TokenBench::setRoute(const std::string& id)
{
    m_routeChosen = true;
    if (m_route == id)
        return;
    m_route = id;
    refresh();
}

void TokenBench::refresh()
{
    // A gateway with a guarded route is what tokens are made for: judge by it until told otherwise.
    const auto known = routes();
    const bool isGone =
        std::none_of(known.begin(), known.end(), [&](const auto& route) { return route.id == m_route; });
    if (isGone && (!m_routeChosen || !m_route.empty()))
        m_route = known.empty() ? std::string() : known.front().id;
    if (current()) {
        const TokenState& state = current()->state();
        m_keys = app::chosenKeys(state.key, current()->typedKeys(), sources());
        m_notes = lintNotes(state.draft, m_keys);
    }
    judge();
    examineSignature();
    emit changed();
}

/// The gateway finds its key by the token, the ladder takes the one that was chosen.
KeyChoice TokenBench::judgedKey() const
{
    const TokenState& state = current()->state();
    const auto snapshot = m_context.gateway.snapshot();
    if (m_route.empty() || !snapshot)
        return state.key;
    const std::string claim = keyClaim();
    const document::Value* value = state.draft.claims().find(claim);
    if (!value)
        value = state.draft.header().find(claim);
    const auto* text = value ? value->asString() : nullptr;
    const auto* credential = text ? snapshot->entities().findByName("jwt_secrets", *text) : nullptr;
    const auto* consumer = credential ? snapshot->findConsumer(credential->reference("consumer")) : nullptr;
    if (!consumer)
        return state.key;
    KeyChoice choice;
    choice.consumer = consumer->username;
    choice.credential = *text;
    return choice;
}

void TokenBench::examineSignature()
{
    if (!current() || !m_verdict.signatureFailed)
        return m_autopsy.clear();
    const KeyChoice choice = judgedKey();
    // Keeps the snapshot alive that the sources point into.
    const auto snapshot = m_context.gateway.snapshot();
    const KeySources from = sources();
    AutopsyCase subject = autopsyCase(current()->state().draft.token(), choice, current()->typedKeys(), from);
    if (m_autopsy.knows(subject))
        return;
    addOtherKeys(subject, choice, from);
    const ChosenKeys keys = app::chosenKeys(choice, current()->typedKeys(), from);
    AutopsyMeans means;
    means.canSign = keyForSigning(keys, current()->state().draft.algorithm()).hasValue();
    means.choosesKey = m_route.empty();
    using Encoding = workspace::SecretEncoding;
    if (choice.kind == KeyKind::Secret)
        means.encodings = {Encoding::Text, Encoding::Base64, Encoding::Base64Url, Encoding::Hex};
    else if (choice.kind == KeyKind::Credential && !m_route.empty())
        means.encodings = {Encoding::Text, Encoding::Base64, Encoding::Base64Url};
    m_autopsy.start(std::move(subject), std::move(means));
}

void TokenBench::runAutopsyFix()
{
    if (!m_autopsy.advice())
        return;
    const AutopsyAdvice advice = *m_autopsy.advice();
    switch (advice.fix) {
    case AutopsyFix::CleanToken:
        return typeEncoded(QString::fromStdString(advice.token));
    case AutopsyFix::SetEncoding:
        return readSecretAs(advice.encoding);
    case AutopsyFix::UseKey:
        return setKey(advice.key);
    case AutopsyFix::SignAgain:
        return edit(
            tr("Sign Again"), {}, [key = judgedKey()](TokenState& state) { state.key = key; }, Resign::Always);
    case AutopsyFix::None:
        return;
    }
}

/// A credential's secret is read as its route's plugin says; any other as this token's recipe says.
void TokenBench::readSecretAs(workspace::SecretEncoding encoding)
{
    const KeyChoice judged = judgedKey();
    const auto snapshot = m_context.gateway.snapshot();
    const gateway::Entity* plugin = snapshot ? jwtPlugin(*snapshot, m_route) : nullptr;
    if (judged.kind == KeyKind::Credential && plugin) {
        const bool decodes = encoding != workspace::SecretEncoding::Text;
        // Fails only while kong.yml does not parse, which the Gateway panel tells.
        (void)m_context.gatewayDocument.edit(plugin->pointer + "/config/secret_is_base64", decodes,
                                             decodes ? tr("Switch secret_is_base64 on")
                                                     : tr("Switch secret_is_base64 off"));
        return;
    }
    edit(tr("Change Encoding of Secret"), {}, [&](TokenState& state) { state.key.encoding = encoding; });
}

void TokenBench::judge()
{
    if (!current()) {
        m_verdict = {};
        return;
    }
    const TokenState& state = current()->state();
    const std::string token = state.draft.token();
    m_verdict = m_route.empty() ? ladderVerdict(token, state.key, m_keys, m_context.clock)
                                : routeVerdict(token, m_route, m_context.gateway.snapshot(), m_context.clock);
}

void TokenBench::tick()
{
    judge();
    emit ticked();
}

std::vector<ClaimRow> TokenBench::claimRows() const
{
    std::vector<ClaimRow> rows;
    if (!current())
        return rows;
    const auto snapshot = m_context.gateway.snapshot();
    for (const document::Member& claim : current()->state().draft.claims()) {
        ClaimRow row;
        row.name = QString::fromStdString(claim.name);
        row.json = QString::fromStdString(document::toJson(claim.value));
        row.meaning = claimMeaning(claim.name, claim.value, now(), m_zone);
        row.actions = actionsOf(claim.name);
        const auto* text = claim.value.asString();
        const auto* credential = snapshot && text && claim.name == keyClaim()
                                     ? snapshot->entities().findByName("jwt_secrets", *text)
                                     : nullptr;
        if (const auto* consumer = credential ? snapshot->findConsumer(credential->reference("consumer")) : nullptr) {
            row.isReference = true;
            row.meaning.text = QString::fromStdString(consumer->username.empty() ? consumer->id : consumer->username);
            row.meaning.details = tr("The key of a credential of this consumer");
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

TokenTimes TokenBench::times() const
{
    TokenTimes times;
    if (!current())
        return times;
    const document::Object& claims = current()->state().draft.claims();
    const auto instant = [&](std::string_view name) {
        const auto* value = claims.find(name);
        return value ? claimInstant(*value) : std::nullopt;
    };
    times.issuedAt = instant("iat");
    times.notBefore = instant("nbf");
    times.expires = instant("exp");
    return times;
}

// --- Edits

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
    const ChosenKeys keys = app::chosenKeys(state.key, typed, sources());
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
        tr("Sign"), {}, [](TokenState&) {}, Resign::Always);
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

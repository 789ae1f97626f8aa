// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenbench.h"

#include "bridge/gatewaydocument.h"
#include "bridge/gatewaysession.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "document/json.h"
#include "gateway/snapshot.h"
#include "jose/compact.h"
#include "panels/tokens/craft/templatekey.h"
#include "panels/tokens/tokenedits.h"
#include "text/claimtext.h"

#include <algorithm>

namespace claimsmith::app {

namespace {

using Resign = TokenDocument::Resign;

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
    : QObject(parent), m_context(context), m_shelf(context.workspace, context.clock), m_keySets(context.clock)
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
    createFrom(tokenTemplates().front());
}

void TokenBench::createFrom(const TokenTemplate& chosen)
{
    m_shelf.add(recipeOf(chosen, keyFor(chosen.key, keys(), m_context.workspace.workspace())));
}

void TokenBench::nest()
{
    if (!current())
        return;
    const TemplateKey key = keyFor(TokenTemplate::Key::Any, keys(), m_context.workspace.workspace());
    workspace::TokenRecipe recipe;
    recipe.name = tr("%1, nested").arg(QString::fromStdString(current()->recipe().name)).toStdString();
    recipe.algorithm = key.algorithm;
    recipe.header = "{\"alg\":" + jsonString(key.algorithm) + R"(,"typ":"JWT","cty":"JWT"})";
    recipe.payload = current()->state().draft.token();
    recipe.key = key.key;
    m_shelf.look(std::move(recipe));
}

bool TokenBench::carriesToken() const
{
    return current() && current()->state().draft.carriesOctets() &&
           jose::splitCompact(current()->state().draft.signedText(TokenDraft::Pane::Payload)).has_value();
}

void TokenBench::openInner()
{
    if (carriesToken())
        m_shelf.paste(current()->state().draft.signedText(TokenDraft::Pane::Payload));
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

std::string TokenBench::guardPointer(const std::string& route) const
{
    const auto snapshot = m_context.gateway.snapshot();
    const gateway::Entity* plugin = snapshot ? jwtPlugin(*snapshot, route) : nullptr;
    return plugin ? plugin->pointer : std::string();
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
    m_verdict = m_route.empty()
                    ? ladderVerdict(token, state.key, m_keys, m_context.clock, state.draft.detachedPayload())
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

} // namespace claimsmith::app

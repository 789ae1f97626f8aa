// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenbench.h"

#include "bridge/gatewaysession.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "document/json.h"
#include "gateway/snapshot.h"
#include "panels/tokens/jsontext.h"
#include "text/claimtext.h"

#include <QUuid>

#include <algorithm>

namespace claimsmith::app {

namespace {

using Resign = TokenDocument::Resign;

constexpr std::int64_t defaultLife = 600;

std::string newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

std::string jsonString(std::string_view text)
{
    return document::toJsonString(text);
}

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

const document::Value* jwtConfig(const gateway::Snapshot& snapshot, const std::string& routeId)
{
    for (const auto& route : snapshot.routes()) {
        if (route->id != routeId)
            continue;
        for (const gateway::ChainSlot& slot : snapshot.chainOf(route.get())) {
            if (slot.instance && slot.instance->entity->name() == "jwt")
                return slot.instance->entity->fields.find("config");
        }
    }
    return nullptr;
}

} // namespace

TokenBench::TokenBench(AppContext& context, QObject* parent) : QObject(parent), m_context(context)
{
    connect(&context.workspace, &WorkspaceSession::opened, this, &TokenBench::takeWorkspace);
    connect(&context.workspace, &WorkspaceSession::changed, this, [this](WorkspaceSession::Part part) {
        if (m_saving)
            return;
        if (part == WorkspaceSession::Part::Tokens)
            takeWorkspace();
        else if (part != WorkspaceSession::Part::Requests)
            refresh();
    });
    connect(&context.secrets, &SecretService::secretsChanged, this, &TokenBench::refresh);
    connect(&m_second, &QTimer::timeout, this, &TokenBench::tick);
    m_second.start(1000);
    takeWorkspace();
}

TokenBench::~TokenBench() = default;

void TokenBench::setZone(const QTimeZone& zone)
{
    m_zone = zone;
    emit ticked();
}

// --- The list

std::vector<TokenEntry> TokenBench::tokens() const
{
    std::vector<TokenEntry> entries;
    const auto add = [&](const workspace::TokenRecipe& recipe, bool saved) {
        const auto found = m_documents.find(recipe.id);
        const bool isOpen = found != m_documents.end();
        const TokenState state = isOpen ? found->second->state() : stateOf(recipe, now());
        const bool fixed = isOpen || !state.relativeTimes.contains("exp");
        entries.push_back({recipe.id, QString::fromStdString(recipe.name), std::string(state.draft.algorithm()),
                           lifeState(state.draft.claims(), now()), fixed, saved});
    };
    for (const workspace::Id& id : m_pasted)
        add(m_documents.at(id)->recipe(), false);
    for (const workspace::TokenRecipe& recipe : m_context.workspace.workspace().tokens)
        add(recipe, true);
    return entries;
}

std::vector<KeyEntry> TokenBench::keys() const
{
    std::vector<KeyEntry> entries;
    if (const auto snapshot = m_context.gateway.snapshot()) {
        for (const auto& credential : snapshot->entities().all("jwt_secrets")) {
            const auto* consumer = snapshot->findConsumer(credential->reference("consumer"));
            if (!consumer)
                continue;
            KeyEntry entry;
            entry.choice.consumer = consumer->username;
            entry.choice.credential = credential->text("key");
            entry.name = QString::fromStdString(consumer->username);
            entry.detail = tr("Gateway credential");
            entry.algorithm = credential->text("algorithm");
            entry.isSecret = entry.algorithm.starts_with("HS");
            entries.push_back(std::move(entry));
        }
    }
    for (const workspace::StoredKey& key : m_context.workspace.workspace().keys) {
        KeyEntry entry;
        entry.choice.kind = KeyKind::Keyring;
        entry.choice.kid = key.kid;
        entry.name = QString::fromStdString(key.kid);
        entry.isSecret = key.publicJwk.empty();
        entry.detail = entry.isSecret       ? tr("Keychain, secret")
                       : key.hasPrivatePart ? tr("Keychain, key pair")
                                            : tr("Public only");
        entry.algorithm = key.algorithm;
        entries.push_back(std::move(entry));
    }
    return entries;
}

void TokenBench::takeWorkspace()
{
    const auto& recipes = m_context.workspace.workspace().tokens;
    const auto isKnown = [&](const workspace::Id& id) {
        return std::any_of(recipes.begin(), recipes.end(), [&](const auto& recipe) { return recipe.id == id; }) ||
               std::find(m_pasted.begin(), m_pasted.end(), id) != m_pasted.end();
    };
    const workspace::Id shown = m_current ? m_current->recipe().id : workspace::Id();
    for (auto document = m_documents.begin(); document != m_documents.end();) {
        const bool known = isKnown(document->first);
        if (!known && document->second.get() == m_current)
            m_current = nullptr;
        document = known ? std::next(document) : m_documents.erase(document);
    }
    // What was changed elsewhere, on disk or by another panel, replaces what is shown.
    for (const workspace::TokenRecipe& recipe : recipes) {
        const auto open = m_documents.find(recipe.id);
        if (open == m_documents.end())
            continue;
        TokenDocument& document = *open->second;
        if (document.recipe() == recipe)
            continue;
        if (&document == m_current)
            m_current = nullptr;
        m_documents.erase(open);
    }
    emit listChanged();
    if (!m_current && !recipes.empty())
        select(isKnown(shown) ? shown : recipes.front().id);
    else if (!m_current)
        show(m_pasted.empty() ? nullptr : m_documents.at(m_pasted.front()).get());
}

TokenDocument* TokenBench::open(const workspace::TokenRecipe& recipe, bool saved)
{
    auto document = std::make_unique<TokenDocument>(recipe, stateOf(recipe, now()));
    TokenDocument* raw = document.get();
    raw->setSaved(saved);
    raw->setSigner([this](TokenState& state, const TypedKeys& typed) { resign(state, typed); });
    connect(raw, &TokenDocument::changed, this, [this, raw] {
        if (raw != m_current)
            return;
        refresh();
        emit listChanged();
    });
    // Only what a person changed is saved: a new signature of the same content is not.
    connect(raw, &TokenDocument::stepped, this, [this, raw] { saveRecipe(*raw); });
    m_documents.insert_or_assign(recipe.id, std::move(document));
    return raw;
}

void TokenBench::select(const workspace::Id& id)
{
    if (const auto open = m_documents.find(id); open != m_documents.end())
        return show(open->second.get());
    const auto& recipes = m_context.workspace.workspace().tokens;
    const auto recipe = std::find_if(recipes.begin(), recipes.end(), [&](const auto& each) { return each.id == id; });
    if (recipe == recipes.end())
        return;
    TokenDocument* document = open(*recipe, true);
    document->refreshSignature();
    show(document);
}

bool TokenBench::selectByName(std::string_view name)
{
    const auto* recipe = m_context.workspace.workspace().findToken(name);
    if (recipe)
        select(recipe->id);
    return recipe != nullptr;
}

void TokenBench::show(TokenDocument* document)
{
    m_current = document;
    m_signingProblem.reset();
    refresh();
    emit currentChanged();
    emit listChanged();
}

std::string TokenBench::freeName(const std::string& wanted) const
{
    std::string name = wanted;
    for (int number = 2; m_context.workspace.workspace().findToken(name); ++number)
        name = wanted + ' ' + std::to_string(number);
    return name;
}

void TokenBench::createToken()
{
    workspace::TokenRecipe recipe;
    recipe.id = newId();
    recipe.name = freeName(tr("New token").toStdString());
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
    m_context.workspace.putToken(recipe);
    select(recipe.id);
}

void TokenBench::paste(const std::string& token)
{
    workspace::TokenRecipe recipe;
    recipe.id = newId();
    recipe.name = freeName(tr("Pasted token").toStdString());
    TokenDocument* document = open(recipe, false);
    m_pasted.insert(m_pasted.begin(), recipe.id);
    m_current = document;
    document->change(tr("Paste Token"), {}, Resign::Never, [&](TokenState& state) {
        state.draft.typeEncoded(token);
        state.resigns = false; // a foreign signature is looked at, not overwritten
        state.setsIssuer = false;
        followCredential(state);
    });
    document->undoStack()->clear();
    show(document);
}

void TokenBench::duplicate(const workspace::Id& id)
{
    const auto open = m_documents.find(id);
    const auto& recipes = m_context.workspace.workspace().tokens;
    const auto recipe = std::find_if(recipes.begin(), recipes.end(), [&](const auto& each) { return each.id == id; });
    if (recipe == recipes.end() && open == m_documents.end())
        return;
    workspace::TokenRecipe copy =
        recipe != recipes.end() ? *recipe : recipeOf(open->second->state(), open->second->recipe());
    copy.id = newId();
    copy.name = freeName(copy.name);
    m_context.workspace.putToken(copy);
    select(copy.id);
}

void TokenBench::remove(const workspace::Id& id)
{
    if (const auto pasted = std::find(m_pasted.begin(), m_pasted.end(), id); pasted != m_pasted.end()) {
        m_pasted.erase(pasted);
        return takeWorkspace();
    }
    const auto& recipes = m_context.workspace.workspace().tokens;
    const auto recipe = std::find_if(recipes.begin(), recipes.end(), [&](const auto& each) { return each.id == id; });
    if (recipe == recipes.end())
        return;
    m_removed = *recipe;
    m_removedAt = static_cast<std::size_t>(recipe - recipes.begin());
    m_context.workspace.edit(WorkspaceSession::Part::Tokens, [&](workspace::Workspace& workspace) {
        workspace.tokens.erase(workspace.tokens.begin() + static_cast<std::ptrdiff_t>(m_removedAt));
    });
}

void TokenBench::undoRemove()
{
    if (!m_removed)
        return;
    m_context.workspace.edit(WorkspaceSession::Part::Tokens, [&](workspace::Workspace& workspace) {
        const auto at = std::min(m_removedAt, workspace.tokens.size());
        workspace.tokens.insert(workspace.tokens.begin() + static_cast<std::ptrdiff_t>(at), *m_removed);
    });
    select(m_removed->id);
    m_removed.reset();
}

void TokenBench::rename(const workspace::Id& id, const QString& name)
{
    const std::string wanted = name.trimmed().toStdString();
    const auto open = m_documents.find(id);
    if (wanted.empty() || (open != m_documents.end() && open->second->recipe().name == wanted))
        return;
    const std::string free = freeName(wanted);
    if (open != m_documents.end()) {
        auto recipe = open->second->recipe();
        recipe.name = free;
        open->second->setRecipe(std::move(recipe));
    }
    const QScopedValueRollback saving(m_saving, true);
    m_context.workspace.edit(WorkspaceSession::Part::Tokens, [&](workspace::Workspace& workspace) {
        for (workspace::TokenRecipe& recipe : workspace.tokens) {
            if (recipe.id == id)
                recipe.name = free;
        }
    });
    emit listChanged();
    emit changed();
}

void TokenBench::save()
{
    if (!m_current || m_current->isSaved())
        return;
    m_current->setSaved(true);
    std::erase(m_pasted, m_current->recipe().id);
    saveRecipe(*m_current);
    emit listChanged();
    emit changed();
}

/// Every change goes into the workspace by itself; the session writes it a moment later.
void TokenBench::saveRecipe(TokenDocument& document)
{
    if (!document.isSaved())
        return;
    workspace::TokenRecipe recipe = recipeOf(document.state(), document.recipe());
    const QScopedValueRollback saving(m_saving, true);
    document.setRecipe(recipe);
    m_context.workspace.putToken(recipe);
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
    if (m_current) {
        const TokenState& state = m_current->state();
        m_keys = app::chosenKeys(state.key, m_current->typedKeys(), sources());
        m_notes = lintNotes(state.draft, m_keys);
    }
    judge();
    emit changed();
}

void TokenBench::judge()
{
    if (!m_current) {
        m_verdict = {};
        return;
    }
    const TokenState& state = m_current->state();
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
    if (!m_current)
        return rows;
    const auto snapshot = m_context.gateway.snapshot();
    for (const document::Member& claim : m_current->state().draft.claims()) {
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
    if (!m_current)
        return times;
    const document::Object& claims = m_current->state().draft.claims();
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
    if (!m_current)
        return;
    m_signingProblem.reset();
    m_current->change(label, mergeKey, resign, change);
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
    if (!m_current)
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

void TokenBench::setAlgorithm(const std::string& name)
{
    edit(tr("Change Algorithm"), {}, [&](TokenState& state) { state.draft.setHeaderMember("alg", jsonString(name)); });
}

void TokenBench::setClaim(const std::string& name, const std::string& json)
{
    edit(tr("Change Claim %1").arg(QString::fromStdString(name)), {}, [&](TokenState& state) {
        const TokenState before = state;
        state.draft.setClaim(name, json);
        followTimes(state, before);
    });
}

void TokenBench::addClaim(const std::string& name)
{
    edit(tr("Add Claim %1").arg(QString::fromStdString(name)), {}, [&](TokenState& state) {
        if (name == "exp")
            setTime(state, name, now() + defaultLife, now());
        else if (isTimeClaim(name))
            setTime(state, name, now(), now());
        else
            state.draft.setClaim(name, jsonString(name == "jti" ? newId() : std::string()));
    });
}

void TokenBench::removeClaim(const std::string& name)
{
    edit(tr("Remove Claim %1").arg(QString::fromStdString(name)), {}, [&](TokenState& state) {
        state.draft.removeClaim(name);
        state.relativeTimes.erase(name);
    });
}

void TokenBench::renameClaim(const std::string& name, const std::string& newName)
{
    edit(tr("Rename Claim %1").arg(QString::fromStdString(name)), {}, [&](TokenState& state) {
        if (newName.empty() || state.draft.claims().contains(newName))
            return;
        state.draft.renameClaim(name, newName);
        state.relativeTimes.erase(name);
    });
}

void TokenBench::moveTime(TimeClaim claim, std::int64_t instant)
{
    const std::string name(claimName(claim));
    edit(tr("Move %1").arg(QString::fromStdString(name)), QStringLiteral("move-") + QString::fromStdString(name),
         [&](TokenState& state) {
             const TokenState before = state;
             state.draft.setClaim(name, std::to_string(instant));
             followTimes(state, before);
         });
}

void TokenBench::endGesture()
{
    if (m_current)
        m_current->endGesture();
}

void TokenBench::runClaimAction(const std::string& claim, ClaimAction action)
{
    const std::int64_t distance = action == ClaimAction::Now ? 0 : action == ClaimAction::InTenMinutes ? 600 : 3600;
    edit(tr("Set %1").arg(QString::fromStdString(claim)), {},
         [&](TokenState& state) { setTime(state, claim, now() + distance, now()); });
}

void TokenBench::setLifetime(std::int64_t seconds)
{
    edit(tr("Set Lifetime"), {}, [&](TokenState& state) {
        const bool expired = seconds <= 0;
        const std::int64_t begin = expired ? now() - defaultLife - 60 : now();
        setTime(state, "iat", begin, now());
        if (state.draft.claims().contains("nbf"))
            setTime(state, "nbf", begin, now());
        setTime(state, "exp", expired ? now() - 60 : now() + seconds, now());
    });
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
        return correctTime(note.target);
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
    const auto change = [&](TokenState& state) {
        setTime(state, "iat", now(), now());
        if (state.draft.claims().contains("nbf"))
            setTime(state, "nbf", now(), now());
        setTime(state, "exp", now() + defaultLife, now());
    };
    edit(tr("Re-sign With exp +10 min"), {}, change, Resign::Always);
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

/// Milliseconds and numbers within quotes are what times are most often by mistake.
void TokenBench::correctTime(const std::string& claim)
{
    const auto* value = m_current ? m_current->state().draft.claims().find(claim) : nullptr;
    if (!value)
        return;
    constexpr std::int64_t farFuture = 100'000'000'000;
    const auto* text = value->asString();
    auto instant = text ? document::Value(document::Number(*text)).asNumber()->toInteger() : claimInstant(*value);
    if (!instant)
        return;
    setClaim(claim, std::to_string(*instant > farFuture ? *instant / 1000 : *instant));
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
    if (!m_current)
        return;
    m_signingProblem.reset();
    m_current->setTypedKeys(std::move(typed));
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

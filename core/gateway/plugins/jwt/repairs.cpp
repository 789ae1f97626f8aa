// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/jwt/repairs.h"

#include "gateway/plugins/jwt/checks.h"
#include "gateway/plugins/jwt/credentials.h"
#include "jose/compact.h"

#include <algorithm>
#include <numeric>

namespace claimsmith::gateway::jwt {

using document::Object;
using document::Value;

namespace {

constexpr std::int64_t usualLifetime = 600;
constexpr std::size_t mostConsumers = 3;

/// Insertions, deletions and substitutions between two texts (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0U);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

bool looksLikeToken(std::string_view text)
{
    return text.starts_with("eyJ") && jose::splitCompact(text).has_value();
}

std::string_view lastWord(std::string_view text) noexcept
{
    const auto space = text.rfind(' ');
    return space == std::string_view::npos ? text : text.substr(space + 1);
}

} // namespace

Repairs::Repairs(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation)
    : m_trace(trace), m_step(step), m_snapshot(snapshot), m_explanation(explanation),
      m_now(std::chrono::floor<std::chrono::seconds>(trace.time).time_since_epoch().count())
{
    const Entity* plugin = snapshot.entities().findAt(step.pointer);
    const Value* config = plugin && plugin->text("name") == "jwt" ? plugin->fields.find("config") : nullptr;
    if (config) {
        m_pluginPointer = plugin->pointer;
        m_settings.emplace(*config, snapshot.conduct(), document::joinPointer(m_pluginPointer, "config"));
    }
    findToken();
    findCredential();
}

void Repairs::findToken()
{
    if (!m_settings)
        return;
    m_tokens = collectTokens(m_trace.request.headers, m_trace.request.query(), m_settings->places);
    if (m_tokens.size() != 1)
        return;
    auto decoded = decodeToken(m_tokens.front().text, Conduct::Kong);
    if (auto* token = std::get_if<Token>(&decoded))
        m_token = std::move(*token);
}

void Repairs::findCredential()
{
    const auto known = std::ranges::find(m_step.findings, credentialFound, &Finding::check);
    if (known == m_step.findings.end() || known->state != Finding::State::Passed)
        return;
    m_credential = m_snapshot.entities().findByName(jwtSecretType().name, known->found);
    if (!m_credential)
        return;
    m_explanation.credential =
        CredentialRef{std::string(jwtSecretType().name),
                      {m_credential->id, std::string(m_credential->name()), m_credential->pointer}};
    m_explanation.algorithm = std::string(m_credential->text("algorithm"));
    if (const Entity* consumer = m_snapshot.entities().find("consumers", m_credential->reference("consumer")))
        m_explanation.consumer = EntityRef{consumer->id, std::string(consumer->name()), consumer->pointer};
}

void Repairs::add(Text label, RepairAction action, bool isPrimary)
{
    m_explanation.repairs.push_back({std::move(label), std::move(action), isPrimary});
}

std::string Repairs::nameOfConsumer(const Entity& credential) const
{
    const Entity* consumer = m_snapshot.entities().find("consumers", credential.reference("consumer"));
    return consumer ? std::string(consumer->name()) : std::string();
}

std::string Repairs::consumerName() const
{
    return m_credential ? nameOfConsumer(*m_credential) : std::string();
}

/// As long as usual, but no longer than the plugin allows.
std::int64_t Repairs::lifetime() const noexcept
{
    const double limit = m_settings ? m_settings->maximumExpiration : 0;
    return limit > 0 ? std::min(usualLifetime, static_cast<std::int64_t>(limit)) : usualLifetime;
}

SignToken Repairs::signTokenFor(const Entity& credential) const
{
    SignToken action;
    action.consumerId = credential.reference("consumer");
    action.consumer = nameOfConsumer(credential);
    action.credentialId = credential.id;
    action.key = credential.text("key");
    action.keyClaim = m_settings ? m_settings->keyClaimName : "iss";
    action.keyInHeader = action.keyClaim == "kid";
    action.algorithm = credential.text("algorithm");
    action.header = m_settings && !m_settings->places.headerNames.empty() ? m_settings->places.headerNames.front()
                                                                          : "authorization";
    action.claims.set("exp", m_now + lifetime());
    if (m_settings && std::ranges::find(m_settings->claimsToVerify, "nbf") != m_settings->claimsToVerify.end())
        action.claims.set("nbf", m_now);
    return action;
}

Resign Repairs::resign() const
{
    Resign action;
    if (m_credential)
        action.credentialId = m_credential->id;
    return action;
}

void Repairs::signTokens(bool isPrimary)
{
    const auto offer = [&](const Entity& credential) {
        SignToken action = signTokenFor(credential);
        Text label{"repair.sign-token", {{"consumer", action.consumer}}}; // before the action is moved from
        add(std::move(label), std::move(action), isPrimary);
        isPrimary = false;
    };
    if (m_credential) {
        offer(*m_credential);
        return;
    }
    std::vector<std::string_view> consumers;
    for (const auto& credential : m_snapshot.entities().all(jwtSecretType().name)) {
        const auto consumer = credential->reference("consumer");
        if (consumers.size() == mostConsumers)
            return;
        if (std::ranges::find(consumers, consumer) == consumers.end()) {
            consumers.push_back(consumer);
            offer(*credential);
        }
    }
}

void Repairs::readTokenFromWhereItIs()
{
    if (!m_settings)
        return;
    const auto& names = m_settings->places.headerNames;
    for (const http::HeaderField& field : m_trace.request.headers) {
        const bool isKnown = std::ranges::any_of(names, [&](const std::string& name) { return name == field.name; });
        if (isKnown || !looksLikeToken(lastWord(field.value)))
            continue;
        std::vector<std::string> extended = names;
        extended.emplace_back(field.name);
        add({"repair.add-place", {{"place", "header " + std::string(field.name)}}},
            SetPluginField{document::joinPointer(m_settings->pointer, "header_names"),
                           document::Array(extended.begin(), extended.end())});
    }
}

void Repairs::keepOne()
{
    bool isPrimary = true;
    for (const bool wantsHeader : {true, false})
        for (const FoundToken& token : m_tokens) {
            const std::string& place = token.places.front();
            if (place.starts_with("header") != wantsHeader)
                continue;
            add({"repair.keep-one", {{"place", place}}}, KeepOneToken{place}, isPrimary);
            isPrimary = false;
        }
}

void Repairs::openToken(OpenToken::Part part, bool isPrimary)
{
    add({"repair.open-token"}, OpenToken{part}, isPrimary);
}

void Repairs::openPlugin()
{
    if (!m_pluginPointer.empty())
        add({"repair.open-plugin"}, OpenEntity{m_pluginPointer});
}

void Repairs::openCredential()
{
    if (m_credential)
        add({"repair.open-credential"}, OpenEntity{m_credential->pointer});
}

void Repairs::compareKeys()
{
    if (m_credential)
        add({"repair.compare-keys"}, CompareKeys{m_credential->id});
}

const Entity* Repairs::firstCredential() const
{
    const auto& credentials = m_snapshot.entities().all(jwtSecretType().name);
    return credentials.empty() ? nullptr : credentials.front().get();
}

void Repairs::addKeyClaim()
{
    const Entity* credential = firstCredential();
    if (!credential || !m_settings)
        return;
    Resign action;
    action.credentialId = credential->id;
    action.algorithm = credential->text("algorithm");
    Object& target = m_settings->keyClaimName == "kid" ? action.headers : action.claims;
    target.set(m_settings->keyClaimName, credential->text("key"));
    add({"repair.add-claim", {{"claim", m_settings->keyClaimName}}}, std::move(action), true);
}

void Repairs::useOtherKeyClaim()
{
    if (!m_token || !m_settings)
        return;
    for (const Value* part : {&m_token->claims, &m_token->header}) {
        if (!part->asObject())
            continue;
        for (const auto& [name, value] : *part->asObject())
            if (value.asString() && m_snapshot.entities().findByName(jwtSecretType().name, *value.asString())) {
                add({"repair.set-field", {{"field", "key_claim_name"}, {"value", name}}},
                    SetPluginField{document::joinPointer(m_settings->pointer, "key_claim_name"), name});
                return;
            }
    }
}

const Entity* Repairs::nearestCredential(std::string_view key) const
{
    const Entity* nearest = nullptr;
    std::size_t best = std::max<std::size_t>(2, key.size() / 3) + 1;
    for (const auto& credential : m_snapshot.entities().all(jwtSecretType().name))
        if (const auto away = distance(key, credential->text("key")); away < best) {
            best = away;
            nearest = credential.get();
        }
    return nearest;
}

void Repairs::createCredential(const std::string& key)
{
    CreateCredential action;
    action.kind = jwtSecretType().name;
    action.key = key;
    if (const std::string* algorithm = m_token ? m_token->header.findString("alg") : nullptr)
        action.algorithm = *algorithm;
    if (const Entity* nearest = nearestCredential(key))
        action.consumerId = nearest->reference("consumer");
    else if (const auto& consumers = m_snapshot.entities().all("consumers"); !consumers.empty())
        action.consumerId = consumers.front()->id;
    add({"repair.create-credential", {{"key", key}}}, std::move(action), true);
}

void Repairs::useNearestKey(std::string_view key)
{
    const Entity* nearest = nearestCredential(key);
    if (!nearest || !m_settings)
        return;
    Resign action;
    action.credentialId = nearest->id;
    action.algorithm = nearest->text("algorithm");
    Object& target = m_settings->keyClaimName == "kid" ? action.headers : action.claims;
    target.set(m_settings->keyClaimName, nearest->text("key"));
    add({"repair.use-key", {{"key", std::string(nearest->text("key"))}, {"consumer", nameOfConsumer(*nearest)}}},
        std::move(action));
}

void Repairs::resignWithAlgorithm(const std::string& algorithm)
{
    Resign action = resign();
    action.algorithm = algorithm;
    add({"repair.resign-algorithm", {{"algorithm", algorithm}}}, std::move(action), true);
}

void Repairs::setCredentialAlgorithm(const std::string& algorithm)
{
    if (m_credential)
        add({"repair.set-field", {{"field", "algorithm"}, {"value", algorithm}}},
            SetCredentialField{document::joinPointer(m_credential->pointer, "algorithm"), algorithm});
}

void Repairs::resignWithCredential()
{
    if (m_credential)
        add({"repair.resign-credential", {{"consumer", consumerName()}}}, resign(), true);
}

void Repairs::resignWithExp(bool isPrimary)
{
    Resign action = resign();
    action.claims.set("exp", m_now + lifetime());
    add({"repair.resign-exp", {{"seconds", std::to_string(lifetime())}}}, std::move(action), isPrimary);
}

void Repairs::resignWithNbf()
{
    Resign action = resign();
    action.claims.set("nbf", m_now);
    add({"repair.resign-nbf"}, std::move(action), true);
}

void Repairs::stopVerifying(std::string_view claim)
{
    if (!m_settings)
        return;
    document::Array rest;
    for (const std::string& listed : m_settings->claimsToVerify)
        if (listed != claim)
            rest.emplace_back(listed);
    add({"repair.stop-verifying", {{"claim", std::string(claim)}}},
        SetPluginField{document::joinPointer(m_settings->pointer, "claims_to_verify"),
                       rest.empty() ? Value() : Value(std::move(rest))});
}

void Repairs::raiseLimit(std::int64_t seconds)
{
    constexpr std::int64_t most = 31536000;
    if (seconds > 0 && seconds <= most)
        setPluginField("maximum_expiration", seconds, false);
}

void Repairs::setPluginField(std::string_view field, Value value, bool isPrimary)
{
    if (!m_settings)
        return;
    const std::string shown = value.asBoolean()  ? (*value.asBoolean() ? "true" : "false")
                              : value.asNumber() ? value.asNumber()->text()
                                                 : std::string();
    add({"repair.set-field", {{"field", std::string(field)}, {"value", shown}}},
        SetPluginField{document::joinPointer(m_settings->pointer, field), std::move(value)}, isPrimary);
}

void Repairs::shiftClock(std::int64_t seconds)
{
    add({"repair.shift-clock", {{"seconds", std::to_string(seconds)}}}, ShiftClock{seconds});
}

std::vector<RulerMark> Repairs::timesOfToken() const
{
    std::vector<RulerMark> marks;
    if (m_token)
        for (const char* name : {"iat", "nbf", "exp"})
            if (const Value* value = m_token->claims.find(name); value && value->asNumber())
                marks.push_back({name, static_cast<std::int64_t>(value->asNumber()->toDouble())});
    return marks;
}

} // namespace claimsmith::gateway::jwt

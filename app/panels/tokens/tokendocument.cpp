// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokendocument.h"

#include "document/json.h"
#include "panels/tokens/jsontext.h"
#include "text/claimtext.h"
#include "workspace/recipe.h"

#include <QUndoCommand>

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

/// "now", "now+10m", "now-30s": in the largest unit that gives it whole.
std::string relativeText(std::int64_t distance)
{
    if (distance == 0)
        return "\"now\"";
    constexpr std::array<std::pair<std::int64_t, char>, 4> units{{{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}}};
    const std::int64_t length = distance > 0 ? distance : -distance;
    const auto* unit =
        std::find_if(units.begin(), units.end(), [&](const auto& each) { return length % each.first == 0; });
    return std::string(distance > 0 ? "\"now+" : "\"now-") + std::to_string(length / unit->first) + unit->second + '"';
}

using RelativeTimes = decltype(TokenState::relativeTimes);

RelativeTimes relativeTimesOf(const std::string& payload)
{
    RelativeTimes times;
    const auto value = document::parseJson(payload);
    const auto* claims = value ? value->asObject() : nullptr;
    if (!claims)
        return times;
    for (const document::Member& member : *claims) {
        const auto* text = member.value.asString();
        const auto distance = text ? workspace::parseRelativeTime(*text) : std::nullopt;
        if (distance)
            times.emplace(member.name, *distance);
    }
    return times;
}

std::optional<std::int64_t> instantOf(const TokenDraft& draft, std::string_view claim)
{
    const auto* value = draft.claims().find(claim);
    return value ? claimInstant(*value) : std::nullopt;
}

} // namespace

TokenState stateOf(const workspace::TokenRecipe& recipe, std::int64_t now)
{
    TokenState state;
    state.key = choiceOf(recipe.key);
    state.relativeTimes = relativeTimesOf(recipe.payload);
    state.draft.takeText(TokenDraft::Pane::Header, recipe.header);
    const auto payload = workspace::expandRelativeTimes(recipe.payload, now);
    state.draft.takeText(TokenDraft::Pane::Payload, payload ? *payload : recipe.payload);
    return state;
}

workspace::TokenRecipe recipeOf(const TokenState& state, const workspace::TokenRecipe& base)
{
    using Pane = TokenDraft::Pane;
    workspace::TokenRecipe recipe = base;
    if (!state.draft.error(Pane::Header)) {
        recipe.header = state.draft.signedText(Pane::Header);
        recipe.algorithm = state.draft.algorithm();
    }
    if (!state.draft.error(Pane::Payload)) {
        std::string payload = state.draft.signedText(Pane::Payload);
        for (const auto& [name, distance] : state.relativeTimes) {
            if (instantOf(state.draft, name))
                payload = withMember(payload, name, relativeText(distance)).valueOr(payload);
        }
        recipe.payload = std::move(payload);
    }
    if (auto key = signingKeyOf(state.key))
        recipe.key = std::move(*key);
    return recipe;
}

void setTime(TokenState& state, std::string_view claim, std::int64_t instant, std::int64_t now)
{
    if (state.draft.setClaim(claim, std::to_string(instant)))
        state.relativeTimes.insert_or_assign(std::string(claim), instant - now);
}

void followTimes(TokenState& state, const TokenState& before)
{
    for (auto time = state.relativeTimes.begin(); time != state.relativeTimes.end();) {
        const auto was = instantOf(before.draft, time->first);
        const auto is = instantOf(state.draft, time->first);
        if (was && is)
            time->second += *is - *was;
        time = is ? std::next(time) : state.relativeTimes.erase(time);
    }
}

/// From one state to another. States are small, so both are kept whole.
class TokenDocument::Step final : public QUndoCommand
{
public:
    Step(TokenDocument& document, const QString& label, QString mergeKey, TokenState after)
        : QUndoCommand(label), m_document(document), m_mergeKey(std::move(mergeKey)), m_gesture(document.m_gesture),
          m_before(document.m_state), m_after(std::move(after))
    {
    }

    int id() const override { return m_mergeKey.isEmpty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* next = static_cast<const Step*>(other);
        if (next->m_mergeKey != m_mergeKey || next->m_gesture != m_gesture)
            return false;
        m_after = next->m_after;
        setObsolete(m_after == m_before);
        return true;
    }
    void undo() override { goTo(m_before); }
    void redo() override { goTo(m_after); }

private:
    void goTo(const TokenState& state)
    {
        m_document.setState(state);
        emit m_document.stepped();
    }

    TokenDocument& m_document;
    const QString m_mergeKey;
    const int m_gesture;
    const TokenState m_before;
    TokenState m_after;
};

TokenDocument::TokenDocument(workspace::TokenRecipe recipe, TokenState state, QObject* parent)
    : QObject(parent), m_recipe(std::move(recipe)), m_state(std::move(state))
{
}

void TokenDocument::setRecipe(workspace::TokenRecipe recipe)
{
    m_recipe = std::move(recipe);
    emit changed();
}

void TokenDocument::change(const QString& label, const QString& mergeKey, Resign resign,
                           const std::function<void(TokenState&)>& edit)
{
    TokenState after = m_state;
    edit(after);
    if (after == m_state && resign != Resign::Always)
        return;
    if (m_signer && (resign == Resign::Always || (resign == Resign::IfWanted && after.resigns)))
        m_signer(after, m_typed);
    if (after == m_state)
        return;
    m_undoStack.push(new Step(*this, label, mergeKey, std::move(after)));
}

void TokenDocument::setTypedKeys(TypedKeys typed)
{
    m_typed = std::move(typed);
    refreshSignature();
    emit changed();
}

void TokenDocument::refreshSignature()
{
    if (!m_signer || !m_state.resigns)
        return;
    TokenState after = m_state;
    m_signer(after, m_typed);
    if (!(after == m_state))
        setState(after);
}

void TokenDocument::setState(const TokenState& state)
{
    m_state = state;
    emit changed();
}

} // namespace claimsmith::app

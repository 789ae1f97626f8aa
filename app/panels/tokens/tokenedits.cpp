// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenedits.h"

#include "document/json.h"
#include "text/claimtext.h"
#include "workspace/recipe.h"

#include <QUuid>

namespace claimsmith::app {

namespace {

constexpr std::int64_t farFuture = 100'000'000'000; ///< seconds; what is above counts milliseconds

} // namespace

std::string jsonString(std::string_view text)
{
    return document::toJsonString(text);
}

void addClaim(TokenState& state, const std::string& name, std::int64_t now)
{
    if (name == "exp")
        setTime(state, name, now + usualLife, now);
    else if (isTimeClaim(name))
        setTime(state, name, now, now);
    else
        state.draft.setClaim(name,
                             jsonString(name == "jti" ? QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString()
                                                      : std::string()));
}

void removeClaim(TokenState& state, std::string_view name)
{
    state.draft.removeClaim(name);
    if (const auto time = state.relativeTimes.find(name); time != state.relativeTimes.end())
        state.relativeTimes.erase(time);
}

void renameClaim(TokenState& state, const std::string& name, const std::string& newName)
{
    if (newName.empty() || state.draft.claims().contains(newName))
        return;
    state.draft.renameClaim(name, newName);
    state.relativeTimes.erase(name);
}

void changeClaim(TokenState& state, std::string_view name, std::string_view json)
{
    const TokenState before = state;
    state.draft.setClaim(name, json);
    followTimes(state, before);
}

void setLifetime(TokenState& state, std::int64_t seconds, std::int64_t now)
{
    const bool expired = seconds <= 0;
    const std::int64_t begin = expired ? now - usualLife - 60 : now;
    setTime(state, "iat", begin, now);
    if (state.draft.claims().contains("nbf"))
        setTime(state, "nbf", begin, now);
    setTime(state, "exp", expired ? now - 60 : now + seconds, now);
}

void takeRelativeTimes(TokenState& state, std::int64_t now)
{
    const document::Object claims = state.draft.claims();
    for (const document::Member& claim : claims) {
        const auto* text = claim.value.asString();
        if (const auto distance = text ? workspace::parseRelativeTime(*text) : std::nullopt)
            setTime(state, claim.name, now + *distance, now);
    }
}

void setUnencoded(TokenState& state, bool unencoded)
{
    document::Array critical;
    const auto* list = state.draft.header().find("crit");
    if (const auto* names = list ? list->asArray() : nullptr)
        critical = *names;
    std::erase(critical, document::Value("b64"));
    if (unencoded) {
        critical.emplace_back("b64");
        state.draft.setHeaderMember("b64", "false");
    } else {
        state.draft.removeHeaderMember("b64");
    }
    if (critical.empty())
        state.draft.removeHeaderMember("crit");
    else
        state.draft.setHeaderMember("crit", document::toJson(document::Value(std::move(critical))));
    TokenForm form = state.draft.form();
    form.detached = unencoded && form.serialization == jose::Serialization::Compact;
    state.draft.setForm(form);
}

void makeUnsecured(TokenState& state)
{
    state.draft.setHeaderMember("alg", "\"none\"");
    state.draft.setSignature({});
}

void correctTime(TokenState& state, const std::string& claim)
{
    const auto* value = state.draft.claims().find(claim);
    if (!value)
        return;
    const auto* text = value->asString();
    const auto instant = text ? document::Value(document::Number(*text)).asNumber()->toInteger() : claimInstant(*value);
    if (instant)
        changeClaim(state, claim, std::to_string(*instant > farFuture ? *instant / 1000 : *instant));
}

} // namespace claimsmith::app

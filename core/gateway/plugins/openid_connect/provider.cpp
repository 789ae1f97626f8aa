// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/provider.h"

#include "base/log.h"
#include "document/json.h"
#include "gateway/snapshot.h"
#include "jose/jwk.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace claimsmith::gateway::openidconnect {

using document::Object;
using document::Value;

namespace {

Error failed(std::string detail)
{
    return Error{.code = ConfigurationErrorCode::PluginFailed, .detail = std::move(detail)};
}

/// A JSON object from the provider.
Flow<Result<Object>> fetch(Waits& waits, Outgoing& outgoing, const ProviderSettings& settings, std::string url)
{
    http::ClientRequest request = settings.connection.request("GET", url);
    for (const auto& [name, value] : settings.headers)
        request.headers.set(name, value);
    auto exchange = outgoing.send(waits, std::move(request));
    const auto response = co_await exchange;
    if (!response)
        co_return failed(url + ": " + response.error().detail);
    if (response->head.status != 200)
        co_return failed(url + " answered " + std::to_string(response->head.status));
    auto value = document::parseJson(response->body.memory());
    if (!value || !value->asObject())
        co_return failed(url + " answered no JSON object");
    co_return std::move(*value->asObject());
}

PreparedKey prepare(jose::Key key)
{
    PreparedKey prepared{std::move(key), {}};
    const std::string& use = prepared.key.metadata().use;
    if (!prepared.key.publicKey() || (!use.empty() && use != "sig"))
        return prepared;
    for (const jose::Algorithm algorithm : jose::algorithmsFor(prepared.key)) {
        const bool isSuitable =
            jose::checkSuitable(prepared.key, jose::info(algorithm), jose::KeyPurpose::Verify).hasValue();
        auto verifier = jose::SignatureVerifier::forKey(algorithm, *prepared.key.publicKey());
        if (isSuitable && verifier)
            prepared.verifiers.push_back(*std::move(verifier));
    }
    return prepared;
}

Flow<Result<Metadata>> load(Waits& waits, Outgoing& outgoing, const ProviderSettings& settings, TimePoint now)
{
    Metadata metadata{.issuer = settings.issuer, .document = {}, .keys = {}, .discovered = now};
    std::vector<std::string> sets = settings.extraKeySets;
    if (!settings.discoveryUrl.empty()) {
        auto fetching = fetch(waits, outgoing, settings, settings.discoveryUrl);
        auto found = co_await fetching;
        if (!found)
            co_return std::move(found).error();
        metadata.document = *std::move(found);
        if (const auto issuer = metadata.text("issuer"); !issuer.empty())
            metadata.issuer = issuer;
        if (const auto keys = metadata.text("jwks_uri"); !keys.empty())
            sets.insert(sets.begin(), std::string(keys));
    }
    for (const std::string& url : sets) {
        auto fetching = fetch(waits, outgoing, settings, url);
        auto found = co_await fetching;
        auto keys = found ? jose::readJwks(*std::move(found)) : Result<jose::KeySet>(std::move(found).error());
        if (!keys)
            co_return failed(keys.error().detail);
        for (jose::Key& key : keys->keys)
            metadata.keys.push_back(prepare(std::move(key)));
    }
    co_return metadata;
}

} // namespace

std::string_view Metadata::text(std::string_view name) const noexcept
{
    const Value* value = document.find(name);
    const std::string* text = value ? value->asString() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

bool Metadata::lists(std::string_view name, std::string_view text) const noexcept
{
    const Value* value = document.find(name);
    const auto* list = value ? value->asArray() : nullptr;
    return list && std::ranges::any_of(
                       *list, [&](const Value& element) { return element.asString() && *element.asString() == text; });
}

bool Metadata::hasKey(std::string_view kid) const noexcept
{
    return std::ranges::any_of(keys, [&](const PreparedKey& key) { return key.key.id() == kid; });
}

std::string Metadata::keyIds() const
{
    std::string ids;
    for (const PreparedKey& key : keys)
        ids += (ids.empty() ? "" : ", ") + key.key.id();
    return ids;
}

std::shared_ptr<const Metadata> Provider::metadata() const
{
    const std::lock_guard lock(m_mutex);
    return m_metadata;
}

std::string Provider::problem() const
{
    const std::lock_guard lock(m_mutex);
    return m_problem;
}

bool Provider::claim(Callback done, TimePoint now, std::optional<TimePoint> since)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isBusy) {
            m_waiting.push_back(std::move(done));
            return false;
        }
        if (!since || !m_attempted || *m_attempted < *since) {
            m_isBusy = true;
            m_attempted = now;
            m_waiting.push_back(std::move(done));
            return true;
        }
    }
    done();
    return false;
}

Flow<void> Provider::discover(Waits& waits, Outgoing& outgoing, const ProviderSettings& settings, TimePoint now,
                              std::optional<TimePoint> since)
{
    // Whoever asks first may be gone before the answer is there: discovery belongs to nobody.
    auto arrival = waits.until([this, &outgoing, settings, now, since](const Callback& done) {
        if (claim(done, now, since))
            runDetached([&](Waits& own) { return attempt(own, outgoing, settings, now); });
    });
    co_await arrival;
}

void Provider::discoverAside(Outgoing& outgoing, const ProviderSettings& settings, TimePoint now, TimePoint since)
{
    if (claim([] {}, now, since))
        runDetached([&](Waits& own) { return attempt(own, outgoing, settings, now); });
}

Flow<void> Provider::attempt(Waits& waits, Outgoing& outgoing, ProviderSettings settings, TimePoint now)
{
    Result<Metadata> result = failed("discovery broke");
    try {
        auto loading = load(waits, outgoing, settings, now);
        result = co_await loading;
    } catch (const std::exception& error) {
        result = failed(error.what());
    }
    settle(std::move(result));
}

void Provider::settle(Result<Metadata> result)
{
    std::vector<Callback> waiting;
    {
        const std::lock_guard lock(m_mutex);
        m_isBusy = false;
        m_problem = result ? std::string() : result.error().detail;
        if (result)
            m_metadata = std::make_shared<const Metadata>(*std::move(result));
        else
            log(LogLevel::Warning, "gateway", "openid-connect: discovery failed: " + m_problem);
        waiting.swap(m_waiting);
    }
    for (const Callback& done : waiting)
        done();
}

Provider& Providers::provider(const std::string& key)
{
    const std::lock_guard lock(m_mutex);
    auto& provider = m_providers[key];
    if (!provider)
        provider = std::make_unique<Provider>();
    return *provider;
}

} // namespace claimsmith::gateway::openidconnect

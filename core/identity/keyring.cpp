// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/keyring.h"

#include "document/json.h"
#include "jose/error.h"
#include "jose/jwk.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace claimsmith::identity {
namespace {

constexpr std::array<std::string_view, 3> stateNames{"next", "signing", "verify-only"};

/// Members beside those of RFC 7517 in what save() writes.
constexpr std::string_view stateMember = "claimsmith_state";
constexpr std::string_view createdMember = "iat";
constexpr std::string_view retiresMember = "exp";

Result<SigningKey> readSigningKey(const document::Value& value)
{
    CLAIMSMITH_TRY(const jose::Key key, jose::readJwk(value));
    jose::KeyMetadata metadata = key.metadata();
    metadata.others = {};
    SigningKey read{key.withMetadata(std::move(metadata))};
    const std::string* state = value.findString(stateMember);
    const auto found = std::ranges::find(stateNames, state == nullptr ? stateNames[1] : std::string_view(*state));
    read.state = found == stateNames.end() ? KeyState::VerifyOnly
                                           : static_cast<KeyState>(std::distance(stateNames.begin(), found));
    read.created = value.findInteger(createdMember).value_or(0);
    read.retires = value.findInteger(retiresMember).value_or(0);
    return read;
}

} // namespace

std::string_view toString(KeyState state) noexcept
{
    return stateNames[static_cast<std::size_t>(state)];
}

KeyRing::KeyRing(jose::Key key, std::int64_t now)
{
    m_keys.push_back({std::move(key), KeyState::Signing, now});
}

Result<KeyRing> KeyRing::restore(const SecretBytes& text)
{
    CLAIMSMITH_TRY(const document::Value root, document::parseJson(text.view()));
    KeyRing ring;
    const document::Value* const list = root.find("keys");
    for (std::size_t i = 0; list != nullptr && list->asArray() != nullptr && i < list->asArray()->size(); ++i) {
        CLAIMSMITH_TRY(SigningKey key, readSigningKey((*list->asArray())[i]));
        const bool fits = key.key.privateKey() != nullptr && !key.key.metadata().algorithm.empty();
        if (fits && (key.state == KeyState::VerifyOnly || ring.find(key.state) == nullptr))
            ring.m_keys.push_back(std::move(key));
    }
    if (ring.find(KeyState::Signing) == nullptr)
        return Error{jose::JoseErrorCode::NoKeys};
    return ring;
}

SecretBytes KeyRing::save() const
{
    document::Array list;
    for (const SigningKey& key : m_keys) {
        document::Value value = jose::writeJwk(key.key, jose::KeyParts::Private);
        value.asObject()->set(stateMember, toString(key.state));
        value.asObject()->set(createdMember, key.created);
        value.asObject()->set(retiresMember, key.retires);
        list.push_back(std::move(value));
    }
    return SecretBytes(document::toJson(document::Object{{"keys", std::move(list)}}));
}

const SigningKey& KeyRing::signing() const noexcept
{
    return *std::ranges::find(m_keys, KeyState::Signing, &SigningKey::state);
}

SigningKey* KeyRing::find(KeyState state) noexcept
{
    const auto found = std::ranges::find(m_keys, state, &SigningKey::state);
    return found == m_keys.end() ? nullptr : &*found;
}

std::vector<jose::Key> KeyRing::published(std::int64_t now) const
{
    std::vector<jose::Key> keys{*signing().key.publicPart()};
    for (const SigningKey& key : m_keys) {
        const bool isOver = key.state == KeyState::VerifyOnly && key.retires <= now;
        if (key.state != KeyState::Signing && !isOver)
            keys.push_back(*key.key.publicPart());
    }
    return keys;
}

void KeyRing::prepare(jose::Key key, std::int64_t now)
{
    std::erase_if(m_keys, [](const SigningKey& old) { return old.state == KeyState::Next; });
    m_keys.insert(m_keys.begin(), {std::move(key), KeyState::Next, now});
}

bool KeyRing::signWithNext(std::int64_t now, std::int64_t overlap)
{
    SigningKey* const next = find(KeyState::Next);
    if (next == nullptr)
        return false;
    SigningKey* const old = find(KeyState::Signing);
    old->state = KeyState::VerifyOnly;
    old->retires = now + overlap;
    next->state = KeyState::Signing;
    return true;
}

void KeyRing::rotate(jose::Key key, std::int64_t now, std::int64_t overlap)
{
    prepare(std::move(key), now);
    signWithNext(now, overlap);
}

void KeyRing::retire(std::int64_t now)
{
    std::erase_if(m_keys,
                  [now](const SigningKey& key) { return key.state == KeyState::VerifyOnly && key.retires <= now; });
}

void KeyRing::dropOld()
{
    std::erase_if(m_keys, [](const SigningKey& key) { return key.state == KeyState::VerifyOnly; });
}

std::string KeyRing::idFor(std::string_view prefix, std::int64_t now)
{
    const std::chrono::sys_seconds time{std::chrono::seconds(now)};
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(time));
    const unsigned month = static_cast<unsigned>(date.month());
    return std::string(prefix) + '-' + std::to_string(static_cast<int>(date.year())) + (month < 10 ? "-0" : "-") +
           std::to_string(month);
}

std::string KeyRing::nextId(std::string_view prefix, std::int64_t now) const
{
    const std::string base = idFor(prefix, now);
    const auto isTaken = [this](const std::string& id) {
        return std::ranges::any_of(m_keys, [&id](const SigningKey& key) { return key.key.id() == id; });
    };
    std::string id = base;
    for (int number = 2; isTaken(id); ++number)
        id = base + '-' + std::to_string(number);
    return id;
}

} // namespace claimsmith::identity

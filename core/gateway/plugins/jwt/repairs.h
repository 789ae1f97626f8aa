// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"
#include "gateway/plugins/jwt/token.h"
#include "gateway/plugins/jwt/verification.h"
#include "gateway/snapshot.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::jwt {

/// Adds repairs to an explanation, from the request and the configuration: the first one added is the primary one. What
/// can't be offered (no such consumer, no such entity) is left out.
class Repairs final
{
public:
    /// Also finds out which credential the token names and fills in the explanation's credential and consumer.
    Repairs(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation);

    /// New tokens for the credential in question, or else for up to three consumers.
    void signTokens(bool isPrimary);
    /// Adds the place where the request does carry a token to those that the plugin reads.
    void readTokenFromWhereItIs();
    void keepOne();
    void openToken(OpenToken::Part part, bool isPrimary);
    void openPlugin();
    void openCredential();
    void compareKeys();
    void addKeyClaim();
    /// Another claim of the token whose value is the key of a credential.
    void useOtherKeyClaim();
    void createCredential(const std::string& key);
    void useNearestKey(std::string_view key);
    void resignWithAlgorithm(const std::string& algorithm);
    void setCredentialAlgorithm(const std::string& algorithm);
    void resignWithCredential();
    void resignWithExp(bool isPrimary);
    void resignWithNbf();
    void stopVerifying(std::string_view claim);
    void raiseLimit(std::int64_t seconds);
    void setPluginField(std::string_view field, document::Value value, bool isPrimary);
    void shiftClock(std::int64_t seconds);

    std::string consumerName() const;
    /// The credential whose key is most like this one, if one is like it at all.
    const Entity* nearestCredential(std::string_view key) const;
    /// iat, nbf and exp of the token, as far as they are numbers.
    std::vector<RulerMark> timesOfToken() const;

private:
    void add(Text label, RepairAction action, bool isPrimary = false);
    void findToken();
    void findCredential();
    SignToken signTokenFor(const Entity& credential) const;
    Resign resign() const;
    std::int64_t lifetime() const noexcept;
    std::string nameOfConsumer(const Entity& credential) const;
    const Entity* firstCredential() const;

    const Trace& m_trace;
    const Step& m_step;
    const Snapshot& m_snapshot;
    Explanation& m_explanation;
    std::optional<Settings> m_settings; ///< empty when the plugin is not in the snapshot any more
    std::string m_pluginPointer;
    std::vector<FoundToken> m_tokens;
    std::optional<Token> m_token;
    const Entity* m_credential = nullptr;
    std::int64_t m_now;
};

} // namespace claimsmith::gateway::jwt

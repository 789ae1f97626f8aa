// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configanalysis.h"
#include "panels/tokens/keylist.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace claimsmith::app {

/// One thing to know about a key: "Thumbprint", its value, and what it is good for.
struct KeyFact
{
    QString name;
    QString value;
    bool isMono = false; ///< a value for machines: it can be copied
    QString hint = {};
};

/// A place that uses the key.
struct KeyUse
{
    enum class Kind { Token, Credential, Route, SameKey };
    Kind kind;
    QString text;
    std::string target; ///< recipe name, pointer into kong.yml, or kid
};

/// Everything about one key that is no secret: who it is, where it is used, what is weak about it.
struct KeyCard
{
    QString name;
    std::vector<KeyFact> facts;
    std::vector<KeyUse> uses;
    std::vector<QString> problems; ///< sentences
    std::optional<jose::Key> key;  ///< with its private half when that is at hand
    QString reason = {};           ///< why there is no key
    QString publicJwk = {};        ///< laid out for reading; empty for a secret
    QString publicPem = {};
};

/// The card of a key of the list. `config` tells where the gateway uses it.
KeyCard keyCard(const KeyChoice& choice, const KeySources& sources, const ConfigAnalysis& config);

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/autopsycase.h"

#include <QString>

namespace claimsmith::app {

/// What can be done about a cause, in one click.
enum class AutopsyFix {
    None,
    CleanToken,  ///< take the repaired text
    SetEncoding, ///< read the secret as `encoding`
    UseKey,      ///< choose the key that signed
    SignAgain,   ///< with the key that is chosen
};

/// Why a signature failed, in words, with its fix.
struct AutopsyAdvice
{
    QString sentence; ///< with a full stop
    AutopsyFix fix = AutopsyFix::None;
    QString fixText;
    workspace::SecretEncoding encoding = workspace::SecretEncoding::Text; ///< SetEncoding
    KeyChoice key;                                                        ///< UseKey
    std::string token;                                                    ///< CleanToken

    friend bool operator==(const AutopsyAdvice&, const AutopsyAdvice&) = default;
};

/// What is in the user's hand where the signature failed.
struct AutopsyMeans
{
    bool canSign = false;    ///< the key that it was checked with can sign
    bool choosesKey = false; ///< another key may be chosen to check with; a gateway chooses by itself
    std::vector<workspace::SecretEncoding> encodings = {}; ///< that the secret can be read in
};

AutopsyAdvice autopsyAdvice(const std::optional<AutopsyFinding>& finding, const AutopsyMeans& means);

} // namespace claimsmith::app

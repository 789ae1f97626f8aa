// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/lint.h"
#include "panels/tokens/tokendocument.h"

#include <QString>

#include <vector>

namespace claimsmith::app {

/// What can be done about a note, in one click.
enum class LintAction {
    None,
    AddClaim,    ///< `target` names it
    RemoveClaim, ///< `target` names it
    AddType,
    AddKeyId,
    RemoveHeader, ///< `target` names the member
    ShortenLife,
    TimeToSeconds, ///< `target` names the claim
    RotateSecret,
    GenerateKey,
    ChooseAlgorithm,
};

/// A finding of jose's lint in words. Never blocks anything.
struct LintNote
{
    jose::LintSeverity severity = jose::LintSeverity::Info;
    QString id; ///< names its kind when it is hidden: "no-audience"
    QString title;
    QString sentence;
    QString standard = {}; ///< "RFC 8725 §3.5"; empty when none says it
    LintAction action = LintAction::None;
    QString actionText;
    std::string target;
    friend bool operator==(const LintNote&, const LintNote&) = default;
};

std::vector<LintNote> lintNotes(const TokenDraft& draft, const ChosenKeys& keys);
/// What is to be said about a key, whatever it signs.
std::vector<LintNote> keyNotes(const jose::Key& key);

} // namespace claimsmith::app

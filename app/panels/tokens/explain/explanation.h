// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/tokendraft.h"
#include "panels/tokens/verdict.h"

#include <QTimeZone>

#include <vector>

namespace claimsmith::app {

/// One member of header or payload in words.
struct ExplainedMember
{
    QString name;
    QString value;    ///< as JSON on one line; texts without their quotes
    QString title;    ///< "Audience"; of an instant its time
    QString sentence; ///< what it is for
    QString standard;
    bool isTrouble = false; ///< no verifier takes the value

    friend bool operator==(const ExplainedMember&, const ExplainedMember&) = default;
};

struct Explanation
{
    std::vector<ExplainedMember> header;
    std::vector<ExplainedMember> claims;

    friend bool operator==(const Explanation&, const Explanation&) = default;
};

Explanation explain(const TokenDraft& draft, std::int64_t now, const QTimeZone& zone);

/// Token and verdict as a short Markdown text, with the sections of the standards. Holds no signature and no key: it is
/// made to be sent to others.
QString explanationMarkdown(const QString& name, const Explanation& explanation, const Verdict& verdict);

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/forge/attack.h"
#include "panels/tokens/attack/attackplan.h"

namespace claimsmith::app {

/// What became of one token at one place.
struct AttackCell
{
    enum class State {
        NotTried,
        Running,
        Refused,  ///< as it should be
        Expected, ///< the genuine token was let in
        Accepted, ///< a forged token was let in
        Failed,   ///< the target broke down, or did not answer
        NotSent,  ///< it cannot travel there: a line end in a header
    };
    State state = State::NotTried;
    int status = 0;     ///< of the answer; 0 when there was none
    QString reason;     ///< in the target's words, short
    QString request;    ///< head of what was sent, signatures cut
    QString answer;     ///< head and beginning of the body
    QString label = {}; ///< of the form that this is about: the worst one
    double milliseconds = 0;
    std::size_t tried = 0; ///< forms of the row

    bool isTrouble() const noexcept { return state == State::Accepted || state == State::Failed; }
    friend bool operator==(const AttackCell&, const AttackCell&) = default;
};

/// The whole matrix: cells by row and place.
struct AttackMatrix
{
    AttackTarget target;
    QString token; ///< name of the token that was forged
    std::vector<AttackRow> rows;
    std::vector<std::vector<AttackCell>> cells;

    std::size_t count(AttackCell::State state) const noexcept;
    /// Tokens to try, at all places.
    std::size_t total() const noexcept;
    /// Whether the cell waits for nothing more.
    bool isDone(std::size_t row, std::size_t place) const noexcept
    {
        return cells[row][place].tried == rows[row].forgeries.size();
    }
};

/// Judges an answer. `genuine` is the status that the genuine token got at the same place: what is equal to it was let
/// in, even where the upstream itself refuses; 0 while it is not known.
AttackCell judge(bool isGenuine, int status, const QString& body, int genuine);

/// Takes the outcome of one more form into the cell: the worst one is what is shown.
void add(AttackCell& cell, AttackCell outcome);

/// The message inside of a refusal: {"message": "…"} or {"exp": "token expired"} of the gateway, else its first line.
QString reasonIn(const QString& body);

/// What was found so far, for the reports of jose.
jose::forge::AttackReport attackReport(const AttackMatrix& matrix);

/// The token without its signature.
QString withoutSignature(const std::string& token);

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/answer.h"
#include "gateway/exchange.h"
#include "gateway/lua/state.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::gateway::functions {

/// What functions of the API work on while the user's code of one phase runs. One at a time for each thread.
class Call final
{
public:
    /// `body` is set in body_filter only.
    Call(Exchange& request, Phase inPhase, BodyPiece* piece = nullptr) noexcept;
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    /// The one that runs on this thread. Only while code runs.
    static Call& current() noexcept;

    Exchange& exchange;
    Phase phase;
    BodyPiece* body;
    std::optional<Answer> answer; ///< kong.response.exit() was called
    lua::Kept shared;             ///< kong.ctx.shared, once it was asked for
};

/// The chunks of one phase, prepared.
class Script final
{
public:
    explicit Script(const std::vector<std::string>& sources);

    bool empty() const noexcept { return m_chunks.empty(); }

    /// Runs one chunk after the other, until one gives an answer. Throws Fault with Lua's message.
    void run(Call& call) const;

private:
    std::vector<std::shared_ptr<const lua::Chunk>> m_chunks;
};

/// Why `source` can't be used: the compiler's message, or which name it uses that is not there (README.md).
std::optional<std::string> findProblem(const std::string& source);

} // namespace claimsmith::gateway::functions

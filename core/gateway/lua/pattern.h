// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

struct lua_State;

namespace claimsmith::gateway::lua {

/// Lua's patterns (Lua 5.1 manual §5.4.1), because those of the library can take exponential time where no hook counts:
/// here every step does. The functions of strings that search come from here.
class PatternMatch final
{
public:
    enum class Outcome {
        Found,
        NotFound,
        Malformed, ///< the pattern is none: error() says why
        Exhausted, ///< the steps allowed have been used up
    };

    struct Capture
    {
        static constexpr std::ptrdiff_t unfinished = -1;
        static constexpr std::ptrdiff_t position = -2;
        const char* begin = nullptr;
        std::ptrdiff_t size = unfinished; ///< or `position`: the capture is the place itself
    };

    /// Both texts have to outlive the object. An anchor "^" is for the caller to take off.
    PatternMatch(std::string_view subject, std::string_view pattern, std::uint64_t steps) noexcept
        : m_subject(subject), m_pattern(pattern), m_steps(steps)
    {
    }

    /// Matches exactly at this offset of the subject.
    Outcome matchAt(std::size_t offset) noexcept;

    const char* end() const noexcept { return m_end; } ///< of the match, when Found

    std::size_t captureCount() const noexcept { return m_level; }

    const Capture& capture(std::size_t index) const noexcept { return m_captures[index]; }

    const char* error() const noexcept { return m_error; }

    std::uint64_t stepsLeft() const noexcept { return m_steps; }

private:
    static constexpr std::size_t mostCaptures = 32;
    static constexpr int deepest = 200;

    const char* subjectEnd() const noexcept { return m_subject.data() + m_subject.size(); }

    const char* patternEnd() const noexcept { return m_pattern.data() + m_pattern.size(); }

    bool fail(const char* reason) noexcept;
    bool step() noexcept;
    const char* match(const char* s, const char* p) noexcept;
    const char* matchItem(const char* s, const char* p, bool& isTail, const char*& nextP) noexcept;
    const char* matchEscape(const char* s, const char* p, const char*& nextP) noexcept;
    const char* matchBalance(const char* s, const char* p) noexcept;
    const char* matchBack(const char* s, char digit) noexcept;
    bool matchFrontier(const char* s, const char* set, const char* setEnd) noexcept;
    const char* expandMost(const char* s, const char* p, const char* ep) noexcept;
    const char* expandLeast(const char* s, const char* p, const char* ep) noexcept;
    const char* openCapture(const char* s, const char* p, std::ptrdiff_t size) noexcept;
    const char* closeCapture(const char* s, const char* p) noexcept;
    const char* classEnd(const char* p) noexcept;
    bool matchesOne(const char* s, const char* p, const char* ep) noexcept;

    std::string_view m_subject;
    std::string_view m_pattern;
    std::uint64_t m_steps;
    const char* m_end = nullptr;
    const char* m_error = nullptr;
    std::size_t m_level = 0;
    int m_depth = 0;
    std::array<Capture, mostCaptures> m_captures{};
};

/// Adds find, match, gmatch and gsub to the table on top of the stack.
void addPatternFunctions(lua_State* state);

} // namespace claimsmith::gateway::lua

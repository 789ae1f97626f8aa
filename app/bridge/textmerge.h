// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::app {

/// One stretch of a text exchanged for another; offsets in bytes.
struct TextChange
{
    std::size_t offset = 0;
    std::string removed;
    std::string inserted;

    bool empty() const noexcept { return removed.empty() && inserted.empty(); }
    friend bool operator==(const TextChange&, const TextChange&) = default;
};

/// The smallest single change that turns one text into the other; never cuts a UTF-8 sequence.
TextChange changeBetween(std::string_view before, std::string_view after);
std::string applied(const std::string& before, const TextChange& change);
std::string reverted(const std::string& after, const TextChange& change);

/// Lines [begin, end) of a text that another text has `text` for.
struct LineChange
{
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text; ///< whole lines; empty: they go
    friend bool operator==(const LineChange&, const LineChange&) = default;
};

/// What turns `before` into `after`, in order, with at least one common line between any two. The least there is, but
/// for texts that have more than some hundred lines not in common: there neighbouring changes may come as one.
std::vector<LineChange> lineChanges(std::string_view before, std::string_view after);

/// Both changes of `base` at once, when they touch different lines or are the same; nothing when they meet. Changes of
/// neighbouring lines meet: they may be about the same thing.
std::optional<std::string> mergeTexts(std::string_view base, std::string_view ours, std::string_view theirs);

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/textmerge.h"

#include <algorithm>

namespace claimsmith::app {
namespace {

using Lines = std::vector<std::string_view>;

/// Edits that the search for the least change goes up to: its cost grows with their square.
constexpr std::ptrdiff_t mostEdits = 600;

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

Lines linesOf(std::string_view text)
{
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1);
        lines.push_back(text.substr(0, end + 1));
        text.remove_prefix(end + 1);
    }
    return lines;
}

/// Common subsequence of two ranges of lines, as pairs of line numbers: E. Myers, "An O(ND) Difference Algorithm and
/// Its Variations", 1986, the greedy algorithm of section 4. Nothing when more than `mostEdits` lines differ.
class Matching
{
public:
    using Pairs = std::vector<std::pair<std::ptrdiff_t, std::ptrdiff_t>>;

    Matching(const Lines& before, const Lines& after) : m_before(before), m_after(after) {}

    std::optional<Pairs> find()
    {
        const std::ptrdiff_t most = std::min(mostEdits, size(m_before) + size(m_after));
        std::vector<std::ptrdiff_t> furthest(static_cast<std::size_t>(2 * most + 3), 0);
        for (std::ptrdiff_t edits = 0; edits <= most; ++edits) {
            m_steps.push_back(furthest);
            for (std::ptrdiff_t diagonal = -edits; diagonal <= edits; diagonal += 2) {
                const std::ptrdiff_t x = follow(start(furthest, most, diagonal, edits), diagonal);
                furthest[index(most, diagonal)] = x;
                if (x >= size(m_before) && x - diagonal >= size(m_after))
                    return trace(most, edits);
            }
        }
        return {};
    }

private:
    static std::ptrdiff_t size(const Lines& lines) { return static_cast<std::ptrdiff_t>(lines.size()); }

    static std::size_t index(std::ptrdiff_t most, std::ptrdiff_t diagonal)
    {
        return static_cast<std::size_t>(diagonal + most + 1);
    }

    /// Whether the best way onto the diagonal comes from the one above: a line of `after` more.
    static bool comesDown(const std::vector<std::ptrdiff_t>& furthest, std::ptrdiff_t most, std::ptrdiff_t diagonal,
                          std::ptrdiff_t edits)
    {
        return diagonal == -edits ||
               (diagonal != edits && furthest[index(most, diagonal - 1)] < furthest[index(most, diagonal + 1)]);
    }

    static std::ptrdiff_t start(const std::vector<std::ptrdiff_t>& furthest, std::ptrdiff_t most,
                                std::ptrdiff_t diagonal, std::ptrdiff_t edits)
    {
        return comesDown(furthest, most, diagonal, edits) ? furthest[index(most, diagonal + 1)]
                                                          : furthest[index(most, diagonal - 1)] + 1;
    }

    std::ptrdiff_t follow(std::ptrdiff_t x, std::ptrdiff_t diagonal) const
    {
        while (x < size(m_before) && x - diagonal < size(m_after) &&
               m_before[static_cast<std::size_t>(x)] == m_after[static_cast<std::size_t>(x - diagonal)])
            ++x;
        return x;
    }

    Pairs trace(std::ptrdiff_t most, std::ptrdiff_t edits) const
    {
        Pairs pairs;
        std::ptrdiff_t x = size(m_before);
        std::ptrdiff_t y = size(m_after);
        for (; edits >= 0; --edits) {
            const auto& furthest = m_steps[static_cast<std::size_t>(edits)];
            const std::ptrdiff_t diagonal = x - y;
            const bool down = comesDown(furthest, most, diagonal, edits);
            const std::ptrdiff_t from = edits == 0 ? 0 : start(furthest, most, diagonal, edits);
            for (; x > from; --x, --y)
                pairs.emplace_back(x - 1, y - 1);
            (down ? y : x) -= 1;
        }
        std::ranges::reverse(pairs);
        return pairs;
    }

    const Lines& m_before;
    const Lines& m_after;
    std::vector<std::vector<std::ptrdiff_t>> m_steps; ///< how far each diagonal reached before each number of edits
};

std::string joined(const Lines& lines, std::size_t begin, std::size_t end)
{
    std::string text;
    for (std::size_t i = begin; i < end; ++i)
        text += lines[i];
    return text;
}

bool meet(const LineChange& first, const LineChange& second)
{
    return first.end >= second.begin;
}

/// All changes of both in the order of the text; nothing when two of them meet.
std::optional<std::vector<LineChange>> allChanges(std::vector<LineChange> ours, const std::vector<LineChange>& theirs)
{
    for (const LineChange& change : theirs)
        if (std::ranges::find(ours, change) == ours.end())
            ours.push_back(change);
    std::ranges::sort(ours, {}, &LineChange::begin);
    if (std::ranges::adjacent_find(ours, meet) != ours.end())
        return {};
    return ours;
}

} // namespace

TextChange changeBetween(std::string_view before, std::string_view after)
{
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t head = 0;
    while (head < shorter && before[head] == after[head])
        ++head;
    while (head > 0 && ((head < before.size() && isContinuation(before[head])) ||
                        (head < after.size() && isContinuation(after[head]))))
        --head;
    std::size_t tail = 0;
    while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    while (tail > 0 && isContinuation(before[before.size() - tail]))
        --tail;
    return {head, std::string(before.substr(head, before.size() - tail - head)),
            std::string(after.substr(head, after.size() - tail - head))};
}

std::string applied(const std::string& before, const TextChange& change)
{
    std::string after = before;
    return after.replace(change.offset, change.removed.size(), change.inserted);
}

std::string reverted(const std::string& after, const TextChange& change)
{
    std::string before = after;
    return before.replace(change.offset, change.inserted.size(), change.removed);
}

std::vector<LineChange> lineChanges(std::string_view beforeText, std::string_view afterText)
{
    Lines before = linesOf(beforeText);
    Lines after = linesOf(afterText);
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t head = 0;
    while (head < shorter && before[head] == after[head])
        ++head;
    std::size_t tail = 0;
    while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    before =
        Lines(before.begin() + static_cast<std::ptrdiff_t>(head), before.end() - static_cast<std::ptrdiff_t>(tail));
    after = Lines(after.begin() + static_cast<std::ptrdiff_t>(head), after.end() - static_cast<std::ptrdiff_t>(tail));

    auto common = Matching(before, after).find().value_or(Matching::Pairs());
    common.emplace_back(before.size(), after.size());
    std::vector<LineChange> changes;
    std::size_t line = 0;
    std::size_t counterpart = 0;
    for (const auto& [x, y] : common) {
        const auto end = static_cast<std::size_t>(x);
        const auto counterpartEnd = static_cast<std::size_t>(y);
        if (end > line || counterpartEnd > counterpart)
            changes.push_back({head + line, head + end, joined(after, counterpart, counterpartEnd)});
        line = end + 1;
        counterpart = counterpartEnd + 1;
    }
    return changes;
}

std::optional<std::string> mergeTexts(std::string_view base, std::string_view ours, std::string_view theirs)
{
    const auto changes = allChanges(lineChanges(base, ours), lineChanges(base, theirs));
    if (!changes)
        return {};
    const Lines lines = linesOf(base);
    std::string merged;
    std::size_t at = 0;
    for (const LineChange& change : *changes) {
        merged += joined(lines, at, change.begin) + change.text;
        at = change.end;
    }
    return merged + joined(lines, at, lines.size());
}

} // namespace claimsmith::app

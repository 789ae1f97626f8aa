// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace claimsmith::document {

/// A stretch of the text a document was read from. Lines and columns are those of its first byte; they count from 1,
/// columns in bytes.
struct Span
{
    std::size_t begin = 0; ///< byte offset of the first byte
    std::size_t end = 0;   ///< byte offset behind the last byte
    std::size_t line = 0;
    std::size_t column = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

/// Where each value of a document stands in its text: JSON pointer → place of the value and, in an object, of its key.
class SourceMap final
{
public:
    struct Entry
    {
        Span value;
        std::optional<Span> key; ///< absent for the document and for array elements
    };

    void add(std::string pointer, Entry entry) { m_entries.insert_or_assign(std::move(pointer), entry); }

    /// The entry for exactly this pointer, or null.
    const Entry* find(std::string_view pointer) const;
    /// The entry for this pointer or the nearest value that encloses it: where to show an error about a missing member.
    const Entry* findNearest(std::string_view pointer) const;
    /// The pointer of the innermost value that, with its key, includes this byte offset or ends at it; "" when none
    /// does.
    std::string pointerAt(std::size_t offset) const;

    auto begin() const { return m_entries.begin(); }
    auto end() const { return m_entries.end(); }

private:
    std::map<std::string, Entry, std::less<>> m_entries;
};

} // namespace claimsmith::document

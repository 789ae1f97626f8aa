// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/sourcemap.h"

namespace claimsmith::document {

const SourceMap::Entry* SourceMap::find(std::string_view pointer) const
{
    const auto found = m_entries.find(pointer);
    return found == m_entries.end() ? nullptr : &found->second;
}

const SourceMap::Entry* SourceMap::findNearest(std::string_view pointer) const
{
    while (true) {
        if (const Entry* entry = find(pointer))
            return entry;
        if (pointer.empty())
            return nullptr;
        const std::size_t slash = pointer.rfind('/');
        pointer = pointer.substr(0, slash == std::string_view::npos ? 0 : slash);
    }
}

std::string SourceMap::pointerAt(std::size_t offset) const
{
    const std::string* innermost = nullptr;
    std::size_t smallest = 0;
    for (const auto& [pointer, entry] : m_entries) {
        const std::size_t begin = entry.key ? entry.key->begin : entry.value.begin;
        const std::size_t size = entry.value.end - begin;
        if (offset < begin || offset > entry.value.end)
            continue;
        if (innermost && (size > smallest || (size == smallest && pointer.size() < innermost->size())))
            continue;
        innermost = &pointer;
        smallest = size;
    }
    return innermost ? *innermost : std::string();
}

} // namespace claimsmith::document

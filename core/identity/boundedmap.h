// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace claimsmith::identity {

/// Values by name, at most so many: whoever asks without end makes the oldest go, not the memory grow. What has expired
/// stays until then, so that a refusal can say "expired" rather than "unknown". Pointers hold until the value goes.
template <class T>
class BoundedMap final
{
public:
    static constexpr std::size_t usualLimit = 10'000;

    explicit BoundedMap(std::size_t limit = usualLimit) : m_limit(limit) {}

    /// Replaces a value of the same name.
    T& add(const std::string& name, T value)
    {
        remove(name);
        if (m_entries.size() >= m_limit)
            remove(m_order.begin()->second);
        const std::uint64_t serial = m_serial++;
        m_order.emplace(serial, name);
        return m_entries.insert_or_assign(name, Entry{std::move(value), serial}).first->second.value;
    }

    T* find(std::string_view name) noexcept
    {
        const auto found = m_entries.find(name);
        return found == m_entries.end() ? nullptr : &found->second.value;
    }

    const T* find(std::string_view name) const noexcept
    {
        const auto found = m_entries.find(name);
        return found == m_entries.end() ? nullptr : &found->second.value;
    }

    bool remove(std::string_view name)
    {
        const auto found = m_entries.find(name);
        if (found == m_entries.end())
            return false;
        const std::uint64_t serial = found->second.serial;
        m_entries.erase(found);
        m_order.erase(serial);
        return true;
    }

    /// Calls `visit(name, value)` for each, the oldest first.
    template <class Visit>
    void each(Visit visit)
    {
        for (const auto& [serial, name] : m_order)
            visit(name, m_entries.find(name)->second.value);
    }

    template <class Visit>
    void each(Visit visit) const
    {
        for (const auto& [serial, name] : m_order)
            visit(name, m_entries.find(name)->second.value);
    }

    std::size_t size() const noexcept { return m_entries.size(); }

private:
    struct Entry
    {
        T value;
        std::uint64_t serial;
    };

    std::size_t m_limit;
    std::uint64_t m_serial = 0;
    std::map<std::string, Entry, std::less<>> m_entries;
    std::map<std::uint64_t, std::string> m_order;
};

} // namespace claimsmith::identity

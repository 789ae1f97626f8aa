// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <array>
#include <cstddef>
#include <functional>
#include <iterator>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace claimsmith::gateway {

/// Values by key for all threads of an engine, in bounded memory, like nginx's shared dictionaries: entries expire, and
/// when there is no room left, the ones used longest ago go. Divided into shards with a lock each, held for one look-up
/// and what update() is given to do. All members may be called from any thread. Time is what the caller says it is.
template <class Value>
class SharedTable final
{
public:
    /// `capacity` in bytes, keys, values and book-keeping together.
    explicit SharedTable(std::size_t capacity) noexcept : m_shardCapacity(capacity / shards) {}

    /// A copy; nothing when there is none, or it has expired.
    std::optional<Value> find(std::string_view key, TimePoint now)
    {
        Shard& shard = shardOf(key);
        const std::lock_guard lock(shard.mutex);
        Entry* const entry = shard.find(key, now);
        return entry ? std::optional<Value>(entry->value) : std::nullopt;
    }

    /// Puts a value in the place of any before it. `size` is what the value takes beyond sizeof(Value). A value that is
    /// too large for the table is not kept.
    void put(std::string_view key, Value value, TimePoint expires, std::size_t size = 0)
    {
        Shard& shard = shardOf(key);
        const std::lock_guard lock(shard.mutex);
        shard.erase(key);
        if (sizeOf(key, size) <= m_shardCapacity)
            shard.add(key, std::move(value), expires, sizeOf(key, size), m_shardCapacity);
    }

    /// Calls change(Value&) and returns what it returns. When there is no value, or it has expired, a Value{} that
    /// lives for `lifetime` is made first. `change` must be short, must not use this table and must not throw.
    template <class Change>
    auto update(std::string_view key, TimePoint now, TimePoint::duration lifetime, Change&& change)
    {
        Shard& shard = shardOf(key);
        const std::lock_guard lock(shard.mutex);
        Entry* entry = shard.find(key, now);
        if (!entry)
            entry = &shard.add(key, Value{}, now + lifetime, sizeOf(key, 0), m_shardCapacity);
        return std::forward<Change>(change)(entry->value);
    }

    /// Whether there was one.
    bool erase(std::string_view key, TimePoint now)
    {
        Shard& shard = shardOf(key);
        const std::lock_guard lock(shard.mutex);
        return shard.find(key, now) && shard.erase(key);
    }

    void clear()
    {
        for (Shard& shard : m_shards) {
            const std::lock_guard lock(shard.mutex);
            shard.byKey.clear();
            shard.entries.clear();
            shard.used = 0;
        }
    }

    /// Bytes in use, expired entries that nobody has asked for since included.
    std::size_t size() const
    {
        std::size_t total = 0;
        for (const Shard& shard : m_shards) {
            const std::lock_guard lock(shard.mutex);
            total += shard.used;
        }
        return total;
    }

private:
    static constexpr std::size_t shards = 16;

    struct Entry
    {
        std::string key;
        Value value;
        TimePoint expires;
        std::size_t size;
    };

    using Entries = std::list<Entry>;

    struct alignas(64) Shard
    {
        Entry* find(std::string_view key, TimePoint now)
        {
            const auto found = byKey.find(key);
            if (found == byKey.end())
                return nullptr;
            if (found->second->expires <= now) {
                erase(key);
                return nullptr;
            }
            entries.splice(entries.begin(), entries, found->second);
            return &*found->second;
        }

        Entry& add(std::string_view key, Value value, TimePoint expires, std::size_t bytes, std::size_t capacity)
        {
            while (!entries.empty() && used + bytes > capacity)
                erase(std::prev(entries.end()));
            entries.push_front({std::string(key), std::move(value), expires, bytes});
            byKey.emplace(entries.front().key, entries.begin());
            used += bytes;
            return entries.front();
        }

        bool erase(std::string_view key)
        {
            const auto found = byKey.find(key);
            if (found == byKey.end())
                return false;
            erase(found->second);
            return true;
        }

        void erase(typename Entries::iterator entry)
        {
            used -= entry->size;
            byKey.erase(entry->key);
            entries.erase(entry);
        }

        mutable std::mutex mutex;
        Entries entries; ///< the one used last in front
        std::unordered_map<std::string_view, typename Entries::iterator> byKey;
        std::size_t used = 0;
    };

    /// An entry's part of the list and of the map, roughly.
    static std::size_t sizeOf(std::string_view key, std::size_t size) noexcept
    {
        return sizeof(Entry) + 2 * sizeof(void*) + key.size() + size + 6 * sizeof(void*);
    }

    Shard& shardOf(std::string_view key) noexcept
    {
        // The upper bits: the lower ones choose the bucket inside the shard.
        return m_shards[(std::hash<std::string_view>{}(key) >> 48U) % shards];
    }

    std::size_t m_shardCapacity;
    std::array<Shard, shards> m_shards;
};

} // namespace claimsmith::gateway

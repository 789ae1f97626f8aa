// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>

namespace claimsmith::http {

enum class BodyStoreErrorCode { CannotCreate, CannotWrite, CannotRead };
const ErrorDomain& errorDomain(BodyStoreErrorCode) noexcept;

/// A body of any size: in memory up to a limit, then in a temporary file without a name that goes with this object.
/// Moves, does not copy. Not for two threads at once.
class BodyStore final
{
public:
    static constexpr std::size_t defaultMemoryLimit = 8U << 20U;

    explicit BodyStore(std::size_t memoryLimit = defaultMemoryLimit) noexcept : m_limit(memoryLimit) {}

    Result<void> append(BytesView bytes);
    std::uint64_t size() const noexcept { return m_size; }
    bool isInMemory() const noexcept { return !m_file; }
    /// The whole body while isInMemory(). A view that append() and clear() end.
    BytesView memory() const noexcept { return m_memory; }
    /// Up to `count` bytes from `offset` on; fewer at the end.
    Result<Bytes> read(std::uint64_t offset, std::size_t count) const;
    void clear() noexcept;

private:
    struct CloseFile
    {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };

    Result<void> moveToFile();

    std::size_t m_limit;
    std::uint64_t m_size = 0;
    Bytes m_memory;
    std::unique_ptr<std::FILE, CloseFile> m_file;
};

} // namespace claimsmith::http

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/bodystore.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace claimsmith::http {
namespace {

std::string_view bodyStoreCodeName(int code) noexcept
{
    static constexpr std::array names = {"cannot-create", "cannot-write", "cannot-read"};
    return names[static_cast<std::size_t>(code)];
}

Error fileError(BodyStoreErrorCode code)
{
    Error error{code};
    error.place.pointer = "body";
    error.detail = std::string("the temporary file of a large body: ") + std::strerror(errno);
    return error;
}

} // namespace

const ErrorDomain& errorDomain(BodyStoreErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"body", bodyStoreCodeName};
    return domain;
}

Result<void> BodyStore::append(BytesView bytes)
{
    if (bytes.empty())
        return {}; // an empty view may have no address, and fwrite() wants one
    if (!m_file && m_memory.size() + bytes.size() > m_limit)
        CLAIMSMITH_CHECK(moveToFile());
    if (m_file) {
        if (std::fwrite(bytes.data(), 1, bytes.size(), m_file.get()) != bytes.size())
            return fileError(BodyStoreErrorCode::CannotWrite);
    } else {
        m_memory += bytes;
    }
    m_size += bytes.size();
    return {};
}

Result<void> BodyStore::moveToFile()
{
    // Unlinked from the start and readable by nobody else; portable, unlike O_TMPFILE.
    m_file.reset(std::tmpfile());
    if (!m_file)
        return fileError(BodyStoreErrorCode::CannotCreate);
    if (std::fwrite(m_memory.data(), 1, m_memory.size(), m_file.get()) != m_memory.size())
        return fileError(BodyStoreErrorCode::CannotWrite);
    Bytes().swap(m_memory);
    return {};
}

Result<Bytes> BodyStore::read(std::uint64_t offset, std::size_t count) const
{
    const std::uint64_t begin = std::min(offset, m_size);
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(count, m_size - begin));
    if (!m_file)
        return m_memory.substr(static_cast<std::size_t>(begin), wanted);
    Bytes bytes(wanted, '\0');
    const bool isRead = std::fseek(m_file.get(), static_cast<long>(begin), SEEK_SET) == 0 &&
                        std::fread(bytes.data(), 1, wanted, m_file.get()) == wanted;
    // Back to where append() goes on.
    if (!isRead || std::fseek(m_file.get(), 0, SEEK_END) != 0)
        return fileError(BodyStoreErrorCode::CannotRead);
    return bytes;
}

void BodyStore::clear() noexcept
{
    m_memory.clear();
    m_file.reset();
    m_size = 0;
}

} // namespace claimsmith::http

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secret.h"

#include <cstring>

namespace claimsmith {

void wipe(Bytes& bytes) noexcept
{
    // The whole capacity: a string that shrank still holds its old tail. explicit_bzero is not optimised away.
    bytes.resize(bytes.capacity());
    explicit_bzero(bytes.data(), bytes.size());
    bytes.clear();
}

bool equalInConstantTime(BytesView a, BytesView b) noexcept
{
    if (a.size() != b.size())
        return false;
    unsigned char difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    return difference == 0;
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept : m_bytes(std::move(other.m_bytes))
{
    other.wipe(); // short strings are copied by a move
}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::move(other.m_bytes);
        other.wipe();
    }
    return *this;
}

SecretBytes::~SecretBytes()
{
    wipe();
}

void SecretBytes::wipe() noexcept
{
    claimsmith::wipe(m_bytes);
}

bool operator==(const SecretBytes& a, const SecretBytes& b) noexcept
{
    return equalInConstantTime(a.view(), b.view());
}

} // namespace claimsmith

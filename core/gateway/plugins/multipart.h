// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

/// The parts of a multipart/form-data body (RFC 7578) as Kong's plugins see them: by name, rewritten as they were read.
class Multipart final
{
public:
    struct Part
    {
        std::string name;
        std::string raw;   ///< from its first header line up to the next boundary
        std::string value; ///< what stands behind its headers
    };

    /// A part that the last boundary does not close is left out.
    Multipart(BytesView body, std::string_view boundary);

    const std::vector<Part>& parts() const noexcept { return m_parts; }

    /// The value of the first part with this name. A view into this object.
    std::optional<std::string_view> find(std::string_view name) const noexcept;
    /// Adds a part of plain text at the end.
    void set(std::string_view name, std::string_view value);

    void remove(std::string_view name)
    {
        removeIf([name](std::string_view known) { return known == name; });
    }

    template <class Predicate>
    void removeIf(Predicate predicate)
    {
        std::erase_if(m_parts, [&](const Part& part) { return predicate(std::string_view(part.name)); });
    }

    Bytes toBody() const;

private:
    std::string m_boundary;
    std::vector<Part> m_parts;
};

} // namespace claimsmith::gateway

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <string_view>
#include <vector>

namespace claimsmith::http {

/// The headers that a message's Connection lines name as belonging to the connection (RFC 9110 §7.6.1). Sorted once: a
/// client that names thousands of headers and sends as many would otherwise buy millions of comparisons with one
/// request. Holds views into the map.
class Nominations final
{
public:
    explicit Nominations(const HeaderMap& headers);

    /// Whether a header of this name is one of them, without regard to case.
    bool contain(std::string_view name) const noexcept;

private:
    std::vector<std::string_view> m_names;
};

} // namespace claimsmith::http

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/query.h"

#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::identity {

/// Parameters of a query or form as OAuth reads them: an empty one counts as absent, and none may come twice but those
/// that say so (RFC 6749 §3.1, §3.2).
class Parameters final
{
public:
    Parameters() = default;
    explicit Parameters(std::string_view text);

    /// Null when absent or empty. Valid as long as this object.
    const std::string* find(std::string_view name) const noexcept;
    /// Empty when absent.
    std::string_view value(std::string_view name) const noexcept;
    std::vector<std::string> all(std::string_view name) const;
    /// The name of a parameter that is there twice and may not be; empty when there is none.
    std::string repeated() const;

private:
    http::QueryArguments m_arguments;
};

} // namespace claimsmith::identity

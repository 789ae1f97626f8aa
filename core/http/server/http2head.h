// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "http/wire/framing.h"
#include "http/wire/headparser.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::http {

/// Makes a request's head of the fields of an HTTP/2 header block (RFC 9113 §8.3): :authority becomes Host, crumbs of a
/// cookie become one. Syntax of names and values, the order of pseudo-headers and headers that belong to a connection
/// are the framing layer's to refuse. What is beyond the limits is not kept.
class Http2Head final
{
public:
    /// Both outlive it.
    Http2Head(RequestHead& head, const HeadRules& rules) noexcept : m_head(head), m_rules(rules)
    {
        m_head.version = {2, 0};
    }

    void add(std::string_view name, std::string_view value);
    /// After the last field: what is wrong with the request, if anything.
    std::optional<WireErrorCode> finish();

private:
    void addPseudo(std::string_view name, std::string_view value);
    void addHost(std::string_view value);
    bool isDropped(std::string_view name) const noexcept;

    RequestHead& m_head;
    const HeadRules& m_rules;
    std::string m_cookie;
    std::size_t m_size = 0;
    std::size_t m_lines = 0;
    std::optional<WireErrorCode> m_error;
};

using Http2Fields = std::vector<std::pair<std::string, std::string>>;

/// A response's head as fields: :status first, names in lower case, without what belongs to a connection (RFC 9113
/// §8.2.2), with these Date and Content-Length when there are none.
Http2Fields http2ResponseFields(const ResponseHead& head, BodyFraming framing, std::string_view date);
/// The same for an interim response: nothing is added.
Http2Fields http2InterimFields(const ResponseHead& head);

} // namespace claimsmith::http

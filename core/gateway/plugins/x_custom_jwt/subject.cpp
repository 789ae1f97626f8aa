// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/x_custom_jwt/subject.h"

#include "base/base64.h"

#include <vector>

namespace claimsmith::gateway::xcustomjwt {

/// RFC 2253 §2.4: "\," is a comma, "\C3" an octet; attributes are apart by "," or "+".
std::string subjectText(std::string_view rfc2253)
{
    std::vector<std::string> attributes(1);
    for (std::size_t i = 0; i < rfc2253.size(); ++i) {
        const char c = rfc2253[i];
        if (c == ',' || c == '+') {
            attributes.emplace_back();
        } else if (c != '\\') {
            attributes.back() += c;
        } else if (const auto octet = fromHex(rfc2253.substr(i + 1, 2)); octet && octet->size() == 1) {
            attributes.back() += *octet;
            i += 2;
        } else if (++i < rfc2253.size()) {
            attributes.back() += rfc2253[i];
        }
    }
    std::string text;
    for (auto attribute = attributes.rbegin(); attribute != attributes.rend(); ++attribute)
        text += (text.empty() ? "" : ", ") + *attribute;
    return text;
}

} // namespace claimsmith::gateway::xcustomjwt

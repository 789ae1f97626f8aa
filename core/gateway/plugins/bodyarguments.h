// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "gateway/plugins/multipart.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

/// The named values of a request body: a form, a JSON object or multipart parts (kong-plugins.md A4).
class BodyArguments final
{
public:
    /// Without a value when the content type is none of the three or the body can't be read as what it says.
    static BodyArguments parse(std::string_view contentType, BytesView body);

    enum class Shape { Absent, Text, Several, Other };

    struct Found
    {
        Shape shape = Shape::Absent;
        std::string text; ///< when Text
    };

    /// The value with exactly this name. Several: given more than once, or a JSON list or object; Other: a number, a
    /// boolean…
    Found find(std::string_view name) const;

    /// The body without the value, written anew in its own type; nothing when it had none.
    std::optional<Bytes> without(std::string_view name) const;

private:
    enum class Kind { None, Form, Json, Multipart };

    struct Argument
    {
        std::string name;
        Shape shape = Shape::Text;
        std::string text;
    };

    void parseForm(BytesView body);
    void parseJson(BytesView body);
    void parseMultipart(BytesView body, std::string_view boundary);

    Kind m_kind = Kind::None;
    std::vector<Argument> m_arguments;
    std::string m_body;
    std::optional<Multipart> m_multipart;
};

} // namespace claimsmith::gateway

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
/// \file Private to core/jose.
#pragma once

#include "document/sourcemap.h"
#include "document/value.h"
#include "jose/segment.h"

#include <string>
#include <string_view>

namespace claimsmith::jose {

/// SerializationMember: `member` of the object at `pointer` is missing or of another type.
Error memberError(JoseErrorCode code, std::string_view pointer, std::string_view member);

/// One JSON object of a serialisation and where it stands. A view: object and places have to outlive it.
class JsonMembers final
{
public:
    JsonMembers(const document::Object& object, std::string pointer, const document::SourceMap& places)
        : m_object(object), m_pointer(std::move(pointer)), m_places(places)
    {
    }

    bool has(std::string_view member) const { return m_object.contains(member); }

    Result<Segment> text(std::string_view member) const;
    /// Empty when the member is absent.
    Result<Segment> optionalText(std::string_view member) const;
    Result<document::Object> optionalObject(std::string_view member) const;

private:
    const document::Object& m_object;
    std::string m_pointer;
    const document::SourceMap& m_places;
};

/// The JSON of a serialisation, an object; SerializationInvalid with the cause.
Result<document::Value> parseSerialization(std::string_view text, document::SourceMap& places);

} // namespace claimsmith::jose

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

namespace claimsmith {

std::string Error::toString() const
{
    std::string text;
    if (!place.file.empty())
        text += place.file;
    if (place.line != 0) {
        text += (text.empty() ? "line " : ":") + std::to_string(place.line);
        if (place.column != 0)
            text += ":" + std::to_string(place.column);
    }
    if (!text.empty())
        text += ": ";
    text += detail.empty() ? std::string(code.name()) : detail;
    if (!place.pointer.empty())
        text += " (" + place.pointer + ")";
    if (cause)
        text += ": " + cause->toString();
    return text;
}

Error Error::in(std::string_view file) &&
{
    if (place.file.empty())
        place.file = file;
    return std::move(*this);
}

} // namespace claimsmith

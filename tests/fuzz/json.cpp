// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json.h"

#include <cstdint>
#include <cstdlib>

using namespace claimsmith::document;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// What was read is written and read back as the same value, in every style; an error has a place within the text.
void checkRoundTrip(std::string_view text, const JsonOptions& options)
{
    SourceMap map;
    const auto value = parseJson(text, options, &map);
    if (!value) {
        require(value.error().place.offset <= text.size() && value.error().place.line > 0);
        return;
    }
    for (const JsonStyle& style :
         {JsonStyle{}, JsonStyle{.indent = 3}, JsonStyle{.escapeSlash = true, .asciiOnly = true}}) {
        const auto again = parseJson(toJson(*value, style), options);
        require(again.hasValue() && *again == *value);
    }
    for (const auto& [pointer, entry] : map) {
        require(value->at(pointer) != nullptr);
        require(entry.value.begin < entry.value.end && entry.value.end <= text.size());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    checkRoundTrip(text, {});
    JsonOptions lenient;
    lenient.allowDuplicateKeys = true;
    lenient.allowInvalidUtf8 = true;
    lenient.allowKongNumbers = true;
    lenient.allowComments = true;
    checkRoundTrip(text, lenient);
    return 0;
}

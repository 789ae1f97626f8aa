// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json.h"
#include "workspace/format.h"

#include <cstdint>
#include <cstdlib>

using namespace claimsmith;
using namespace claimsmith::workspace;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// What was read is written and read back as the same thing; an error has its place in the file.
template <class Thing>
void checkRoundTrip(std::string_view text, Result<Thing> (*parse)(std::string_view, const std::string&))
{
    const auto thing = parse(text, "file.json");
    if (!thing) {
        require(thing.error().place.file == "file.json" && thing.error().place.line > 0);
        return;
    }
    const auto again = parse(document::toJson(document::Value(toValue(*thing).members), {.indent = 2}), "file.json");
    require(again.hasValue() && *again == *thing);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    checkRoundTrip(text, parseRequest);
    checkRoundTrip(text, parseTokenRecipe);
    checkRoundTrip(text, parseStoredKey);
    return 0;
}

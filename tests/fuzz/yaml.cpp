// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/yaml.h"
#include "document/edit.h"

#include <cstdint>
#include <cstdlib>

using namespace claimsmith::document;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// An edit succeeds with a text that reads, or says that it cannot.
void checkEdit(std::string_view text, const std::string& pointer)
{
    if (const auto edited = setInYaml(text, pointer, Value("x: y")))
        require(parseYaml(*edited).hasValue());
    if (const auto edited = removeFromYaml(text, pointer))
        require(parseYaml(*edited).hasValue());
}

} // namespace

/// What was read is written and read back as the same value; an error has a place within the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    SourceMap map;
    const auto value = parseYaml(text, {}, &map);
    if (!value) {
        require(value.error().place.offset <= text.size() && value.error().place.line > 0);
        return 0;
    }
    const auto again = parseYaml(toYaml(*value));
    require(again.hasValue() && *again == *value);
    std::size_t edits = 0;
    for (const auto& [pointer, entry] : map) {
        require(value->at(pointer) != nullptr);
        require(entry.value.begin <= entry.value.end && entry.value.end <= text.size());
        if (edits++ < 5)
            checkEdit(text, pointer);
    }
    return 0;
}

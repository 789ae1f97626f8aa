// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/lua/template.h"
#include "gateway/exchange.h"
#include "gateway/lua/templatevalues.h"
#include "gateway/sharedstate.h"
#include "gateway/snapshot.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace claimsmith;
using namespace claimsmith::gateway;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

std::shared_ptr<const Snapshot> emptySnapshot()
{
    static const auto snapshot = loadSnapshot(R"({"_format_version": "3.0"})", "empty", {});
    require(snapshot.hasValue());
    return *snapshot;
}

} // namespace

/// A template may hold any Lua: whatever it does, it ends, and the state is as good as new for the next one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    SharedState shared;
    Exchange exchange(emptySnapshot(), systemClock(), shared);
    exchange.upstream.headers.add("X-In", "abc");
    exchange.upstream.query = "q=1&flag";
    const lua::Template fuzzed(text);
    {
        lua::TemplateValues values(exchange);
        const auto rendered = fuzzed.render(values);
        require(!fuzzed.isConstant() || (rendered && *rendered == text));
        require(rendered || !rendered.error().detail.empty());
        require(!fuzzed.syntaxError() || !rendered);
    }
    static const lua::Template known("$(headers['x-in']:upper():gsub('B', 'x')) $(type) $(string)");
    lua::TemplateValues values(exchange);
    const auto rendered = known.render(values);
    require(rendered && rendered->starts_with("AxC function: builtin") && rendered->ends_with(' '));
    return 0;
}

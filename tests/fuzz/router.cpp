// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/router.h"
#include "gateway/requestpath.h"
#include "gateway/snapshot.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
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

const Snapshot& routes()
{
    static const auto snapshot =
        loadSnapshot(R"json({"_format_version": "3.0", "services": [{"name": "s", "url": "http://up.test/base",
        "routes": [{"name": "a", "paths": ["/a", "/a/b"]}, {"name": "r", "paths": ["~/r/(?<id>[^/]+)"]},
        {"name": "h", "hosts": ["*.test", "x.test:80"]}, {"name": "v", "paths": ["/v"], "headers": {"version": ["~*^b[0-9]"]}}]}]})json",
                     "routes", {});
    if (!snapshot)
        std::abort();
    return **snapshot;
}

/// A normalised path has no dot segment and no empty one.
void checkNormalised(const std::string& path)
{
    require(path.find("//") == std::string::npos);
    require(path.find("/../") == std::string::npos && path.find("/./") == std::string::npos);
    require(!path.ends_with("/..") && !path.ends_with("/."));
}

} // namespace

/// A host, a header value and a path, separated by line ends.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto first = text.find('\n');
    const auto second = first == std::string_view::npos ? first : text.find('\n', first + 1);
    if (second == std::string_view::npos)
        return 0;
    const std::string path = normalisePath("/" + std::string(text.substr(second + 1)));
    checkNormalised(path);
    http::HeaderMap headers;
    headers.add("Version", text.substr(first + 1, second - first - 1));
    const auto match = routes().router().find({"GET", text.substr(0, first), path, &headers, false, {}, 8000});
    if (!match)
        return 0;
    require(path.starts_with(match->prefix));
    const std::string upstream =
        encodePath(joinUpstreamPath(match->service->path, path, match->prefix, match->route->stripPath));
    require(upstream.starts_with("/base"));
    require(upstream.find_first_of(" \r\n\t\"<>\\^`{|}") == std::string::npos);
    return 0;
}

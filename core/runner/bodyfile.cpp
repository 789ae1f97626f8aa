// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/bodyfile.h"

#include "runner/prepare.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace claimsmith::runner {
namespace {

Error unreadable(const std::string& file, const std::string& why)
{
    return Error{PrepareErrorCode::BodyFileUnreadable, {file, "body"}, why, {{"file", file}}};
}

bool isInside(const std::filesystem::path& path, const std::filesystem::path& folder)
{
    const auto relative = path.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

} // namespace

Result<Bytes> readBodyFile(const std::string& folder, const std::string& file)
{
    namespace fs = std::filesystem;
    std::error_code failure;
    fs::path path(file);
    if (path.is_relative()) {
        const fs::path root = fs::canonical(folder, failure);
        path = failure ? path : fs::canonical(root / path, failure);
        if (failure)
            return unreadable(file, failure.message());
        if (!isInside(path, root))
            return unreadable(file, "the file lies outside the workspace");
    }
    std::ifstream stream(path, std::ios::binary);
    if (!stream || fs::is_directory(path, failure))
        return unreadable(file, "the file can't be read");
    Bytes bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (stream.bad())
        return unreadable(file, "the file can't be read to its end");
    return bytes;
}

} // namespace claimsmith::runner

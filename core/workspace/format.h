// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/value.h"
#include "workspace/model.h"

#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::workspace {

class MemberReader;

// The JSON of each kind of file of a workspace. Writers leave out what has its default and keep a fixed order of
// members; texts of several lines become arrays of lines, so that their differences show line by line. Readers take the
// text of a file and its name for errors; they ignore members they do not know.

/// A file's value and names of all members that this version writes: what else stands in a file is kept.
struct FileValue
{
    document::Object members;
    const std::vector<std::string_view>& known;
};

/// workspace.json: what is in no file of its own. Lists name files without their extension.
struct Index
{
    struct EnvironmentEntry
    {
        std::string file;
        Environment environment; ///< without its text
    };
    Id id;
    std::string name;
    GatewayFile gateway;
    std::vector<std::string> folders;
    std::vector<EnvironmentEntry> environments;
    std::vector<std::string> tokens;
    std::vector<std::string> keys;
};

/// folder.json.
struct FolderIndex
{
    Id id;
    std::string name;
    std::vector<std::string> requests;
    std::vector<std::string> folders;
};

FileValue toValue(const Index& index);
FileValue toValue(const FolderIndex& index);
FileValue toValue(const Request& request);
FileValue toValue(const TokenRecipe& recipe);
FileValue toValue(const StoredKey& key);

Result<Index> parseIndex(std::string_view text, const std::string& file);
Result<FolderIndex> parseFolderIndex(std::string_view text, const std::string& file);
Result<Request> parseRequest(std::string_view text, const std::string& file);
Result<TokenRecipe> parseTokenRecipe(std::string_view text, const std::string& file);
Result<StoredKey> parseStoredKey(std::string_view text, const std::string& file);

/// For files that hold the same beside other things: the member "auth", and a recipe's members.
Auth readAuth(MemberReader& in);
TokenRecipe readTokenRecipe(MemberReader& in);

} // namespace claimsmith::workspace

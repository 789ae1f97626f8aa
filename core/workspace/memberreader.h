// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/sourcemap.h"
#include "document/value.h"
#include "workspace/storage.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::workspace {

/// Reads a JSON file's members into typed values. The first thing that is wrong is kept with its place; from then on
/// the fallbacks are returned, so that a reader can be written as a list of its members.
class MemberReader final
{
public:
    /// A word of a file and what it stands for.
    template <class Enum>
    using Words = std::vector<std::pair<std::string_view, Enum>>;

    MemberReader(std::string_view text, std::string file);
    /// Of a document that was read already.
    MemberReader(document::Value root, document::SourceMap sourceMap, std::string file);

    /// The object that members are read from: the root, or the one entered last.
    bool has(std::string_view name) const;
    /// A member that has to be there.
    std::string required(std::string_view name);
    /// A string, or an array of lines.
    std::string text(std::string_view name, std::string_view fallback = {});
    bool boolean(std::string_view name, bool fallback);
    std::vector<std::string> texts(std::string_view name);
    template <class Enum>
    Enum word(std::string_view name, const Words<Enum>& words, Enum fallback);
    /// The member as it is, or null.
    const document::Value* value(std::string_view name) const;
    std::optional<std::int64_t> integer(std::string_view name);
    /// Members that are none of these are a mistake: for files where a misspelt one would go unnoticed.
    void refuseOthers(const std::vector<std::string_view>& names);
    /// The object itself; not null as long as there is no error.
    const document::Object* object() const noexcept { return m_object ? m_object->asObject() : nullptr; }
    /// Where the object is that members are read from: JSON pointer and, when the text had one, its line.
    const std::string& pointer() const noexcept { return m_pointer; }
    std::size_t line() const;

    /// Calls `read` with the members of a member that is an object; not when it is absent.
    void enter(std::string_view name, const std::function<void()>& read);
    /// Calls `read` for each object in an array.
    void enterEach(std::string_view name, const std::function<void()>& read);

    void fail(StorageErrorCode code, std::string_view name, std::string detail,
              std::vector<std::pair<std::string, std::string>> parameters = {});
    /// The first error, if there was one; then this is empty.
    std::optional<Error> takeError() { return std::exchange(m_error, std::nullopt); }

private:
    void begin();
    void failType(std::string_view pointer, std::string_view expected, const document::Value& found);
    void failAt(StorageErrorCode code, std::string pointer, std::string detail,
                std::vector<std::pair<std::string, std::string>> parameters);
    void enterObject(const document::Value& value, std::string pointer, const std::function<void()>& read);
    static std::string expectedWords(const std::vector<std::string_view>& words);

    std::string m_file;
    document::Value m_root;
    document::SourceMap m_sourceMap;
    const document::Value* m_object = nullptr;
    std::string m_pointer;
    std::optional<Error> m_error;
};

template <class Enum>
Enum MemberReader::word(std::string_view name, const Words<Enum>& words, Enum fallback)
{
    if (!has(name))
        return fallback;
    const std::string found = text(name);
    std::vector<std::string_view> names;
    for (const auto& [spelling, meaning] : words) {
        if (spelling == found)
            return meaning;
        names.push_back(spelling);
    }
    const std::string expected = expectedWords(names);
    fail(StorageErrorCode::UnknownValue, name, "\"" + found + "\" is none of " + expected,
         {{"value", found}, {"expected", expected}});
    return fallback;
}

} // namespace claimsmith::workspace

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/sourcemap.h"
#include "document/value.h"
#include "identity/configurationerror.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::identity {

/// Keeps the first thing that is wrong with a document, with its place in the text.
class ProblemKeeper final
{
public:
    using Parameters = std::vector<std::pair<std::string, std::string>>;

    explicit ProblemKeeper(std::string file) : m_file(std::move(file)) {}

    document::SourceMap& sourceMap() noexcept { return m_sourceMap; }

    void add(ConfigurationErrorCode code, std::string pointer, std::string detail, Parameters parameters = {},
             std::optional<Error> cause = {});

    const std::optional<Error>& first() const noexcept { return m_first; }

private:
    std::string m_file;
    document::SourceMap m_sourceMap;
    std::optional<Error> m_first;
};

/// Reads the members of one object into typed values. What is wrong goes to the keeper, and the fallback is returned,
/// so that a reader is a list of its members. rejectOthers() at its end names members that nobody asked for.
class FieldReader final
{
public:
    template <class Enum>
    using Words = std::vector<std::pair<std::string_view, Enum>>;

    /// All three outlive it. A value that is no object is a problem.
    FieldReader(const document::Value& value, std::string pointer, ProblemKeeper& problems);

    const std::string& pointer() const noexcept { return m_pointer; }
    std::string pointer(std::string_view name) const { return document::joinPointer(m_pointer, name); }
    ProblemKeeper& problems() noexcept { return m_problems; }

    /// The member as it is, or null.
    const document::Value* value(std::string_view name);
    std::string text(std::string_view name, std::string_view fallback = {});
    std::string required(std::string_view name);
    bool boolean(std::string_view name, bool fallback);
    std::int64_t integer(std::string_view name, std::int64_t fallback, std::int64_t minimum, std::int64_t maximum);
    std::vector<std::string> texts(std::string_view name);
    document::Object object(std::string_view name);
    /// The name in "{{secret:NAME}}".
    std::string secret(std::string_view name);
    /// One of these words; a problem and nothing when it is another one.
    template <class Enum>
    std::optional<Enum> word(std::string_view text, const std::string& pointer, const Words<Enum>& words);
    /// An array of such words.
    template <class Enum>
    std::vector<Enum> words(std::string_view name, const Words<Enum>& words, std::vector<Enum> fallback);

    /// Calls `read` with a reader for each object of an array.
    template <class Read>
    void each(std::string_view name, Read read);

    void rejectOthers();

private:
    void wrongType(const std::string& pointer, std::string_view expected, const document::Value& found);
    void unknownValue(std::string_view text, const std::string& pointer, const std::string& expected);
    const document::Array* array(std::string_view name);

    const document::Object* m_object;
    std::string m_pointer;
    ProblemKeeper& m_problems;
    std::vector<std::string_view> m_asked;
};

template <class Enum>
std::optional<Enum> FieldReader::word(std::string_view text, const std::string& pointer, const Words<Enum>& words)
{
    std::string expected;
    for (const auto& [spelling, meaning] : words) {
        if (spelling == text)
            return meaning;
        expected.append(expected.empty() ? "" : ", ").append(spelling);
    }
    unknownValue(text, pointer, expected);
    return std::nullopt;
}

template <class Enum>
std::vector<Enum> FieldReader::words(std::string_view name, const Words<Enum>& words, std::vector<Enum> fallback)
{
    if (value(name) == nullptr)
        return fallback;
    std::vector<Enum> found;
    const std::vector<std::string> spelled = texts(name);
    for (std::size_t i = 0; i < spelled.size(); ++i) {
        if (const auto meaning = word(spelled[i], document::joinPointer(pointer(name), i), words))
            found.push_back(*meaning);
    }
    return found;
}

template <class Read>
void FieldReader::each(std::string_view name, Read read)
{
    const document::Array* list = array(name);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        FieldReader element((*list)[i], document::joinPointer(pointer(name), i), m_problems);
        read(element);
        element.rejectOthers();
    }
}

} // namespace claimsmith::identity

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace claimsmith {

/// The family an error code belongs to; one constant per module. Compared by address.
struct ErrorDomain
{
    std::string_view name;                      ///< "jose", "document", …
    std::string_view (*codeName)(int) noexcept; ///< kebab-case name of an enumerator, for logs, JSON output and texts
};

/// A typed error code of any module. An enumeration joins by declaring, in its own namespace,
/// `const ErrorDomain& errorDomain(TheEnum) noexcept`.
class ErrorCode final
{
public:
    template <class Enum>
    requires std::is_enum_v<Enum> ErrorCode(Enum code)
    noexcept : m_domain(&errorDomain(code)), m_value(static_cast<int>(code)) {}

    const ErrorDomain& domain() const noexcept { return *m_domain; }
    std::string_view name() const noexcept { return m_domain->codeName(m_value); }

    friend bool operator==(const ErrorCode&, const ErrorCode&) noexcept = default;

private:
    const ErrorDomain* m_domain;
    int m_value;
};

/// Where in its input an error was found. Every member may be absent; lines and columns count from 1, columns in bytes.
struct Place
{
    std::string file = {};     ///< path or name of the input, when it has one
    std::string pointer = {};  ///< JSON pointer (RFC 6901) into a document, or the name of a header or field
    std::size_t offset = npos; ///< byte offset from the start of the input
    std::size_t line = 0;
    std::size_t column = 0;

    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
    friend bool operator==(const Place&, const Place&) = default;
};

/// An expected failure, as a value. Holds no prose for users (app/text/ makes it from code, place and parameters) and
/// never a secret.
struct Error
{
    ErrorCode code;
    Place place = {};
    std::string detail = {}; ///< short English sentence for logs and the command line
    std::vector<std::pair<std::string, std::string>> parameters = {}; ///< named values for the translated sentence
    std::shared_ptr<const Error> cause = {};

    /// "kong.yml:3:7: expected a string (/services/0/name)": place, detail, and the chain of causes, on one line.
    std::string toString() const;
    /// The same error with `place.file` set where it was empty.
    Error in(std::string_view file) &&;
};

} // namespace claimsmith

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <cassert>
#include <optional>
#include <variant>

namespace claimsmith {

/// A value or the error that kept it from being made. Expected failures cross module borders this way, never as
/// exceptions. value() and error() may be called only after hasValue() told which one is there.
template <class T>
class [[nodiscard]] Result final
{
public:
    using ValueType = T;

    Result(T value) : m_content(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_content(std::in_place_index<1>, std::move(error)) {}

    bool hasValue() const noexcept { return m_content.index() == 0; }
    explicit operator bool() const noexcept { return hasValue(); }

    T& value() &
    {
        assert(hasValue());
        return *std::get_if<0>(&m_content);
    }
    const T& value() const&
    {
        assert(hasValue());
        return *std::get_if<0>(&m_content);
    }
    T&& value() &&
    {
        assert(hasValue());
        return std::move(*std::get_if<0>(&m_content));
    }
    T valueOr(T fallback) && { return hasValue() ? std::move(*this).value() : std::move(fallback); }

    const Error& error() const&
    {
        assert(!hasValue());
        return *std::get_if<1>(&m_content);
    }
    Error&& error() &&
    {
        assert(!hasValue());
        return std::move(*std::get_if<1>(&m_content));
    }

    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

private:
    std::variant<T, Error> m_content;
};

/// Success without a value.
template <>
class [[nodiscard]] Result<void> final
{
public:
    using ValueType = void;

    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    bool hasValue() const noexcept { return !m_error.has_value(); }
    explicit operator bool() const noexcept { return hasValue(); }
    const Error& error() const&
    {
        assert(m_error);
        return *m_error;
    }
    Error&& error() &&
    {
        assert(m_error);
        return std::move(*m_error);
    }

private:
    std::optional<Error> m_error;
};

} // namespace claimsmith

#define CLAIMSMITH_CONCAT_(a, b) a##b
#define CLAIMSMITH_CONCAT(a, b) CLAIMSMITH_CONCAT_(a, b)
#define CLAIMSMITH_TRY_(temporary, declaration, expression)                                                            \
    auto temporary = (expression);                                                                                     \
    if (!temporary)                                                                                                    \
        return std::move(temporary).error();                                                                           \
    declaration = std::move(temporary).value()

/// `CLAIMSMITH_TRY(auto key, parseKey(text));` declares `key`, or returns the error from the enclosing function.
#define CLAIMSMITH_TRY(declaration, expression)                                                                        \
    CLAIMSMITH_TRY_(CLAIMSMITH_CONCAT(claimsmithTry, __LINE__), declaration, expression)

/// `CLAIMSMITH_CHECK(writeFile(path, text));` returns the error of a Result<void> from the enclosing function.
#define CLAIMSMITH_CHECK(expression)                                                                                   \
    do {                                                                                                               \
        if (auto claimsmithChecked = (expression); !claimsmithChecked)                                                 \
            return std::move(claimsmithChecked).error();                                                               \
    } while (false)

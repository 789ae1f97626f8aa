// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/io.h"

#include "document/json.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace claimsmith::cli {
namespace {

constexpr std::size_t maximumInput = 256U << 20; ///< bytes

constexpr std::array<std::string_view, 2> codeNames{"not-readable", "too-large"};
constexpr ErrorDomain domain{"input", [](int code) noexcept { return codeNames[static_cast<std::size_t>(code)]; }};

struct Close
{
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

Error inputError(InputErrorCode code, std::string_view path, std::string_view detail)
{
    return {.code = code, .place = {.file = std::string(path)}, .detail = std::string(detail)};
}

Result<std::string> readAll(std::FILE* file, std::string_view path)
{
    std::string content;
    std::array<char, 65536> piece; // NOLINT: filled by fread
    while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), file)) {
        content.append(piece.data(), got);
        if (content.size() > maximumInput)
            return inputError(InputErrorCode::TooLarge, path, "the input is larger than 256 MiB");
    }
    if (std::ferror(file) != 0)
        return inputError(InputErrorCode::NotReadable, path, std::strerror(errno));
    return content;
}

} // namespace

const ErrorDomain& errorDomain(InputErrorCode) noexcept
{
    return domain;
}

void write(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

void writeLine(std::string_view text)
{
    write(text);
    write("\n");
}

void writeJson(const document::Value& value)
{
    writeLine(document::toJson(value));
}

void writeDiagnostic(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void report(std::string_view message)
{
    writeDiagnostic("claimctl: " + std::string(message) + '\n');
}

int fail(ExitStatus status, const Error& error)
{
    return fail(status, error.toString());
}

int fail(ExitStatus status, std::string_view message)
{
    report(message);
    return status;
}

Result<std::string> readInput(std::string_view path)
{
    if (path == "-")
        return readAll(stdin, "standard input");
    const std::unique_ptr<std::FILE, Close> file(std::fopen(std::string(path).c_str(), "rb"));
    if (!file)
        return inputError(InputErrorCode::NotReadable, path, std::strerror(errno));
    return readAll(file.get(), path);
}

} // namespace claimsmith::cli

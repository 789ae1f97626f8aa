// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/jwkoutput.h"

#include "cli/io.h"
#include "document/json.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace claimsmith::cli {
namespace {

/// Writes a file that nobody else may read: a temporary one beside it first, then renamed.
bool replaceFile(const std::string& path, std::string_view content)
{
    std::string temporary = path + ".XXXXXX";
    const int file = mkstemp(temporary.data()); // mode 0600
    if (file < 0)
        return false;
    bool isWritten = true;
    while (isWritten && !content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        isWritten = written > 0 || errno == EINTR;
        content.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    isWritten = isWritten && fsync(file) == 0;
    isWritten = ::close(file) == 0 && isWritten;
    if (isWritten && std::rename(temporary.c_str(), path.c_str()) == 0)
        return true;
    const int reason = errno;
    ::unlink(temporary.c_str());
    errno = reason;
    return false;
}

/// PEM of the parts asked for; nothing for a secret, or for an Ed or X key in the traditional form.
std::optional<std::string> toPem(const jose::Key& key, jose::KeyParts parts, bool traditional)
{
    if (key.publicKey() == nullptr)
        return std::nullopt;
    if (parts == jose::KeyParts::Public || key.privateKey() == nullptr)
        return key.publicKey()->publicPem();
    if (!traditional)
        return std::string(key.privateKey()->pem().view());
    const auto pem = key.privateKey()->traditionalPem();
    return pem ? std::optional<std::string>(pem->view()) : std::nullopt;
}

} // namespace

std::vector<Option> outputOptions()
{
    return {
        {"--to", "FORM", "jwk (default), pem, or pkcs1 for the older form of a private RSA or EC key"},
        {"--out", "FILE", "write there, readable by nobody else, instead of to standard output"},
    };
}

int writeResult(std::string_view text, const Arguments& arguments)
{
    const auto path = arguments.value("--out");
    if (!path || *path == "-") {
        write(text);
        return Success;
    }
    if (!replaceFile(std::string(*path), text))
        return fail(Environment, std::string(*path) + ": " + std::strerror(errno));
    return Success;
}

int writeKey(const jose::Key& key, jose::KeyParts parts, const Arguments& arguments)
{
    const std::string_view form = arguments.valueOr("--to", "jwk");
    if (form == "jwk")
        return writeResult(document::toJson(jose::writeJwk(key, parts)) + '\n', arguments);
    if (form != "pem" && form != "pkcs1")
        return fail(WrongUsage, "--to takes jwk, pem or pkcs1");
    const auto pem = toPem(key, parts, form == "pkcs1");
    if (!pem)
        return fail(WrongUsage, "this key has no such PEM form");
    return writeResult(*pem, arguments);
}

} // namespace claimsmith::cli

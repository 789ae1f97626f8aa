// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/jwkoutput.h"

#include "cli/io.h"
#include "crypto/keywriter.h"
#include "crypto/opensshkey.h"
#include "document/json.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <optional>
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

// ---- The forms; nothing when the key does not have one

using jose::KeyParts;

std::optional<std::string> toJwk(const jose::Key& key, KeyParts parts)
{
    return document::toJson(jose::writeJwk(key, parts)) + '\n';
}

/// The private half when it is asked for and there, else null.
const crypto::PrivateKey* privateHalf(const jose::Key& key, KeyParts parts)
{
    return parts == KeyParts::Public ? nullptr : key.privateKey();
}

std::optional<std::string> toPem(const jose::Key& key, KeyParts parts)
{
    if (const crypto::PrivateKey* secret = privateHalf(key, parts))
        return std::string(secret->pem().view());
    return key.publicKey() == nullptr ? std::nullopt : std::optional(key.publicKey()->publicPem());
}

std::optional<std::string> toTraditionalPem(const jose::Key& key, KeyParts parts)
{
    const crypto::PrivateKey* secret = privateHalf(key, parts);
    if (secret == nullptr)
        return toPem(key, parts);
    const auto pem = secret->traditionalPem();
    return pem ? std::optional<std::string>(pem->view()) : std::nullopt;
}

std::optional<std::string> written(const Result<SecretBytes>& octets)
{
    return octets ? std::optional<std::string>(octets->view()) : std::nullopt;
}

std::optional<std::string> toDer(const jose::Key& key, KeyParts parts)
{
    if (const crypto::PrivateKey* secret = privateHalf(key, parts))
        return written(crypto::pkcs8Der(*secret));
    return key.publicKey() == nullptr ? std::nullopt : std::optional(key.publicKey()->publicDer());
}

/// A line of authorized_keys: public in any case.
std::optional<std::string> toOpenSsh(const jose::Key& key, KeyParts /*parts*/)
{
    auto line = key.publicKey() == nullptr ? std::nullopt : crypto::openSshPublicKey(*key.publicKey());
    if (!line)
        return std::nullopt;
    // A kid is anybody's text: with a line end in it it would be a key of its own.
    const bool isComment = !key.id().empty() && std::ranges::none_of(key.id(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    return *line + (isComment ? ' ' + key.id() : "") + '\n';
}

struct Form
{
    std::string_view name;
    std::optional<std::string> (*write)(const jose::Key& key, KeyParts parts);
};

constexpr std::array<Form, 5> forms{{
    {"jwk", &toJwk},
    {"pem", &toPem},
    {"pkcs1", &toTraditionalPem},
    {"der", &toDer},
    {"ssh", &toOpenSsh},
}};

} // namespace

std::vector<Option> outputOptions()
{
    return {
        {"--to", "FORM", "jwk (default), pem, pkcs1 (the older form of a private RSA or EC key), der, ssh (public)"},
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
    const std::string_view name = arguments.valueOr("--to", "jwk");
    for (const Form& form : forms) {
        if (form.name != name)
            continue;
        const auto text = form.write(key, parts);
        return text ? writeResult(*text, arguments) : fail(WrongUsage, "this key has no such form");
    }
    return fail(WrongUsage, "--to takes jwk, pem, pkcs1, der or ssh");
}

} // namespace claimsmith::cli

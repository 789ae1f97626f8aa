// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/keyinput.h"

#include "cli/io.h"

#include <array>
#include <cstdlib>
#include <optional>

namespace claimsmith::cli {
namespace {

constexpr std::array<std::string_view, 3> codeNames{"no-key-given", "several-keys-given", "unknown-encoding"};
constexpr ErrorDomain domain{"key-input", [](int code) noexcept { return codeNames[static_cast<std::size_t>(code)]; }};

/// Editors and echo end a file with a line end that nobody means as part of a secret.
std::string_view withoutLineEnd(std::string_view text) noexcept
{
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    if (text.ends_with('\r'))
        text.remove_suffix(1);
    return text;
}

Result<jose::SecretEncoding> encodingOf(const Arguments& arguments)
{
    const std::string_view name = arguments.valueOr("--secret-encoding", "text");
    if (name == "text")
        return jose::SecretEncoding::Text;
    if (name == "base64")
        return jose::SecretEncoding::Base64;
    if (name == "base64url")
        return jose::SecretEncoding::Base64Url;
    if (name == "hex")
        return jose::SecretEncoding::Hex;
    return Error{.code = KeyInputErrorCode::UnknownEncoding,
                 .detail = "--secret-encoding is text, base64, base64url or hex"};
}

Result<KeyInput> fromSecret(std::string_view text, const Arguments& arguments)
{
    CLAIMSMITH_TRY(const jose::SecretEncoding encoding, encodingOf(arguments));
    CLAIMSMITH_TRY(SecretBytes secret, jose::readSecret(text, encoding));
    if (secret.empty())
        return Error{.code = jose::JoseErrorCode::KeySecretEmpty, .detail = "the secret is empty"};
    return KeyInput{.set = {.keys = {jose::Key::fromSecret(std::move(secret))}},
                    .text = SecretBytes(text),
                    .secretEncoding = encoding};
}

} // namespace

const ErrorDomain& errorDomain(KeyInputErrorCode) noexcept
{
    return domain;
}

std::vector<Option> keyOptions()
{
    return {
        {"--key", "FILE", "JWK, JWK Set, PEM of any kind, DER, OpenSSH or PKCS #12"},
        {"--secret-file", "FILE", "secret for HS256, HS384, HS512; one line end at its end is left out"},
        {"--secret-encoding", "ENCODING", "of the secret: text (default), base64, base64url, hex"},
        {"--passphrase-file", "FILE", "passphrase of an encrypted PEM or of PKCS #12"},
    };
}

Result<std::optional<SecretBytes>> readPassphrase(const Arguments& arguments)
{
    const auto file = arguments.value("--passphrase-file");
    if (!file)
        return std::optional<SecretBytes>();
    CLAIMSMITH_TRY(std::string text, readInput(*file));
    const SecretBytes content(std::move(text));
    return std::optional<SecretBytes>(SecretBytes(withoutLineEnd(content.view())));
}

Result<KeyInput> readKeyFile(std::string_view path, const Arguments& arguments)
{
    CLAIMSMITH_TRY(const std::optional<SecretBytes> passphrase, readPassphrase(arguments));
    CLAIMSMITH_TRY(std::string text, readInput(path));
    SecretBytes content(std::move(text));
    auto keys = jose::readKeys(content.view(), passphrase ? &*passphrase : nullptr);
    if (!keys)
        return std::move(keys).error().in(path);
    return KeyInput{
        .set = std::move(keys->set), .isSet = keys->format == jose::KeyFormat::JwkSet, .text = std::move(content)};
}

Result<KeyInput> readKeyInput(const Arguments& arguments)
{
    const auto keyFile = arguments.value("--key");
    const auto secretFile = arguments.value("--secret-file");
    if (keyFile && secretFile)
        return Error{.code = KeyInputErrorCode::SeveralKeysGiven, .detail = "give either --key or --secret-file"};
    if (keyFile)
        return readKeyFile(*keyFile, arguments);
    if (secretFile) {
        CLAIMSMITH_TRY(std::string text, readInput(*secretFile));
        const SecretBytes content(std::move(text));
        return fromSecret(withoutLineEnd(content.view()), arguments);
    }
    if (const char* secret = std::getenv(secretVariable))
        return fromSecret(secret, arguments);
    return Error{.code = KeyInputErrorCode::NoKeyGiven,
                 .detail =
                     "a key is needed: --key FILE, --secret-file FILE or the variable " + std::string(secretVariable)};
}

ExitStatus statusOf(const Error& error)
{
    return error.code == InputErrorCode::NotReadable ? Environment : WrongUsage;
}

std::vector<Option> operator+(std::vector<Option> options, std::vector<Option> more)
{
    options.insert(options.end(), more.begin(), more.end());
    return options;
}

} // namespace claimsmith::cli

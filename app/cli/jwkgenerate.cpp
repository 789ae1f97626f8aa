// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "base/random.h"
#include "cli/io.h"
#include "cli/jwkoutput.h"
#include "cli/keyinput.h"
#include "jose/generate.h"

#include <charconv>

namespace claimsmith::cli {
namespace {

Result<std::size_t> bitsOf(const Arguments& arguments)
{
    const std::string_view text = arguments.valueOr("--bits", "0");
    std::size_t bits = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
    if (error != std::errc() || end != text.data() + text.size())
        return Error{.code = ArgumentsErrorCode::UnexpectedValue, .detail = "--bits takes a whole number"};
    return bits;
}

Result<jose::Key> generate(const Arguments& arguments)
{
    CLAIMSMITH_TRY(const std::size_t bits, bitsOf(arguments));
    const std::string_view name = arguments.valueOr("--alg", "ES256");
    const jose::AlgorithmInfo* algorithm = jose::findAlgorithm(name);
    if (algorithm == nullptr)
        return Error{.code = jose::JoseErrorCode::AlgorithmUnknown,
                     .detail = "no such algorithm: " + std::string(name)};
    return jose::generateKey(algorithm->id, {.bits = bits, .id = std::string(arguments.valueOr("--kid", ""))});
}

int run(const Arguments& arguments)
{
    const auto key = generate(arguments);
    if (!key)
        return fail(statusOf(key.error()), key.error());
    return writeKey(*key, jose::KeyParts::Private, arguments);
}

} // namespace

Command jwkGenerateCommand()
{
    return {.name = "jwk generate",
            .operands = "",
            .summary = "Make a new key and write its private JWK",
            .options = std::vector<Option>{{"--alg", "NAME", "what it is for: RS256, ES256 (default), EdDSA, HS256…"},
                                           {"--bits", "NUMBER", "size of an RSA key (2048) or of a secret"},
                                           {"--kid", "ID", "the key's id; its thumbprint when absent"}} +
                       outputOptions(),
            .run = &run};
}

} // namespace claimsmith::cli

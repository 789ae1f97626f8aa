// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
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

Error unknown(std::string_view what, std::string_view name)
{
    return {.code = jose::JoseErrorCode::AlgorithmUnknown,
            .detail = "no such " + std::string(what) + ": " + std::string(name)};
}

/// By what it is: --kty and --crv.
Result<jose::KeySpec> specOf(const Arguments& arguments, std::string_view type)
{
    jose::KeySpec spec{.type = jose::KeyType::Oct,
                       .curve = std::string(arguments.valueOr("--crv", "")),
                       .use = std::string(arguments.valueOr("--use", "")),
                       .algorithm = std::string(arguments.valueOr("--alg", ""))};
    for (const jose::KeyType each : {jose::KeyType::Oct, jose::KeyType::Rsa, jose::KeyType::Ec, jose::KeyType::Okp}) {
        if (toString(each) != type)
            continue;
        spec.type = each;
        if (spec.curve.empty())
            spec.curve = each == jose::KeyType::Ec ? "P-256" : "Ed25519";
        return spec;
    }
    return unknown("key type", type);
}

Result<jose::Key> generate(const Arguments& arguments)
{
    jose::GenerateOptions options{.id = std::string(arguments.valueOr("--kid", ""))};
    CLAIMSMITH_TRY(options.bits, bitsOf(arguments));
    if (const auto type = arguments.value("--kty")) {
        CLAIMSMITH_TRY(const jose::KeySpec spec, specOf(arguments, *type));
        return jose::generateKey(spec, options);
    }
    const std::string_view name = arguments.valueOr("--alg", "ES256");
    if (const jose::AlgorithmInfo* algorithm = jose::findAlgorithm(name))
        return jose::generateKey(algorithm->id, options);
    const jose::KeyManagementInfo* management = jose::findKeyManagement(name);
    const jose::ContentEncryptionInfo* encryption = jose::findContentEncryption(arguments.valueOr("--enc", "A256GCM"));
    if (management == nullptr)
        return unknown("algorithm", name);
    if (encryption == nullptr)
        return unknown("encryption", arguments.valueOr("--enc", ""));
    const std::size_t asked = options.bits;
    jose::KeySpec spec = jose::specFor(management->id, encryption->id, options.bits);
    if (asked != 0 && asked != options.bits)
        return Error{.code = ArgumentsErrorCode::UnexpectedValue,
                     .detail = std::string(name) + " takes just " + std::to_string(options.bits) + " bits"};
    if (const auto curve = arguments.value("--crv")) {
        if (management->family != jose::KeyManagementFamily::KeyAgreement)
            return Error{.code = ArgumentsErrorCode::UnexpectedValue,
                         .detail = "--crv is for ECDH-ES and its kin, or with --kty"};
        spec.curve = *curve;
        spec.type = curve->starts_with('X') ? jose::KeyType::Okp : spec.type;
    }
    return jose::generateKey(spec, options);
}

int run(const Arguments& arguments)
{
    if (arguments.valueOr("--to", "") == "ssh") // which is the public half alone
        return fail(WrongUsage, "--to ssh would lose the new private key; use jwk public --to ssh on it");
    const auto key = generate(arguments);
    if (!key)
        return fail(statusOf(key.error()), key.error());
    return writeKey(*key, jose::KeyParts::Private, arguments);
}

} // namespace

Command jwkGenerateCommand()
{
    return {
        .name = "jwk generate",
        .operands = "",
        .summary = "Make a new key and write its private JWK",
        .options =
            std::vector<Option>{{"--alg", "NAME", "what it is for: RS256, ES256 (default), EdDSA, RSA-OAEP-256, dir…"},
                                {"--enc", "NAME", "for dir: A256GCM (default), A128CBC-HS256…"},
                                {"--kty", "TYPE", "what it is instead: oct, RSA, EC or OKP"},
                                {"--crv", "CURVE", "P-256, P-384, P-521, secp256k1, Ed25519, Ed448, X25519, X448"},
                                {"--use", "USE", "with --kty: sig or enc"},
                                {"--bits", "NUMBER", "size of an RSA key (2048) or of a secret"},
                                {"--kid", "ID", "the key's id; its thumbprint when absent"}} +
            outputOptions(),
        .run = &run};
}

} // namespace claimsmith::cli

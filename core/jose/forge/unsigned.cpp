// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "base/random.h"
#include "crypto/signature.h"
#include "document/json.h"
#include "jose/forge/groups.h"
#include "jose/forge/subject.h"

#include <algorithm>
#include <array>

namespace claimsmith::jose::forge {
namespace {

using document::Object;
using document::Value;

std::vector<Forgery> none(const Subject& subject, const Knowledge&)
{
    std::vector<Forgery> list;
    for (const char* spelling : {"none", "None", "NONE", "nOnE", "NoNe"})
        list.push_back({spelling, compact(subject.headerWith({{"alg", spelling}}), subject.freshPayload(), "")});
    return list;
}

std::vector<Forgery> noneWithSignature(const Subject& subject, const Knowledge&)
{
    return {{"the old signature",
             compact(subject.headerWith({{"alg", "none"}}), subject.freshPayload(), subject.signature())},
            {"a made-up signature", compact(subject.headerWith({{"alg", "none"}}), subject.freshPayload(), "x")}};
}

std::vector<Forgery> noneDisguised(const Subject& subject, const Knowledge&)
{
    std::vector<Forgery> list;
    const auto add = [&](const char* label, std::string_view name) {
        list.push_back({label, compact(subject.headerWith({{"alg", name}}), subject.freshPayload(), "")});
    };
    add("a space behind it", "none ");
    add("a NUL behind it", std::string_view("none\0", 5));
    add("a Cyrillic o", "n\u043ene");
    add("two names", "none,HS256");
    return list;
}

std::vector<Forgery> noAlgorithm(const Subject& subject, const Knowledge&)
{
    Object without = subject.header();
    without.remove("alg");
    return {{"no alg", compact(without, subject.freshPayload(), "")},
            {"an empty alg", compact(subject.headerWith({{"alg", ""}}), subject.freshPayload(), "")},
            {"an empty header", compact("{}", subject.freshPayload(), "")}};
}

std::vector<Forgery> algorithmType(const Subject& subject, const Knowledge&)
{
    std::vector<Forgery> list;
    const auto add = [&](const char* label, const Value& value) {
        list.push_back({label, compact(subject.headerWith({{"alg", value}}), subject.freshPayload(), "")});
    };
    add("null", nullptr);
    add("false", false);
    add("0", 0);
    add("a list", document::Array{"none"});
    add("an object", Object{{"name", "none"}});
    return list;
}

std::vector<Forgery> stripped(const Subject& subject, const Knowledge&)
{
    const std::string unsignedToken = subject.headerSegment() + '.' + toBase64Url(subject.freshPayload());
    return {{"an empty signature", unsignedToken + '.'}, {"no third part", unsignedToken}};
}

/// Claims that are nobody's: whoever accepts them does not look at the signature.
std::vector<Forgery> changedPayload(const Subject& subject, const Knowledge&)
{
    Object claims = subject.freshClaims();
    claims.set("claimsmith_forged", true);
    return {{"a claim more",
             subject.headerSegment() + '.' + toBase64Url(document::toJson(claims)) + '.' + subject.signatureSegment()}};
}

std::vector<Forgery> randomSignature(const Subject& subject, const Knowledge&)
{
    const std::string input = subject.headerSegment() + '.' + toBase64Url(subject.freshPayload());
    const std::size_t size = std::max<std::size_t>(subject.signature().size(), 1);
    return {{"random octets", input + '.' + toBase64Url(randomBytes(size))},
            {"zeros", input + '.' + toBase64Url(Bytes(size, '\0'))},
            {"a single octet", input + ".AA"}};
}

std::vector<Forgery> truncatedSignature(const Subject& subject, const Knowledge&)
{
    std::vector<Forgery> list;
    const std::string input = subject.headerSegment() + '.' + subject.payloadSegment();
    const auto add = [&](const char* label, std::size_t size) {
        if (size < subject.signature().size())
            list.push_back({label, input + '.' + toBase64Url(subject.signature().substr(0, size))});
    };
    add("half of it", subject.signature().size() / 2);
    add("four octets", 4);
    add("one octet less", subject.signature().empty() ? 0 : subject.signature().size() - 1);
    return list;
}

/// CVE-2022-21449: r = s = 0 is valid for every message where nobody checks the range.
std::vector<Forgery> psychic(const Subject& subject, const Knowledge&)
{
    struct Curve
    {
        const char* algorithm;
        std::size_t coordinate;
    };
    std::vector<Forgery> list;
    for (const auto& [algorithm, coordinate] : {Curve{"ES256", 32}, Curve{"ES384", 48}, Curve{"ES512", 66}}) {
        const Object header = subject.headerWith({{"alg", algorithm}});
        list.push_back(
            {std::string(algorithm) + ", zeros", compact(header, subject.freshPayload(), Bytes(2 * coordinate, '\0'))});
    }
    const Bytes derZeros("\x30\x06\x02\x01\x00\x02\x01\x00", 8);
    list.push_back(
        {"ES256, zeros in DER", compact(subject.headerWith({{"alg", "ES256"}}), subject.freshPayload(), derZeros)});
    // The order of P-256, which is zero modulo itself.
    const Bytes order = *fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    list.push_back({"ES256, the order of the curve",
                    compact(subject.headerWith({{"alg", "ES256"}}), subject.freshPayload(), order + order)});
    return list;
}

std::vector<Forgery> derSignature(const Subject& subject, const Knowledge&)
{
    const AlgorithmInfo* algorithm = subject.algorithm();
    if (algorithm == nullptr || algorithm->keyType != KeyType::Ec)
        return {};
    const auto der = crypto::ecdsaRawToDer(subject.signature());
    if (!der)
        return {};
    return {{"the valid signature in DER",
             subject.headerSegment() + '.' + subject.payloadSegment() + '.' + toBase64Url(*der)}};
}

constexpr auto error = LintSeverity::Error;
constexpr auto warning = LintSeverity::Warning;

constexpr std::array<Variant, 11> list{{
    {"alg-none", "signature", "Unsigned token", "Anybody can make a token that is accepted.", error, "RFC 8725 §3.2",
     false, &none},
    {"alg-none-signature", "signature", "Unsigned token with a signature part",
     "alg none is let through where only an empty signature was thought of.", error, "RFC 8725 §3.2", false,
     &noneWithSignature},
    {"alg-none-disguised", "signature", "none that is not spelled none",
     "A filter compares names, and the verifier another way.", error, "RFC 8725 §3.1", false, &noneDisguised},
    {"alg-missing", "signature", "No algorithm", "A missing alg means that nothing is checked.", error,
     "RFC 7515 §4.1.1", false, &noAlgorithm},
    {"alg-type", "signature", "An algorithm that is no text",
     "A value of another type is not expected: accepted, or a crash.", error, "RFC 7515 §4.1.1", false, &algorithmType},
    {"signature-stripped", "signature", "Signature cut off", "A token without a signature passes as one.", error,
     "RFC 8725 §3.3", false, &stripped},
    {"payload-changed", "signature", "Other claims under the old signature", "The signature is not checked at all.",
     error, "RFC 8725 §3.3", false, &changedPayload},
    {"signature-random", "signature", "Made-up signature", "Any signature is accepted.", error, "RFC 8725 §3.3", false,
     &randomSignature},
    {"signature-truncated", "signature", "Shortened signature", "Only the beginning of the signature is compared.",
     error, "RFC 7518 §3.2", false, &truncatedSignature},
    {"signature-psychic", "signature", "ECDSA signature of zeros",
     "The range of r and s is not checked (CVE-2022-21449).", error, "RFC 8725 §3.4", false, &psychic},
    {"signature-der", "signature", "ECDSA signature in DER",
     "One token has several texts: lists of revoked tokens miss it.", warning, "RFC 7518 §3.4", false, &derSignature},
}};

} // namespace

std::span<const Variant> unsignedVariants()
{
    return list;
}

} // namespace claimsmith::jose::forge

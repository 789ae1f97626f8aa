// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "document/json.h"
#include "jose/forge/groups.h"
#include "jose/forge/subject.h"

#include <array>

namespace claimsmith::jose::forge {
namespace {

using document::Object;
using document::Value;

std::vector<Forgery> moreParts(const Subject& subject, const Knowledge&)
{
    const std::string& token = subject.token();
    return {{"an empty fourth part", token + '.'},
            {"a fourth part", token + ".e30"},
            {"a part in front", "e30." + token},
            {"a dot in front", '.' + token},
            {"header twice", subject.headerSegment() + '.' + token}};
}

std::vector<Forgery> lessParts(const Subject& subject, const Knowledge&)
{
    return {{"one part", subject.headerSegment()},
            {"two dots", ".."},
            {"no payload", subject.headerSegment() + ".." + subject.signatureSegment()},
            {"no header", '.' + subject.payloadSegment() + '.' + subject.signatureSegment()},
            {"empty", ""}};
}

std::vector<Forgery> trailing(const Subject& subject, const Knowledge&)
{
    const std::string& token = subject.token();
    return {{"letters", token + "AAAA"},
            {"an exclamation mark", token + '!'},
            {"a semicolon and more", token + ";role=admin"},
            {"a comma and a second token", token + ", " + token},
            {"percent-encoded line end", token + "%0a"}};
}

std::vector<Forgery> whiteSpace(const Subject& subject, const Knowledge&)
{
    const std::string body = subject.payloadSegment();
    const auto with = [&](std::string_view inside) {
        std::string changed = body;
        changed.insert(changed.size() / 2, inside);
        return subject.headerSegment() + '.' + changed + '.' + subject.signatureSegment();
    };
    return {{"a space", with(" ")},
            {"a tab", with("\t")},
            {"a percent-encoded space", with("%20")},
            {"spaces around the dots", subject.headerSegment() + " . " + body + " . " + subject.signatureSegment()}};
}

std::vector<Forgery> padding(const Subject& subject, const Knowledge&)
{
    const auto padded = [](std::string text) {
        do
            text += '=';
        while (text.size() % 4 != 0);
        return text;
    };
    const std::string& head = subject.headerSegment();
    const std::string& body = subject.payloadSegment();
    const std::string& tail = subject.signatureSegment();
    return {{"behind the signature", head + '.' + body + '.' + padded(tail)},
            {"behind the payload", head + '.' + padded(body) + '.' + tail},
            {"behind the header", padded(head) + '.' + body + '.' + tail}};
}

/// The valid signature with its unused bits set: another text for the same octets.
std::vector<Forgery> unusedBits(const Subject& subject, const Knowledge&)
{
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string tail = subject.signatureSegment();
    if (tail.empty() || tail.size() % 4 == 0)
        return {};
    const std::size_t last = digits.find(tail.back());
    if (last == std::string_view::npos)
        return {};
    tail.back() = digits[last ^ 1U];
    return {{"in the signature", subject.headerSegment() + '.' + subject.payloadSegment() + '.' + tail}};
}

std::vector<Forgery> otherAlphabet(const Subject& subject, const Knowledge&)
{
    std::string changed = subject.token();
    for (char& c : changed) {
        if (c == '-')
            c = '+';
        else if (c == '_')
            c = '/';
    }
    if (changed == subject.token())
        return {};
    return {{"+ and / for - and _", changed}};
}

std::vector<Forgery> duplicateAlgorithm(const Subject& subject, const Knowledge&)
{
    const Value* alg = subject.header().find("alg");
    const std::string name = alg == nullptr ? "null" : document::toJson(*alg);
    const std::string payload = toBase64Url(subject.freshPayload());
    const auto with = [&](const std::string& header) { return toBase64Url(header) + '.' + payload + '.'; };
    return {{"none first", with(R"({"alg":"none","alg":)" + name + "}")},
            {"none last", with(R"({"alg":)" + name + R"(,"alg":"none"})")},
            {"ALG beside alg", with(R"({"ALG":"none","alg":)" + name + "}")},
            {"escaped", with(R"({"alg":)" + name + R"(,"\u0061lg":"none"})")}};
}

std::vector<Forgery> notJson(const Subject& subject, const Knowledge&)
{
    const std::string tail = '.' + toBase64Url(subject.freshPayload()) + '.' + subject.signatureSegment();
    const std::string header = document::toJson(subject.header());
    std::string utf16;
    for (const char c : header)
        utf16.append(1, c).append(1, '\0');
    return {{"null", toBase64Url("null") + tail},
            {"a list", toBase64Url("[" + header + "]") + tail},
            {"a text", toBase64Url("\"alg\"") + tail},
            {"a byte order mark in front", toBase64Url("\xef\xbb\xbf" + header) + tail},
            {"UTF-16", toBase64Url(utf16) + tail},
            {"cut off", toBase64Url(header.substr(0, header.size() - 1)) + tail},
            {"more behind it", toBase64Url(header + "x") + tail},
            {"no UTF-8", toBase64Url("{\"alg\":\"\xff\"}") + tail}};
}

std::vector<Forgery> deepNesting(const Subject& subject, const Knowledge&)
{
    constexpr std::size_t depth = 2000;
    const std::string deep = std::string(depth, '[') + std::string(depth, ']');
    return {{"in the header", compact("{\"alg\":\"HS256\",\"x\":" + deep + '}', subject.freshPayload(), "x")},
            {"in the payload",
             subject.headerSegment() + '.' + toBase64Url("{\"x\":" + deep + '}') + '.' + subject.signatureSegment()}};
}

std::vector<Forgery> jsonSerialization(const Subject& subject, const Knowledge&)
{
    Object claims = subject.freshClaims();
    claims.set("claimsmith_forged", true);
    const std::string forged = toBase64Url(document::toJson(claims));
    const Object unsignedPart{{"header", Object{{"alg", "none"}}}, {"signature", ""}};
    const Object valid{{"protected", subject.headerSegment()}, {"signature", subject.signatureSegment()}};
    const Object flattened{{"payload", forged}, {"header", Object{{"alg", "none"}}}, {"signature", ""}};
    const Object general{{"payload", forged}, {"signatures", document::Array{valid, unsignedPart}}};
    const Object nobody{{"payload", forged}, {"signatures", document::Array{}}};
    return {{"flattened, unsigned", document::toJson(flattened)},
            {"general, one signature of another payload and one that is none", document::toJson(general)},
            {"general, signed by nobody", document::toJson(nobody)}};
}

std::vector<Forgery> severalPlaces(const Subject& subject, const Knowledge&)
{
    const std::string unsignedToken = compact(subject.headerWith({{"alg", "none"}}), subject.freshPayload(), "");
    // The other way round a server that reads the header alone would rightly accept it.
    return {{"a forged one in the header, the valid one beside", unsignedToken, subject.token()}};
}

constexpr auto error = LintSeverity::Error;
constexpr auto warning = LintSeverity::Warning;
constexpr std::string_view compactForm = "RFC 7515 §7.1";
constexpr std::string_view base64Form = "RFC 7515 §2";

constexpr std::array<Variant, 12> list{{
    {"parts-more", "structure", "Parts too many", "What stands behind the third dot is ignored, or shifts the others.",
     warning, compactForm, false, &moreParts},
    {"parts-less", "structure", "Parts too few", "A missing part is taken for an empty one, or for a crash.", error,
     compactForm, false, &lessParts},
    {"trailing-data", "structure", "Text behind the token", "Whatever follows is ignored: filters see another token.",
     warning, compactForm, false, &trailing},
    {"white-space", "structure", "White space inside",
     "The decoder skips what is not base64url: one token has many texts.", warning, base64Form, false, &whiteSpace},
    {"base64-padding", "structure", "Padding", "One token has several texts: lists of revoked tokens miss it.", warning,
     base64Form, false, &padding},
    {"base64-unused-bits", "structure", "Unused bits set",
     "One token has several texts: lists of revoked tokens miss it.", warning, "RFC 4648 §3.5", false, &unusedBits},
    {"base64-alphabet", "structure", "The alphabet of base64",
     "One token has several texts: lists of revoked tokens miss it.", warning, base64Form, false, &otherAlphabet},
    {"header-duplicate", "structure", "alg twice", "One reader takes the first and another the last.", error,
     "RFC 7515 §4", false, &duplicateAlgorithm},
    {"header-not-json", "structure", "Header that is no JSON object",
     "A header that can't be read does not stop the verifier.", error, "RFC 7515 §5.2", false, &notJson},
    {"nesting-deep", "structure", "2,000 lists within each other", "A recursive reader runs out of stack.", warning,
     "RFC 8259 §9", false, &deepNesting},
    {"json-serialization", "structure", "JSON instead of the compact form",
     "A library reads a form that nobody thought of, and asks for one good signature among several.", error,
     "RFC 7515 §7.2", false, &jsonSerialization},
    {"several-places", "structure", "A forged token in the header, the valid one in query and cookie",
     "One is verified, and another is used.", error, "RFC 6750 §2", false, &severalPlaces},
}};

} // namespace

std::span<const Variant> structureVariants()
{
    return list;
}

} // namespace claimsmith::jose::forge

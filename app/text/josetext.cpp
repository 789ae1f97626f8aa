// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/josetext.h"

#include "jose/error.h"
#include "text/quantities.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(JoseText)
};

/// Values in braces are the error's parameters; "{distance}" is written as a length of time.
struct Sentence
{
    std::string_view domain;
    std::string_view code;
    const char* text;
    const char* remedy;
};

#define SENTENCE(domain, code, text, remedy)                                                                           \
    Sentence                                                                                                           \
    {                                                                                                                  \
        domain, code, QT_TRANSLATE_NOOP("JoseText", text), QT_TRANSLATE_NOOP("JoseText", remedy)                       \
    }

constexpr std::array sentences{
    SENTENCE("jose", "empty-token", "There is no token.", "Paste one, or type header and payload."),
    SENTENCE("jose", "wrong-part-count", "A signed token has three parts, this text has {count}.",
             "Copy it again from its first to its last character; the parts are separated by dots."),
    SENTENCE("jose", "encrypted-token", "This token is encrypted (JWE): it has no signature to check.",
             "Paste the signed token that is inside of it."),
    SENTENCE("jose", "invalid-character", "The {part} has a character that base64url does not know.",
             "Remove it, or copy the token again without line numbers and ellipses."),
    SENTENCE("jose", "padded-base64", "The {part} ends with \"=\", which tokens leave out.", "Remove it."),
    SENTENCE("jose", "invalid-base64-length", "The {part} is cut off: no base64url text has this length.",
             "Copy the token again to its end."),
    SENTENCE("jose", "non-canonical-base64", "The {part} has unused bits that are not zero.", ""),
    SENTENCE("jose", "serialization-invalid", "This is neither a compact token nor JSON.", ""),
    SENTENCE("jose", "serialization-member", "This JSON is no token: it has no text \"{member}\".",
             "A JSON serialisation has payload, protected and signature."),
    SENTENCE("jose", "serialization-mixed", "This JSON has \"signatures\" and \"signature\" at once.", ""),
    SENTENCE("jose", "no-signatures", "This JSON serialisation has no signatures.", ""),
    SENTENCE("jose", "header-empty", "The header is empty.", ""),
    SENTENCE("jose", "header-not-json", "The header does not decode to a JSON object.", ""),
    SENTENCE("jose", "header-not-object", "The header must be a JSON object.", "Enclose it in braces."),
    SENTENCE("jose", "header-duplicate-member", "The header has \"{member}\" twice.", ""),
    SENTENCE("jose", "header-not-disjoint", "\"{member}\" stands in both headers.", ""),
    SENTENCE("jose", "algorithm-missing", "The header has no alg.", "Add one, such as \"alg\": \"HS256\"."),
    SENTENCE("jose", "algorithm-not-string", "The header's alg must be a text.", ""),
    SENTENCE("jose", "algorithm-none", "alg is none: the token is not signed.", "Choose an algorithm that signs."),
    SENTENCE("jose", "algorithm-unknown", "{algorithm} is no signature algorithm that is known here.",
             "Choose one from the list above the header."),
    SENTENCE("jose", "algorithm-not-allowed", "{algorithm} is not allowed here.", "Allowed: {allowed}."),
    SENTENCE("jose", "header-member-type", "The header's {member} must be a {expected}.", ""),
    SENTENCE("jose", "critical-not-list", "crit must be a list of names.", ""),
    SENTENCE("jose", "critical-duplicate", "crit names \"{member}\" twice.", ""),
    SENTENCE("jose", "critical-standard", "crit must not name the standard parameter \"{member}\".", ""),
    SENTENCE("jose", "critical-absent", "crit names \"{member}\", which the header lacks.", ""),
    SENTENCE("jose", "critical-unknown", "The header demands the extension \"{member}\", which is not known here.", ""),
    SENTENCE("jose", "payload-not-json", "The payload is not JSON.", ""),
    SENTENCE("jose", "payload-not-object", "The payload of a JWT must be a JSON object.", "Enclose it in braces."),
    SENTENCE("jose", "payload-duplicate-member", "The payload has the same claim twice.", "Remove one of them."),
    SENTENCE("jose", "key-not-recognised", "This is no key: neither PEM, DER, JWK nor JWKS.",
             "A PEM key begins with -----BEGIN; a shared secret belongs under Secret."),
    SENTENCE("jose", "key-type-unknown", "Keys of the type {type} are not used for signatures here.", ""),
    SENTENCE("jose", "key-curve-unknown", "The curve {curve} is not used for signatures here.", ""),
    SENTENCE("jose", "key-member-missing", "The JWK has no \"{member}\".", ""),
    SENTENCE("jose", "key-member-type", "The JWK's \"{member}\" must be a {expected}.", ""),
    SENTENCE("jose", "key-member-base64", "The JWK's \"{member}\" is not base64url.", ""),
    SENTENCE("jose", "key-secret-empty", "The secret is empty.", "Enter one."),
    SENTENCE("jose", "key-numbers-invalid", "The numbers of the key do not belong together.", ""),
    SENTENCE("jose", "key-certificate-mismatch", "The certificate in x5c is of another key.", ""),
    SENTENCE("jose", "key-set-invalid", "The JWKS has no list \"keys\".", ""),
    SENTENCE("jose", "secret-encoding-invalid", "The secret is not {encoding}.",
             "Choose the encoding it is written in."),
    SENTENCE("jose", "no-keys", "There is no key to check with.", "Choose one under Signing key."),
    SENTENCE("jose", "no-suitable-key", "None of the keys is one for this token.", ""),
    SENTENCE("jose", "key-of-other-type", "The algorithm takes a key of the type {expected}, this one is {found}.",
             "Choose an algorithm that fits the key, or another key."),
    SENTENCE("jose", "key-of-other-curve", "The algorithm takes a key on {expected}, this one is on {found}.",
             "Choose an algorithm that fits the key, or another key."),
    SENTENCE("jose", "key-for-other-algorithm", "The key is bound to {found}, the token says {expected}.", ""),
    SENTENCE("jose", "key-for-other-use", "The key's use is {found}: it is not for signatures.", ""),
    SENTENCE("jose", "key-for-other-operation", "The key's key_ops do not include this: {found}.", ""),
    SENTENCE("jose", "key-of-other-id", "The token names the key {expected}, this one is {found}.", ""),
    SENTENCE("jose", "key-too-short", "The key has {found} bits, the standard asks for {expected}.", ""),
    SENTENCE("jose", "key-not-private", "This is a public key: it verifies, but cannot sign.",
             "Paste the private key, or verify only."),
    SENTENCE("jose", "signature-empty", "The token has no signature.", "Sign it."),
    SENTENCE("jose", "signature-length", "The signature has {found} octets, this algorithm makes {expected}.", ""),
    SENTENCE("jose", "signature-mismatch", "The signature does not match.",
             "The token was signed with another key, or changed after it was signed."),
    SENTENCE("jose", "claim-missing", "The token has no {claim}.", ""),
    SENTENCE("jose", "claim-type", "{claim} must be a {expected}.", ""),
    SENTENCE("jose", "token-expired", "The token expired {distance} ago.", ""),
    SENTENCE("jose", "token-not-yet-valid", "The token starts in {distance}.", ""),
    SENTENCE("jose", "token-from-future", "The token was issued in the future: in {distance}.", ""),
    SENTENCE("jose", "lifetime-too-long", "The token lives {found} s, at most {limit} s are allowed.", ""),
    SENTENCE("jose", "claim-mismatch", "{claim} is {found}, expected: {expected}.", ""),
    SENTENCE("json", "unexpected-end", "The text ends too early.", "A bracket, brace or quote is not closed."),
    SENTENCE("json", "unexpected-character", "There is a character that cannot stand here.", ""),
    SENTENCE("json", "invalid-escape", "There is an unknown escape behind \"\\\".", ""),
    SENTENCE("json", "invalid-utf8", "The text is not UTF-8.", ""),
    SENTENCE("json", "invalid-number", "This is not a number of JSON.", ""),
    SENTENCE("json", "duplicate-key", "The same name stands here twice.", ""),
    SENTENCE("json", "too-deep", "The values are nested too deeply.", ""),
    SENTENCE("json", "trailing-content", "There is text behind the end of the value.", ""),
    SENTENCE("json", "too-large", "The text is too long.", ""),
    SENTENCE("crypto", "not-a-key", "This is no key.", "A PEM key begins with -----BEGIN."),
    SENTENCE("crypto", "pem-incomplete", "The PEM text has no END line.", "Copy it again to its end."),
    SENTENCE("crypto", "pem-escaped-newlines", "The line ends of this PEM were pasted as \\n.",
             "Replace each \\n by a line end."),
    SENTENCE("crypto", "pem-unsupported", "This PEM holds {label}, which is no key.", "Paste the key's PEM."),
    SENTENCE("crypto", "pem-corrupt", "The PEM's content is not what its label says.", "Copy it again."),
    SENTENCE("crypto", "key-type-unsupported", "Keys of this type are not used for tokens.", ""),
    SENTENCE("crypto", "key-invalid", "The numbers make no key.", ""),
    SENTENCE("crypto", "point-not-on-curve", "The key's point is not on its curve.", ""),
    SENTENCE("crypto", "key-pair-mismatch", "The private and the public part do not belong together.", ""),
    SENTENCE("crypto", "key-unfit", "The key is not one for this algorithm.", "Choose an algorithm that fits the key."),
    SENTENCE("crypto", "passphrase-needed", "The key is encrypted.", "Paste it decrypted."),
    SENTENCE("crypto", "passphrase-wrong", "The passphrase does not open the key.", ""),
    SENTENCE("crypto", "size-refused", "Keys of this size are not made.", ""),
};
#undef SENTENCE

const Sentence* findSentence(const Error& error)
{
    const auto* found = std::find_if(sentences.begin(), sentences.end(), [&](const Sentence& each) {
        return each.code == error.code.name() && each.domain == error.code.domain().name;
    });
    return found == sentences.end() ? nullptr : found;
}

QString filled(const char* text, const Error& error)
{
    QString result = Tr::tr(text);
    for (const auto& [name, value] : error.parameters) {
        QString shown = QString::fromStdString(value);
        if (name == "distance")
            shown = spanText(std::chrono::seconds(shown.toLongLong()));
        result.replace(u'{' + QString::fromStdString(name) + u'}', shown);
    }
    return result;
}

} // namespace

QString placeText(const Place& place)
{
    if (place.line == 0)
        return {};
    return Tr::tr("line %1, column %2").arg(place.line).arg(place.column);
}

QString joseErrorText(const Error& error)
{
    const Sentence* sentence = findSentence(error);
    if (!sentence)
        return QString::fromStdString(error.detail.empty() ? error.toString() : error.detail);
    return filled(sentence->text, error);
}

QString joseRemedyText(const Error& error)
{
    const Sentence* sentence = findSentence(error);
    return sentence && *sentence->remedy ? filled(sentence->remedy, error) : QString();
}

} // namespace claimsmith::app

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
    std::string_view code;
    const char* text;
    const char* remedy = "";
};

#define T(text) QT_TRANSLATE_NOOP("JoseText", text)
constexpr std::array joseSentences{
    Sentence{"empty-token", T("There is no token."), T("Paste one, or type header and payload.")},
    Sentence{"wrong-part-count", T("A signed token has three parts, this text has {count}."),
             T("Copy it again from its first to its last character; the parts are separated by dots.")},
    Sentence{"encrypted-token", T("This token is encrypted (JWE): it has no signature to check."),
             T("Paste the signed token that is inside of it.")},
    Sentence{"invalid-character", T("The {part} has a character that base64url does not know."),
             T("Remove it, or copy the token again without line numbers and ellipses.")},
    Sentence{"padded-base64", T("The {part} ends with \"=\", which tokens leave out."), T("Remove it.")},
    Sentence{"invalid-base64-length", T("The {part} is cut off: no base64url text has this length."),
             T("Copy the token again to its end.")},
    Sentence{"non-canonical-base64", T("The {part} has unused bits that are not zero.")},
    Sentence{"serialization-invalid", T("This is neither a compact token nor JSON.")},
    Sentence{"serialization-member", T("This JSON is no token: it has no text \"{member}\"."),
             T("A JSON serialisation has payload, protected and signature.")},
    Sentence{"serialization-mixed", T("This JSON has \"signatures\" and \"signature\" at once.")},
    Sentence{"no-signatures", T("This JSON serialisation has no signatures.")},
    Sentence{"header-empty", T("The header is empty.")},
    Sentence{"header-not-json", T("The header does not decode to a JSON object.")},
    Sentence{"header-not-object", T("The header must be a JSON object."), T("Enclose it in braces.")},
    Sentence{"header-duplicate-member", T("The header has \"{member}\" twice.")},
    Sentence{"header-not-disjoint", T("\"{member}\" stands in both headers.")},
    Sentence{"algorithm-missing", T("The header has no alg."), T("Add one, such as \"alg\": \"HS256\".")},
    Sentence{"algorithm-not-string", T("The header's alg must be a text.")},
    Sentence{"algorithm-none", T("alg is none: the token is not signed."), T("Choose an algorithm that signs.")},
    Sentence{"algorithm-unknown", T("{algorithm} is no signature algorithm that is known here."),
             T("Choose one from the list above the header.")},
    Sentence{"algorithm-unsupported", T("{algorithm} ({standard}) is known, but not done here."),
             T("Choose one from the list above the header.")},
    Sentence{"algorithm-not-allowed", T("{algorithm} is not allowed here."), T("Allowed: {allowed}.")},
    Sentence{"header-member-missing", T("The header has no {member}, which the algorithm needs.")},
    Sentence{"header-member-base64", T("The header's {member} is not canonical base64url.")},
    Sentence{"header-member-length", T("The header's {member} has {found} bytes, {expected} are needed.")},
    Sentence{"signed-token", T("This token is signed (JWS): there is nothing to decrypt."), T("Verify it.")},
    Sentence{"no-recipients", T("The token is for nobody: it has no recipients.")},
    Sentence{"too-many-recipients", T("The token has more than {limit} recipients.")},
    Sentence{"direct-not-alone", T("{algorithm} serves one recipient, and there are several."),
             T("Choose an algorithm that wraps the key.")},
    Sentence{"encryption-missing", T("The header has no enc."), T("Add one, such as \"enc\": \"A256GCM\".")},
    Sentence{"encryption-not-string", T("The header's enc must be a text.")},
    Sentence{"encryption-unknown", T("{encryption} is no content encryption that is known here.")},
    Sentence{"encryption-not-allowed", T("{encryption} is not allowed here."), T("Allowed: {allowed}.")},
    Sentence{"encrypted-key-present", T("{algorithm} has no encrypted key, and the token brings one.")},
    Sentence{"ephemeral-key-invalid", T("The header's epk is no public key on the curve of yours.")},
    Sentence{"iterations-refused", T("The header's p2c is {found}; between {minimum} and {maximum} are accepted.")},
    Sentence{"nonce-length", T("The initialization vector has {found} bytes, {expected} are needed.")},
    Sentence{"tag-length", T("The authentication tag has {found} bytes, {expected} are needed.")},
    Sentence{"decryption-failed", T("The token does not decrypt."),
             T("The key is another one, or the token was changed.")},
    Sentence{"compression-unknown", T("The compression {compression} is not known.")},
    Sentence{"compression-unprotected", T("zip must stand in the protected header.")},
    Sentence{"compression-invalid", T("The decrypted content is not compressed as zip says.")},
    Sentence{"plaintext-too-large", T("The content would become longer than {limit} bytes.")},
    Sentence{"header-member-type", T("The header's {member} must be a {expected}.")},
    Sentence{"critical-not-list", T("crit must be a list of names.")},
    Sentence{"critical-unprotected", T("crit must stand in the protected header.")},
    Sentence{"critical-duplicate", T("crit names \"{member}\" twice.")},
    Sentence{"critical-standard", T("crit must not name the standard parameter \"{member}\".")},
    Sentence{"critical-absent", T("crit names \"{member}\", which the header lacks.")},
    Sentence{"critical-unknown", T("The header demands the extension \"{member}\", which is not known here.")},
    Sentence{"unencoded-not-boolean", T("The header's b64 must be true or false.")},
    Sentence{"unencoded-not-critical", T("The header has b64, but crit does not name it."),
             T("Add \"crit\": [\"b64\"].")},
    Sentence{"payload-missing", T("The token carries no payload, and none was given.")},
    Sentence{"payload-not-detached", T("A payload was given, but the token carries its own.")},
    Sentence{"payload-not-json", T("The payload is not JSON.")},
    Sentence{"payload-not-object", T("The payload of a JWT must be a JSON object."), T("Enclose it in braces.")},
    Sentence{"payload-duplicate-member", T("The payload has the same claim twice."), T("Remove one of them.")},
    Sentence{"key-not-recognised", T("This is no key: neither PEM, DER, JWK nor JWKS."),
             T("A PEM key begins with -----BEGIN; a shared secret belongs under Secret.")},
    Sentence{"key-type-unknown", T("Keys of the type {type} are not used for signatures here.")},
    Sentence{"key-curve-unknown", T("The curve {curve} is not used for signatures here.")},
    Sentence{"key-member-missing", T("The JWK has no \"{member}\".")},
    Sentence{"key-member-type", T("The JWK's \"{member}\" must be a {expected}.")},
    Sentence{"key-member-base64", T("The JWK's \"{member}\" is not base64url.")},
    Sentence{"key-secret-empty", T("The secret is empty."), T("Enter one.")},
    Sentence{"key-numbers-invalid", T("The numbers of the key do not belong together.")},
    Sentence{"key-certificate-mismatch", T("The certificate in x5c is of another key.")},
    Sentence{"key-operations-invalid", T("The JWK's key_ops must be a list of different texts.")},
    Sentence{"key-set-invalid", T("The JWKS has no list \"keys\".")},
    Sentence{"secret-encoding-invalid", T("The secret is not {encoding}."), T("Choose the encoding it is written in.")},
    Sentence{"no-keys", T("There is no key to check with."), T("Choose one under Signing key.")},
    Sentence{"no-suitable-key", T("None of the keys is one for this token.")},
    Sentence{"key-of-other-type", T("The algorithm takes a key of the type {expected}, this one is {found}."),
             T("Choose an algorithm that fits the key, or another key.")},
    Sentence{"key-of-other-curve", T("The algorithm takes a key on {expected}, this one is on {found}."),
             T("Choose an algorithm that fits the key, or another key.")},
    Sentence{"key-for-other-algorithm", T("The key is bound to {found}, the token says {expected}.")},
    Sentence{"key-for-other-use", T("The key's use is {found}: it is not for signatures.")},
    Sentence{"key-for-other-operation", T("The key's key_ops do not include this: {found}.")},
    Sentence{"key-of-other-id", T("The token names the key {expected}, this one is {found}.")},
    Sentence{"key-too-short", T("The key has {found} bits, the standard asks for {expected}.")},
    Sentence{"key-vulnerable", T("Whoever has this public key can compute the private one ({weakness})."),
             T("Make a new key.")},
    Sentence{"key-of-other-size", T("The secret has {found} bits, the algorithm takes just {expected}.")},
    Sentence{"key-not-private", T("This is a public key: it verifies, but cannot sign."),
             T("Paste the private key, or verify only.")},
    Sentence{"signature-empty", T("The token has no signature."), T("Sign it.")},
    Sentence{"signature-length", T("The signature has {found} octets, this algorithm makes {expected}.")},
    Sentence{"signature-mismatch", T("The signature does not match."),
             T("The token was signed with another key, or changed after it was signed.")},
    Sentence{"claim-missing", T("The token has no {claim}.")},
    Sentence{"claim-type", T("{claim} must be a {expected}.")},
    Sentence{"token-expired", T("The token expired {distance} ago.")},
    Sentence{"token-not-yet-valid", T("The token starts in {distance}.")},
    Sentence{"token-from-future", T("The token was issued in the future: in {distance}.")},
    Sentence{"lifetime-too-long", T("The token lives {found} s, at most {limit} s are allowed.")},
    Sentence{"claim-mismatch", T("{claim} is {found}, expected: {expected}.")},
};
constexpr std::array jsonSentences{
    Sentence{"unexpected-end", T("The text ends too early."), T("A bracket, brace or quote is not closed.")},
    Sentence{"unexpected-character", T("There is a character that cannot stand here.")},
    Sentence{"invalid-escape", T("There is an unknown escape behind \"\\\".")},
    Sentence{"invalid-utf8", T("The text is not UTF-8.")},
    Sentence{"invalid-number", T("This is not a number of JSON.")},
    Sentence{"duplicate-key", T("The same name stands here twice.")},
    Sentence{"too-deep", T("The values are nested too deeply.")},
    Sentence{"trailing-content", T("There is text behind the end of the value.")},
    Sentence{"too-large", T("The text is too long.")},
};
constexpr std::array cryptoSentences{
    Sentence{"not-a-key", T("This is no key."), T("A PEM key begins with -----BEGIN.")},
    Sentence{"pem-incomplete", T("The PEM text has no END line."), T("Copy it again to its end.")},
    Sentence{"pem-escaped-newlines", T("The line ends of this PEM were pasted as \\n."),
             T("Replace each \\n by a line end.")},
    Sentence{"pem-unsupported", T("This PEM holds {label}, which is no key."), T("Paste the key's PEM.")},
    Sentence{"pem-corrupt", T("The PEM's content is not what its label says."), T("Copy it again.")},
    Sentence{"key-type-unsupported", T("Keys of this type are not used for tokens.")},
    Sentence{"key-invalid", T("The numbers make no key.")},
    Sentence{"point-not-on-curve", T("The key's point is not on its curve.")},
    Sentence{"key-pair-mismatch", T("The private and the public part do not belong together.")},
    Sentence{"key-unfit", T("The key is not one for this algorithm."), T("Choose an algorithm that fits the key.")},
    Sentence{"passphrase-needed", T("The key is encrypted."), T("Paste it decrypted.")},
    Sentence{"passphrase-wrong", T("The passphrase does not open the key.")},
    Sentence{"size-refused", T("Keys of this size are not made.")},
    Sentence{"curve-unsupported", T("Keys on this curve are not used for tokens.")},
    Sentence{"decryption-failed", T("The content does not decrypt."),
             T("The key is another one, or the content was changed.")},
    Sentence{"library-failure", T("The cryptographic library refused the operation.")},
};
#undef T

/// The sentences of one family of errors.
struct Family
{
    std::string_view domain;
    const Sentence* begin;
    const Sentence* end;
};
constexpr std::array families{
    Family{"jose", joseSentences.data(), joseSentences.data() + joseSentences.size()},
    Family{"json", jsonSentences.data(), jsonSentences.data() + jsonSentences.size()},
    Family{"crypto", cryptoSentences.data(), cryptoSentences.data() + cryptoSentences.size()},
};

const Sentence* findSentence(const Error& error)
{
    const auto* family = std::find_if(families.begin(), families.end(),
                                      [&](const Family& each) { return each.domain == error.code.domain().name; });
    if (family == families.end())
        return nullptr;
    const auto* found =
        std::find_if(family->begin, family->end, [&](const Sentence& each) { return each.code == error.code.name(); });
    return found == family->end ? nullptr : found;
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

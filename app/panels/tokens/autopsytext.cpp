// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/autopsytext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(TokenAutopsy)
};

using Cause = jose::AutopsyCause;
using Fix = AutopsyFix;
using Encoding = workspace::SecretEncoding;

/// "{algorithm}" and "{key}" are filled in.
struct CauseWords
{
    Cause cause;
    const char* sentence;
    Fix fix;
    const char* fixText;
    Encoding encoding = Encoding::Text;
};

#define T(text) QT_TRANSLATE_NOOP("TokenAutopsy", text)
constexpr std::array words{
    CauseWords{Cause::TokenHasSpaces, T("Valid without the spaces and line breaks in the token."), Fix::CleanToken,
               T("Remove them")},
    CauseWords{Cause::TokenIsQuoted, T("Valid without the quotes around the token."), Fix::CleanToken,
               T("Remove them")},
    CauseWords{Cause::TokenHasScheme, T("Valid without the word in front of the token."), Fix::CleanToken,
               T("Remove it")},
    CauseWords{Cause::TokenIsUrlEncoded, T("Valid when the token's URL encoding is undone."), Fix::CleanToken,
               T("Undo it")},
    CauseWords{Cause::TokenIsPadded, T("Valid in base64url without padding, as tokens are written."), Fix::CleanToken,
               T("Rewrite token")},
    CauseWords{Cause::SecretIsText, T("Valid if the secret is taken as text and not decoded."), Fix::SetEncoding,
               T("Take as text"), Encoding::Text},
    CauseWords{Cause::SecretIsBase64, T("Valid if the secret is decoded as base64."), Fix::SetEncoding,
               T("Decode as base64"), Encoding::Base64},
    CauseWords{Cause::SecretIsBase64Url, T("Valid if the secret is decoded as base64url."), Fix::SetEncoding,
               T("Decode as base64url"), Encoding::Base64Url},
    CauseWords{Cause::SecretIsHex, T("Valid if the secret is decoded from hex."), Fix::SetEncoding, T("Decode as hex"),
               Encoding::Hex},
    CauseWords{Cause::SecretLacksLineEnd,
               T("Valid if a line end is added to the secret: it was read from a file with one."), Fix::SignAgain,
               T("Sign again")},
    CauseWords{Cause::SecretHasLineEnd, T("Valid without the spaces or line end around the secret."), Fix::SignAgain,
               T("Sign again")},
    CauseWords{Cause::SecretIsUtf16, T("Valid if the secret is UTF-16 text, as .NET makes it."), Fix::SignAgain,
               T("Sign again")},
    CauseWords{Cause::OtherKey, T("Signed with another key: {key}."), Fix::UseKey, T("Use this key")},
    CauseWords{Cause::OtherAlgorithm, T("Signed with {algorithm}, though the header says otherwise."), Fix::SignAgain,
               T("Sign again")},
    CauseWords{Cause::PublicKeyAsSecret, T("Signed with the public key as a secret: the algorithm confusion attack."),
               Fix::SignAgain, T("Sign again")},
    CauseWords{Cause::SignatureIsDer,
               T("The signature is written as DER; tokens have r and s side by side (RFC 7518 section 3.4)."),
               Fix::SignAgain, T("Sign again")},
    CauseWords{Cause::SaltLength, T("Signed with another PSS salt length than RFC 7518 section 3.5 asks for."),
               Fix::SignAgain, T("Sign again")},
};
#undef T

AutopsyAdvice signAgain(QString sentence, const AutopsyMeans& means)
{
    AutopsyAdvice advice;
    advice.sentence = std::move(sentence);
    if (means.canSign) {
        advice.fix = Fix::SignAgain;
        advice.fixText = Tr::tr("Sign again");
    }
    return advice;
}

bool isInHand(const CauseWords& entry, const AutopsyFinding& finding, const AutopsyMeans& means)
{
    switch (entry.fix) {
    case Fix::CleanToken:
        return true;
    case Fix::UseKey:
        return means.choosesKey && finding.otherKey;
    case Fix::SetEncoding:
        return std::find(means.encodings.begin(), means.encodings.end(), entry.encoding) != means.encodings.end();
    case Fix::SignAgain:
    case Fix::None:
        break;
    }
    return false;
}

QString sentenceOf(const CauseWords& entry, const AutopsyFinding& finding)
{
    QString sentence = Tr::tr(entry.sentence);
    if (finding.autopsy.algorithm)
        sentence.replace(QStringLiteral("{algorithm}"),
                         QString::fromStdString(std::string(jose::toString(*finding.autopsy.algorithm))));
    const QString key = finding.otherKey ? finding.otherKey->name : Tr::tr("one of the same set");
    return sentence.replace(QStringLiteral("{key}"), key);
}

} // namespace

AutopsyAdvice autopsyAdvice(const std::optional<AutopsyFinding>& finding, const AutopsyMeans& means)
{
    if (!finding)
        return signAgain(Tr::tr("No known key fits: the token was changed, or signed elsewhere."), means);
    const auto* entry = std::find_if(words.begin(), words.end(),
                                     [&](const CauseWords& each) { return each.cause == finding->autopsy.cause; });
    if (!isInHand(*entry, *finding, means))
        return signAgain(sentenceOf(*entry, *finding), means);
    AutopsyAdvice advice;
    advice.sentence = sentenceOf(*entry, *finding);
    advice.fix = entry->fix;
    advice.fixText = Tr::tr(entry->fixText);
    advice.encoding = entry->encoding;
    advice.token = finding->autopsy.token;
    if (finding->otherKey)
        advice.key = finding->otherKey->choice;
    return advice;
}

} // namespace claimsmith::app

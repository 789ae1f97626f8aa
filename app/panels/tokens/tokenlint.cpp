// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenlint.h"

#include "text/quantities.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <iterator>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(TokenLint)
};

using Action = LintAction;
using Code = jose::LintCode;

/// How a finding reads; values in braces are its parameters, "{seconds}" is written as a length of time.
struct Words
{
    Code code;
    const char* title;
    const char* sentence;
    Action action;
    const char* actionText;
    const char* target = ""; ///< of the action; else the parameter "claim" or "member"
};

#define T(text) QT_TRANSLATE_NOOP("TokenLint", text)
constexpr std::array words{
    Words{Code::AlgorithmNone, T("alg is none"), T("Anybody can make such a token. Verifiers must refuse it."),
          Action::ChooseAlgorithm, T("Sign")},
    Words{Code::SecretShort, T("Secret has {bits} bits"),
          T("RFC 7518 asks {algorithm} secrets for {required} bits at least."), Action::RotateSecret, T("Rotate")},
    Words{Code::SecretGuessable, T("Secret has {characters} characters"),
          T("RFC 7518 asks {algorithm} secrets for {required} bits. This one carries about {bits}."),
          Action::RotateSecret, T("Rotate")},
    Words{Code::KeyShort, T("Key has {bits} bits"), T("RFC 7518 asks RSA keys for {required} bits at least."),
          Action::GenerateKey, T("Generate")},
    Words{Code::KeyRoca, T("Key can be factored"), T("It was made by a faulty chip (ROCA, CVE-2017-15361)."),
          Action::GenerateKey, T("Generate")},
    Words{Code::KeyInHeader, T("Header brings its own key"),
          T("A verifier that trusts {member} accepts tokens of anybody."), Action::RemoveHeader, T("Remove")},
    Words{Code::UrlInHeader, T("Header points to a key"),
          T("A verifier that follows {member} unasked can be sent anywhere."), Action::RemoveHeader, T("Remove")},
    Words{Code::NoType, T("No typ in the header"), T("It keeps tokens of different kinds apart."), Action::AddType,
          T("Add")},
    Words{Code::NoKeyId, T("No kid in the header"), T("With it a verifier finds the key again after a rotation."),
          Action::AddKeyId, T("Add")},
    Words{Code::NoExpiration, T("No exp claim"), T("The token stays valid until its key is changed."), Action::AddClaim,
          T("Add"), "exp"},
    Words{Code::NoIssuedAt, T("No iat claim"), T("Without it nobody can tell how old the token is."), Action::AddClaim,
          T("Add"), "iat"},
    Words{Code::NoIssuer, T("No iss claim"), T("It says whose key the signature needs."), Action::AddClaim, T("Add"),
          "iss"},
    Words{Code::NoAudience, T("No aud claim"),
          T("A token without an audience works on every route that trusts this key."), Action::AddClaim, T("Add"),
          "aud"},
    Words{Code::NoTokenId, T("No jti claim"), T("Add one to recognise replays in Traffic."), Action::AddClaim, T("Add"),
          "jti"},
    Words{Code::TimeInMilliseconds, T("{claim} is in milliseconds"), T("Times of tokens are seconds since 1970."),
          Action::TimeToSeconds, T("Correct")},
    Words{Code::TimeAsText, T("{claim} is a text"), T("Times of tokens are numbers, without quotes."),
          Action::TimeToSeconds, T("Correct")},
    Words{Code::ExpiresBeforeStart, T("Expires before it starts"),
          T("There is no moment at which this token is valid."), Action::ShortenLife, T("Correct")},
    Words{Code::LongLifetime, T("Lives for {seconds}"), T("A stolen token can be used that long. An hour is usual."),
          Action::ShortenLife, T("Shorten")},
    Words{Code::SecretInPayload, T("{claim} looks like a secret"),
          T("Everybody who sees the token can read its payload."), Action::RemoveClaim, T("Remove")},
};

#undef T

std::string_view parameter(const jose::LintFinding& finding, std::string_view name)
{
    for (const auto& [key, value] : finding.parameters) {
        if (key == name)
            return value;
    }
    return {};
}

QString filled(const char* text, const jose::LintFinding& finding)
{
    QString result = Tr::tr(text);
    for (const auto& [name, value] : finding.parameters) {
        QString shown = QString::fromStdString(value);
        if (name == "seconds")
            shown = spanText(std::chrono::seconds(shown.toLongLong()));
        result.replace(u'{' + QString::fromStdString(name) + u'}', shown);
    }
    return result;
}

std::string targetOf(const Words& entry, const jose::LintFinding& finding)
{
    if (*entry.target)
        return entry.target;
    const std::string_view claim = parameter(finding, "claim");
    return std::string(claim.empty() ? parameter(finding, "member") : claim);
}

LintNote noteOf(const jose::LintFinding& finding)
{
    const auto* entry =
        std::find_if(words.begin(), words.end(), [&](const Words& each) { return each.code == finding.code; });
    const std::string_view id = jose::toString(finding.code);
    LintNote note;
    note.severity = finding.severity;
    note.id = QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()));
    note.title = note.id;
    note.standard = QString::fromUtf8(finding.standard.data(), static_cast<qsizetype>(finding.standard.size()));
    if (entry == words.end())
        return note;
    note.title = filled(entry->title, finding);
    note.sentence = filled(entry->sentence, finding);
    note.action = entry->action;
    note.actionText = Tr::tr(entry->actionText);
    note.target = targetOf(*entry, finding);
    return note;
}

std::vector<LintNote> notesOf(const std::vector<jose::LintFinding>& findings)
{
    std::vector<LintNote> notes;
    notes.reserve(findings.size());
    std::transform(findings.begin(), findings.end(), std::back_inserter(notes), noteOf);
    return notes;
}

} // namespace

std::vector<LintNote> lintNotes(const TokenDraft& draft, const ChosenKeys& keys)
{
    const jose::Key* key = keys.keys.size() == 1 ? &keys.keys.front() : nullptr;
    return notesOf(jose::lint({&draft.header(), &draft.claims(), key}));
}

std::vector<LintNote> keyNotes(const jose::Key& key)
{
    return notesOf(jose::lint({nullptr, nullptr, &key}));
}

} // namespace claimsmith::app

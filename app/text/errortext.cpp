// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/errortext.h"

#include "base/error.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>
#include <array>

namespace claimsmith::app {
namespace {

struct Sentence
{
    std::string_view domain;
    std::string_view code;
    const char* text; ///< %1: the file or its folder; %name%: a parameter of the error; %a name%: with its article
};

constexpr std::array sentences = {
    Sentence{"file", "not-found", QT_TRANSLATE_NOOP("Errors", "%1 does not exist")},
    Sentence{"file", "not-permitted", QT_TRANSLATE_NOOP("Errors", "you are not permitted to use %1")},
    Sentence{"file", "not-a-file", QT_TRANSLATE_NOOP("Errors", "%1 is not a file")},
    Sentence{"file", "too-large", QT_TRANSLATE_NOOP("Errors", "%1 is too large")},
    Sentence{"file", "no-space", QT_TRANSLATE_NOOP("Errors", "the disk of %1 is full")},
    Sentence{"storage", "not-a-folder", QT_TRANSLATE_NOOP("Errors", "%1 is not a folder")},
    Sentence{
        "storage", "not-a-workspace",
        QT_TRANSLATE_NOOP("Errors", "%1 holds no workspace.json. Choose the folder of a workspace, or make a new one")},
    Sentence{"storage", "newer-format",
             QT_TRANSLATE_NOOP(
                 "Errors", "%1 was written by a later version of Claimsmith (format %format%). Nothing was changed")},
    Sentence{"storage", "folder-not-empty", QT_TRANSLATE_NOOP("Errors", "%1 is not empty. Choose an empty folder")},
    Sentence{"storage", "unreadable", QT_TRANSLATE_NOOP("Errors", "%1 cannot be read")},
    Sentence{"storage", "wrong-type", QT_TRANSLATE_NOOP("Errors", "%1 holds %a found% where %a expected% belongs")},
    Sentence{"storage", "missing-member", QT_TRANSLATE_NOOP("Errors", "%1 lacks %name%")},
    Sentence{"storage", "unknown-value",
             QT_TRANSLATE_NOOP("Errors", "%1 says %value% where one of %expected% belongs")},
    Sentence{"storage", "changed-on-disk",
             QT_TRANSLATE_NOOP("Errors", "%1 was changed by another program and was left as it is there")},
    Sentence{"storage", "secret-in-file",
             QT_TRANSLATE_NOOP("Errors", "a private key was about to be written to %1 and was not")},
    Sentence{"storage", "not-writable", QT_TRANSLATE_NOOP("Errors", "%1 cannot be written")},
    Sentence{"platform.secrets", "no-backend", QT_TRANSLATE_NOOP("Errors", "no keychain answers on this computer")},
    Sentence{"platform.secrets", "denied", QT_TRANSLATE_NOOP("Errors", "the keychain stayed locked")},
    Sentence{"platform.secrets", "locked", QT_TRANSLATE_NOOP("Errors", "the vault is locked")},
    Sentence{"platform.secrets", "wrong-passphrase",
             QT_TRANSLATE_NOOP("Errors", "the passphrase does not open the vault")},
    Sentence{"platform.secrets", "corrupt-vault", QT_TRANSLATE_NOOP("Errors", "%1 is not a vault")},
    Sentence{"platform.secrets", "unwritable", QT_TRANSLATE_NOOP("Errors", "%1 cannot be written")},
    Sentence{"sample", "unknown-sample", QT_TRANSLATE_NOOP("Errors", "there is no sample of this name")},
    Sentence{"http-server", "address-in-use", QT_TRANSLATE_NOOP("Errors", "port %port% is used by another program")},
    Sentence{"http-server", "address-not-local",
             QT_TRANSLATE_NOOP("Errors", "%address% is not an address of this computer")},
    Sentence{"http-server", "not-permitted",
             QT_TRANSLATE_NOOP("Errors", "only root may open port %port%. Choose one above 1023")},
    Sentence{"http-server", "bad-address", QT_TRANSLATE_NOOP("Errors", "%address% is not an address to listen on")},
};

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

/// "gateway/kong.yml:3:7".
QString placeText(const Place& place)
{
    QString result = QDir::toNativeSeparators(text(place.file));
    if (place.line > 0)
        result += QStringLiteral(":%1:%2").arg(QString::number(place.line), QString::number(place.column));
    return result;
}

/// "a number", "an object"; what brings its article along stays as it is.
QString withArticle(const QString& kind)
{
    if (kind.contains(QLatin1Char(' ')))
        return kind;
    const bool isVowel = QStringLiteral("aeiou").contains(kind.left(1));
    return (isVowel ? QStringLiteral("an %1") : QStringLiteral("a %1")).arg(kind);
}

QString sentenceOf(const Error& error)
{
    const auto found = std::find_if(sentences.begin(), sentences.end(), [&error](const Sentence& sentence) {
        return sentence.domain == error.code.domain().name && sentence.code == error.code.name();
    });
    if (found == sentences.end()) {
        const QString place = placeText(error.place);
        const QString detail = text(error.detail.empty() ? error.code.name() : std::string_view(error.detail));
        return place.isEmpty() ? detail : QStringLiteral("%1, %2").arg(place, detail);
    }
    QString result = QCoreApplication::translate("Errors", found->text);
    for (const auto& [name, value] : error.parameters) {
        result.replace(QStringLiteral("%a ") + text(name) + QLatin1Char('%'), withArticle(text(value)));
        result.replace(QLatin1Char('%') + text(name) + QLatin1Char('%'), text(value));
    }
    // Last, because a path may hold anything.
    return result.replace(QStringLiteral("%1"), placeText(error.place));
}

} // namespace

QString errorText(const Error& error)
{
    QString result = sentenceOf(error);
    if (error.cause)
        result += QStringLiteral(": ") + errorText(*error.cause);
    return result;
}

} // namespace claimsmith::app

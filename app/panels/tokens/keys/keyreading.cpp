// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keys/keyreading.h"

#include "base/text.h"
#include "jose/keyimport.h"
#include "jose/keytext.h"
#include "panels/tokens/keyform.h"
#include "text/josetext.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(KeyReading)
};

struct ShapeWords
{
    jose::KeyShape shape;
    const char* text;
};

#define T(text) QT_TRANSLATE_NOOP("KeyReading", text)
constexpr std::array shapeWords{
    ShapeWords{jose::KeyShape::Jwk, T("JWK")},
    ShapeWords{jose::KeyShape::JwkSet, T("JWK Set")},
    ShapeWords{jose::KeyShape::Pem, T("PEM")},
    ShapeWords{jose::KeyShape::Certificate, T("Certificate")},
    ShapeWords{jose::KeyShape::OpenSsh, T("OpenSSH key")},
    ShapeWords{jose::KeyShape::Pkcs12, T("PKCS #12")},
    ShapeWords{jose::KeyShape::Der, T("DER")},
    ShapeWords{jose::KeyShape::Url, T("URL of keys")},
    ShapeWords{jose::KeyShape::SecretText, T("Shared secret as text")},
    ShapeWords{jose::KeyShape::SecretHex, T("Shared secret in hex")},
    ShapeWords{jose::KeyShape::SecretBase64, T("Shared secret in base64")},
    ShapeWords{jose::KeyShape::SecretBase64Url, T("Shared secret in base64url")},
};
#undef T

QString shapeText(jose::KeyShape shape)
{
    const auto* found =
        std::find_if(shapeWords.begin(), shapeWords.end(), [&](const ShapeWords& each) { return each.shape == shape; });
    return found == shapeWords.end() ? QString() : Tr::tr(found->text);
}

KeyReading readingOf(jose::KeyInterpretation&& interpretation)
{
    KeyReading reading;
    reading.title = shapeText(interpretation.shape);
    if (!interpretation.wrapping.empty())
        //: a kind of key and what was undone to see it: "DER in base64"
        reading.title = Tr::tr("%1 in %2").arg(reading.title, QString::fromStdString(interpretation.wrapping));
    reading.isUrl = interpretation.shape == jose::KeyShape::Url;
    reading.detail = reading.isUrl ? Tr::tr("fetched when you choose it") : keyFacts(interpretation.keys);
    if (!interpretation.ignored.empty())
        reading.detail += Tr::tr(", %n more cannot be used", nullptr, static_cast<int>(interpretation.ignored.size()));
    reading.keys = std::move(interpretation.keys);
    return reading;
}

} // namespace

KeyReadings readAnyKey(const SecretBytes& text, const SecretBytes& passphrase)
{
    KeyReadings result;
    if (trimmed(text.view()).empty())
        return result;
    jose::KeyImport import = jose::importKey(text.view(), passphrase.empty() ? nullptr : &passphrase);
    result.needsPassphrase = import.needsPassphrase();
    for (jose::KeyInterpretation& each : import.interpretations)
        result.readings.push_back(readingOf(std::move(each)));
    const bool isJson = trimmed(text.view()).starts_with('{');
    // What began as a structure and is none may be meant as a secret, but a person should hear why it is none.
    if (!import.refusals.empty())
        result.problem = joseErrorText(import.refusals.front().reason);
    else if (const auto read = jose::readKeys(text.view()); isJson && !read)
        result.problem = joseErrorText(read.error());
    else if (result.readings.empty())
        result.problem = joseErrorText(Error{.code = jose::JoseErrorCode::KeyNotRecognised});
    return result;
}

void KeyReader::read(SecretBytes text, SecretBytes passphrase)
{
    auto input = std::make_shared<std::pair<SecretBytes, SecretBytes>>(std::move(text), std::move(passphrase));
    QThreadPool::globalInstance()->start([guard = QPointer(this), generation = ++m_generation, input] {
        auto readings = std::make_shared<KeyReadings>(readAnyKey(input->first, input->second));
        QMetaObject::invokeMethod(
            qApp,
            [guard, generation, readings] {
                if (guard && guard->m_generation == generation)
                    emit guard->done(*readings);
            },
            Qt::QueuedConnection);
    });
}

} // namespace claimsmith::app

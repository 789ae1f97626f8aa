// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keys/keyreading.h"

#include "base/base64.h"
#include "base/text.h"
#include "crypto/error.h"
#include "jose/keytext.h"
#include "panels/tokens/keyform.h"
#include "text/josetext.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <array>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(KeyReading)
};

QString formatText(jose::KeyFormat format)
{
    switch (format) {
    case jose::KeyFormat::Pem:
        return QStringLiteral("PEM");
    case jose::KeyFormat::Der:
        return QStringLiteral("DER");
    case jose::KeyFormat::Jwk:
        return QStringLiteral("JWK");
    case jose::KeyFormat::JwkSet:
        break;
    }
    return Tr::tr("JWK Set");
}

void addRead(KeyReadings& result, jose::KeysFromText read, const QString& title)
{
    if (read.set.keys.empty())
        return;
    QString detail = keyFacts(read.set.keys);
    if (!read.set.ignored.empty())
        detail += Tr::tr(", %n more cannot be used", nullptr, static_cast<int>(read.set.ignored.size()));
    result.readings.push_back({title, detail, std::move(read.set.keys)});
}

/// Tells whether the error is about a passphrase.
bool wantsPassphrase(const Error& error)
{
    return error.code == crypto::CryptoErrorCode::PassphraseNeeded ||
           error.code == crypto::CryptoErrorCode::PassphraseWrong;
}

void addStructured(KeyReadings& result, std::string_view text, const SecretBytes& passphrase)
{
    auto read = jose::readKeys(text, passphrase.empty() ? nullptr : &passphrase);
    if (read) {
        const QString title = formatText(read->format);
        return addRead(result, std::move(read).value(), title);
    }
    result.needsPassphrase = wantsPassphrase(read.error());
    result.problem = joseErrorText(read.error());
}

/// DER that travelled as text.
void addEncoded(KeyReadings& result, std::string_view text, const SecretBytes& passphrase)
{
    const std::array<std::pair<std::optional<Bytes>, QString>, 3> attempts{
        {{fromBase64(text, Base64Rule::Lenient), Tr::tr("DER in base64")},
         {fromBase64Url(text, Base64Rule::Lenient), Tr::tr("DER in base64url")},
         {fromHex(text), Tr::tr("DER in hex")}}};
    for (const auto& [octets, title] : attempts) {
        auto read = octets ? jose::readKeys(*octets, passphrase.empty() ? nullptr : &passphrase)
                           : Result<jose::KeysFromText>(Error{.code = jose::JoseErrorCode::KeyNotRecognised});
        if (read)
            return addRead(result, std::move(read).value(), title);
        result.needsPassphrase = result.needsPassphrase || wantsPassphrase(read.error());
    }
}

void addSecrets(KeyReadings& result, std::string_view text)
{
    using Encoding = jose::SecretEncoding;
    const std::array<std::pair<Encoding, QString>, 4> ways{{{Encoding::Text, Tr::tr("Shared secret as text")},
                                                            {Encoding::Base64, Tr::tr("Shared secret in base64")},
                                                            {Encoding::Base64Url, Tr::tr("Shared secret in base64url")},
                                                            {Encoding::Hex, Tr::tr("Shared secret in hex")}}};
    for (const auto& [encoding, title] : ways) {
        auto secret = jose::readSecret(text, encoding);
        if (!secret || secret->empty())
            continue;
        std::vector<jose::Key> keys;
        keys.push_back(jose::Key::fromSecret(std::move(secret).value()));
        const QString detail = keyFacts(keys);
        result.readings.push_back({title, detail, std::move(keys)});
    }
}

bool looksStructured(std::string_view text)
{
    return text.starts_with('{') || text.find("-----BEGIN") != std::string_view::npos;
}

} // namespace

KeyReadings readAnyKey(const SecretBytes& text, const SecretBytes& passphrase)
{
    KeyReadings result;
    const std::string_view content = trimmed(text.view());
    if (content.empty())
        return result;
    addStructured(result, text.view(), passphrase);
    if (result.readings.empty() && !result.needsPassphrase && !looksStructured(content)) {
        addEncoded(result, content, passphrase);
        if (result.readings.empty() && !result.needsPassphrase)
            addSecrets(result, content);
    }
    if (!result.readings.empty())
        result.problem.clear();
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

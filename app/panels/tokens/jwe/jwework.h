// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "jose/encryption.h"
#include "panels/tokens/verdict.h"

#include <QObject>

#include <memory>
#include <string>
#include <vector>

namespace claimsmith::app {

/// The header of a JWE that carries this content: `cty` says when it is a token itself (RFC 7519 §5.2).
std::string encryptionHeader(std::string_view content, const jose::Key& key, jose::KeyManagement algorithm,
                             jose::ContentEncryption encryption, bool compresses);

/// How a token was opened, or why it was not.
struct Opened
{
    std::vector<CheckLine> checks;
    std::shared_ptr<const SecretBytes> content; ///< null when it stayed closed
    QString summary;                            ///< "Opened with …", or what is wrong
    bool isToken = false;                       ///< the content is a token itself
};

Opened openToken(const std::string& token, const std::vector<jose::Key>& keys);

/// Encrypts and decrypts on another thread: a password takes as long as the token asks. A newer order makes an older
/// one's result void. GUI thread.
class JweWork final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void encrypt(std::string header, std::string content, jose::Key key);
    void open(std::string token, std::vector<jose::Key> keys);

signals:
    void encrypted(const QString& token);
    void failed(const claimsmith::Error& error);
    void opened(const claimsmith::app::Opened& result);

private:
    quint64 m_generation = 0;
};

} // namespace claimsmith::app

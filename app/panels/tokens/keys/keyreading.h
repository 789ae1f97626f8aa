// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/secret.h"
#include "jose/key.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace claimsmith::app {

/// One way to understand a text as keys.
struct KeyReading
{
    QString title;  ///< "PEM", "Shared secret in base64"
    QString detail; ///< "RSA, 2048 bits, key pair"
    std::vector<jose::Key> keys;
    bool isUrl = false; ///< the keys are elsewhere, and nothing was fetched
};

/// What a text may be, the likeliest first.
struct KeyReadings
{
    std::vector<KeyReading> readings;
    bool needsPassphrase = false; ///< it is a key behind a passphrase, which is missing or wrong
    QString problem;              ///< why nothing was understood, or why it is not what it looks like; empty otherwise
};

/// Understands anything key-shaped. May take as long as the text's own key derivation asks: not for the GUI thread.
KeyReadings readAnyKey(const SecretBytes& text, const SecretBytes& passphrase);

/// Reads on another thread; a newer text makes an older one's readings void. GUI thread.
class KeyReader final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void read(SecretBytes text, SecretBytes passphrase);

signals:
    void done(const claimsmith::app::KeyReadings& readings);

private:
    quint64 m_generation = 0;
};

} // namespace claimsmith::app

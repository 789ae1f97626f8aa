// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keys/secretclipboard.h"

#include <QClipboard>
#include <QCryptographicHash>
#include <QGuiApplication>
#include <QMimeData>

namespace claimsmith::app {

namespace {

QByteArray hashOf(const QString& text)
{
    return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
}

} // namespace

SecretClipboard& SecretClipboard::instance()
{
    static auto* clipboard = new SecretClipboard(qApp); // ends with the application
    return *clipboard;
}

SecretClipboard::SecretClipboard(QObject* parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SecretClipboard::clear);
    connect(qApp, &QCoreApplication::aboutToQuit, this, &SecretClipboard::clear);
}

void SecretClipboard::copy(const QString& secret)
{
    auto* data = new QMimeData;
    data->setText(secret);
    // Clipboard histories that know this leave such an entry out.
    data->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret"));
    QGuiApplication::clipboard()->setMimeData(data);
    m_hash = hashOf(secret);
    m_timer.start(m_lifetime);
}

void SecretClipboard::clear()
{
    QClipboard* clipboard = QGuiApplication::clipboard();
    if (!m_hash.isEmpty() && hashOf(clipboard->text()) == m_hash)
        clipboard->clear();
    m_hash.clear();
}

} // namespace claimsmith::app

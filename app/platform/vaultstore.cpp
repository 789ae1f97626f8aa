// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/vaultstore.h"

#include "base/base64.h"
#include "base/random.h"
#include "crypto/cipher.h"
#include "document/json.h"

#include <QFile>
#include <QFileInfo>
#include <QPointer>
#include <QSaveFile>
#include <QThreadPool>

#include <map>
#include <utility>

namespace claimsmith::app {
namespace {

using Secrets = std::map<std::string, SecretBytes>;

constexpr std::string_view formatName = "claimsmith-vault-1"; ///< also authenticated with the content
constexpr std::size_t saltSize = 16;

/// An open vault: what it takes to write it again, and its content.
struct Opened
{
    crypto::ScryptCost cost;
    Bytes salt;
    SecretBytes key;
    Secrets secrets;
};

Error corrupt(const QString& file, std::string detail)
{
    return Error{SecretErrorCode::CorruptVault, {file.toStdString()}, std::move(detail)};
}

/// The plain content is built octet by octet in wiped memory: no copy of a secret stays behind in a JSON value.
SecretBytes encodeSecrets(const Secrets& secrets)
{
    Bytes text = "{";
    for (const auto& [name, secret] : secrets) {
        text += (text.size() > 1 ? "," : "") + document::toJsonString(name) + ":\"";
        std::string encoded = toBase64Url(secret.view());
        text += encoded + "\"";
        wipe(encoded);
    }
    text += "}";
    return SecretBytes(std::move(text));
}

std::optional<Secrets> decodeSecrets(const SecretBytes& text)
{
    auto parsed = document::parseJson(text.view());
    document::Object* object = parsed ? parsed->asObject() : nullptr;
    if (!object)
        return std::nullopt;
    Secrets secrets;
    for (document::Member& member : *object) {
        std::string* encoded = member.value.asString();
        auto bytes = encoded ? fromBase64Url(*encoded) : std::nullopt;
        if (!bytes)
            return std::nullopt;
        secrets.insert_or_assign(member.name, SecretBytes(std::move(*bytes)));
        wipe(*encoded);
    }
    return secrets;
}

Result<void> writeVault(const QString& file, const Opened& vault)
{
    CLAIMSMITH_TRY(const Bytes sealed,
                   crypto::sealAes256Gcm(vault.key, encodeSecrets(vault.secrets).view(), formatName));
    document::Object content;
    content.set("format", formatName);
    content.set("n", static_cast<std::int64_t>(vault.cost.n));
    content.set("r", static_cast<std::int64_t>(vault.cost.r));
    content.set("p", static_cast<std::int64_t>(vault.cost.p));
    content.set("salt", toBase64Url(vault.salt));
    content.set("sealed", toBase64Url(sealed));
    const std::string text = document::toJson(document::Value(std::move(content)), {2}) + "\n";

    QSaveFile out(file);
    const bool written = out.open(QIODevice::WriteOnly) && out.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                         out.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size()) &&
                         out.commit();
    if (!written)
        return Error{SecretErrorCode::Unwritable, {file.toStdString()}, out.errorString().toStdString()};
    return {};
}

Result<Opened> makeVault(const QString& file, const SecretBytes& passphrase)
{
    Opened vault;
    vault.salt = randomBytes(saltSize);
    CLAIMSMITH_TRY(vault.key, crypto::scrypt(passphrase, vault.salt, vault.cost));
    CLAIMSMITH_CHECK(writeVault(file, vault));
    return vault;
}

Result<Opened> readVault(const QString& file, const SecretBytes& passphrase)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return corrupt(file, in.errorString().toStdString());
    const QByteArray text = in.readAll();
    auto parsed = document::parseJson(BytesView(text.constData(), static_cast<std::size_t>(text.size())));
    if (!parsed)
        return corrupt(file, "the file is no vault: " + parsed.error().toString());
    const auto number = [&parsed](std::string_view name) -> std::int64_t {
        const document::Value* value = parsed->find(name);
        const document::Number* found = value ? value->asNumber() : nullptr;
        return found ? found->toInteger().value_or(0) : 0;
    };
    const auto octets = [&parsed](std::string_view name) -> Bytes {
        const document::Value* value = parsed->find(name);
        const std::string* found = value ? value->asString() : nullptr;
        return found ? fromBase64Url(*found).value_or(Bytes()) : Bytes();
    };
    const document::Value* format = parsed->find("format");
    if (!format || !format->asString() || *format->asString() != formatName)
        return corrupt(file, "the file is no vault that this version knows");

    Opened vault;
    vault.cost = {static_cast<std::uint64_t>(number("n")), static_cast<std::uint32_t>(number("r")),
                  static_cast<std::uint32_t>(number("p"))};
    vault.salt = octets("salt");
    auto key = crypto::scrypt(passphrase, vault.salt, vault.cost);
    if (!key)
        return corrupt(file, "the file asks for costs that are not sound");
    vault.key = std::move(*key);
    const auto plain = crypto::openAes256Gcm(vault.key, octets("sealed"), formatName);
    if (!plain)
        return Error{SecretErrorCode::WrongPassphrase, {file.toStdString()}, "the passphrase does not open the vault"};
    auto secrets = decodeSecrets(*plain);
    if (!secrets)
        return corrupt(file, "the vault opened, but its content is not in order");
    vault.secrets = std::move(*secrets);
    return vault;
}

} // namespace

class VaultStore::Implementation final : public QObject
{
public:
    explicit Implementation(QString path) : file(std::move(path)) {}

    Error locked() const
    {
        return Error{SecretErrorCode::Locked, {file.toStdString()}, "the vault was not opened yet"};
    }

    QString file;
    std::optional<Opened> vault;
};

VaultStore::VaultStore(QString file) : m(std::make_unique<Implementation>(std::move(file))) {}

VaultStore::~VaultStore() = default;

bool VaultStore::exists() const
{
    return QFileInfo::exists(m->file);
}

bool VaultStore::isOpen() const noexcept
{
    return m->vault.has_value();
}

void VaultStore::open(SecretBytes passphrase, Done callback)
{
    // QPointer is only looked at on this thread, where the store lives and dies.
    QThreadPool::globalInstance()->start(
        [file = m->file, target = QPointer<Implementation>(m.get()), context = QThread::currentThread(),
         passphrase = std::make_shared<SecretBytes>(std::move(passphrase)), callback = std::move(callback)]() mutable {
            auto opened = std::make_shared<Result<Opened>>(QFileInfo::exists(file) ? readVault(file, *passphrase)
                                                                                   : makeVault(file, *passphrase));
            passphrase.reset();
            auto* courier = new QObject;
            courier->moveToThread(context);
            QMetaObject::invokeMethod(courier, [courier, target, opened, callback = std::move(callback)] {
                courier->deleteLater();
                if (!target)
                    return;
                if (!*opened) {
                    callback(std::move(*opened).error());
                    return;
                }
                target->vault = std::move(*opened).value();
                callback({});
            });
        });
}

void VaultStore::read(const std::string& name, Read callback)
{
    if (!m->vault) {
        callback(m->locked());
        return;
    }
    const auto found = m->vault->secrets.find(name);
    if (found == m->vault->secrets.end())
        callback(Error{SecretErrorCode::NotFound, {}, "the vault has no secret named " + name, {{"name", name}}});
    else
        callback(found->second.clone());
}

void VaultStore::write(const std::string& name, SecretBytes secret, Done callback)
{
    if (!m->vault) {
        callback(m->locked());
        return;
    }
    m->vault->secrets.insert_or_assign(name, std::move(secret));
    callback(writeVault(m->file, *m->vault));
}

void VaultStore::remove(const std::string& name, Done callback)
{
    if (!m->vault) {
        callback(m->locked());
        return;
    }
    callback(m->vault->secrets.erase(name) > 0 ? writeVault(m->file, *m->vault) : Result<void>());
}

} // namespace claimsmith::app

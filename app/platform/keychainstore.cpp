// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keychainstore.h"

#include <qt6keychain/keychain.h>

#include <utility>

namespace claimsmith::app {
namespace {

Error toError(const QKeychain::Job& job, const std::string& name)
{
    const std::string detail = job.errorString().toStdString();
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return Error{SecretErrorCode::NotFound, {}, "the keychain has no secret named " + name, {{"name", name}}};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return Error{SecretErrorCode::NoBackend, {}, "no keychain service answers: " + detail};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return Error{SecretErrorCode::Denied, {}, "the keychain stays locked: " + detail};
    default:
        return Error{SecretErrorCode::Backend, {}, detail, {{"name", name}}};
    }
}

/// QtKeychain deletes the job when it is done. Nobody may do so before: libsecret keeps a bare pointer to it.
template <class Job>
Job* makeJob(const QString& service, const std::string& name)
{
    auto* job = new Job(service);
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    job->setKey(QString::fromStdString(name));
    return job;
}

/// The callback is dropped when `store` goes.
template <class Job>
void startWithDone(QObject* store, Job* job, const std::string& name, SecretStore::Done callback)
{
    QObject::connect(job, &QKeychain::Job::finished, store,
                     [name, callback = std::move(callback)](QKeychain::Job* ended) {
                         if (ended->error() == QKeychain::NoError)
                             callback({});
                         else
                             callback(toError(*ended, name));
                     });
    job->start();
}

} // namespace

KeychainStore::KeychainStore(QString service) : m_service(std::move(service)), m_callbacks(std::make_unique<QObject>())
{
}

KeychainStore::~KeychainStore() = default;

void KeychainStore::read(const std::string& name, Read callback)
{
    auto* job = makeJob<QKeychain::ReadPasswordJob>(m_service, name);
    QObject::connect(job, &QKeychain::Job::finished, m_callbacks.get(), [name, job, callback = std::move(callback)] {
        if (job->error() != QKeychain::NoError) {
            callback(toError(*job, name));
            return;
        }
        QByteArray bytes = job->binaryData();
        SecretBytes secret(BytesView(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        bytes.fill('\0');
        callback(std::move(secret));
    });
    job->start();
}

void KeychainStore::write(const std::string& name, SecretBytes secret, Done callback)
{
    auto* job = makeJob<QKeychain::WritePasswordJob>(m_service, name);
    job->setBinaryData(QByteArray(secret.view().data(), static_cast<qsizetype>(secret.size())));
    startWithDone(m_callbacks.get(), job, name, std::move(callback));
}

void KeychainStore::remove(const std::string& name, Done callback)
{
    auto* job = makeJob<QKeychain::DeletePasswordJob>(m_service, name);
    startWithDone(m_callbacks.get(), job, name, [callback = std::move(callback)](Result<void> result) {
        const bool wasThere = result || result.error().code != ErrorCode(SecretErrorCode::NotFound);
        callback(wasThere ? std::move(result) : Result<void>());
    });
}

void KeychainStore::probe(Done callback)
{
    read("claimsmith-probe", [callback = std::move(callback)](Result<SecretBytes> result) {
        if (result || result.error().code == ErrorCode(SecretErrorCode::NotFound))
            callback({});
        else
            callback(std::move(result).error());
    });
}

} // namespace claimsmith::app

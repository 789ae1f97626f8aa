// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/jwe/jwework.h"

#include "document/json.h"
#include "jose/compact.h"
#include "jose/decrypt.h"
#include "jose/encrypt.h"
#include "text/josetext.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <array>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(JweWork)
};

using jose::RungId;
using jose::RungState;

struct RungWords
{
    RungId id;
    const char* passed;
    const char* skipped; ///< null: such a rung is not shown
};

#define T(text) QT_TRANSLATE_NOOP("JweWork", text)
constexpr std::array rungWords{
    RungWords{RungId::Structure, T("Five parts, valid base64url"), nullptr},
    RungWords{RungId::Header, T("The header is a JSON object"), nullptr},
    RungWords{RungId::Algorithm, T("Key management is known"), T("Key management not looked at")},
    RungWords{RungId::Encryption, T("Content encryption is known"), T("Content encryption not looked at")},
    RungWords{RungId::Critical, T("Critical extensions are known"), nullptr},
    RungWords{RungId::Key, T("The key fits the algorithm"), T("Key not looked for")},
    RungWords{RungId::Decryption, T("Decrypted, nothing was changed"), T("Not decrypted")},
    RungWords{RungId::Compression, T("Decompressed"), nullptr},
};
#undef T

QString withoutStop(QString sentence)
{
    if (sentence.endsWith(u'.'))
        sentence.chop(1);
    return sentence;
}

CheckLine lineOf(const jose::Rung& rung, const RungWords& words)
{
    CheckLine line;
    line.toolTip = QString::fromUtf8(rung.standard.data(), static_cast<qsizetype>(rung.standard.size()));
    line.detail = QString::fromStdString(rung.found).left(40);
    switch (rung.state) {
    case RungState::Passed:
        line.state = CheckLine::State::Passed;
        line.text = Tr::tr(words.passed);
        break;
    case RungState::Failed:
        line.state = CheckLine::State::Failed;
        line.text = withoutStop(joseErrorText(*rung.problem));
        line.toolTip += u'\n' + joseRemedyText(*rung.problem);
        break;
    case RungState::NotChecked:
        line.text = Tr::tr(words.skipped);
        break;
    }
    return line;
}

} // namespace

std::string encryptionHeader(std::string_view content, const jose::Key& key, jose::KeyManagement algorithm,
                             jose::ContentEncryption encryption, bool compresses)
{
    document::Object header = jose::defaultEncryptionHeader(key, algorithm, encryption);
    if (compresses)
        header.set("zip", "DEF");
    header.set("typ", "JWT");
    if (jose::splitCompact(content) && !content.starts_with('{'))
        header.set("cty", "JWT");
    return document::toJson(document::Value(std::move(header)));
}

Opened openToken(const std::string& token, const std::vector<jose::Key>& keys)
{
    jose::DecryptOptions options;
    options.keys = keys;
    options.keyIds = keys.size() > 1 ? jose::KeyIdRule::Compare : jose::KeyIdRule::Ignore;
    jose::DecryptionReport report = jose::decrypt(token, options);
    Opened result;
    for (const RungWords& words : rungWords) {
        const jose::Rung& rung = report.rung(words.id);
        if (rung.state != RungState::NotChecked || words.skipped)
            result.checks.push_back(lineOf(rung, words));
    }
    if (!report.isValid()) {
        const Error* problem = report.firstProblem();
        result.summary = problem ? joseErrorText(*problem) : Tr::tr("The token was not opened.");
        return result;
    }
    result.isToken = report.token && report.token->isNested();
    result.content = std::make_shared<const SecretBytes>(std::move(*report.plaintext));
    result.isToken = result.isToken || (!result.content->view().starts_with('{') &&
                                        jose::splitCompact(result.content->view()).has_value());
    result.summary = result.isToken ? Tr::tr("Opened: the content is a token itself.") : Tr::tr("Opened.");
    return result;
}

void JweWork::encrypt(std::string header, std::string content, jose::Key key)
{
    QThreadPool::globalInstance()->start([guard = QPointer(this), generation = ++m_generation,
                                          header = std::move(header), content = std::move(content),
                                          key = std::move(key)] {
        auto token =
            std::make_shared<Result<std::string>>(jose::encryptCompact(std::string_view(header), content, key));
        QMetaObject::invokeMethod(
            qApp,
            [guard, generation, token] {
                if (!guard || guard->m_generation != generation)
                    return;
                if (*token)
                    emit guard->encrypted(QString::fromStdString(**token));
                else
                    emit guard->failed(token->error());
            },
            Qt::QueuedConnection);
    });
}

void JweWork::open(std::string token, std::vector<jose::Key> keys)
{
    QThreadPool::globalInstance()->start(
        [guard = QPointer(this), generation = ++m_generation, token = std::move(token), keys = std::move(keys)] {
            auto result = std::make_shared<Opened>(openToken(token, keys));
            QMetaObject::invokeMethod(
                qApp,
                [guard, generation, result] {
                    if (guard && guard->m_generation == generation)
                        emit guard->opened(*result);
                },
                Qt::QueuedConnection);
        });
}

} // namespace claimsmith::app

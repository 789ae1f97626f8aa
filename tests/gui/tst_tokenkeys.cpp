// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/workbench.h"
#include "jose/generate.h"
#include "jose/keyidentity.h"
#include "jose/keytext.h"
#include "panels/tokens/keys/importkeydialog.h"
#include "panels/tokens/keys/keypage.h"
#include "panels/tokens/keys/secretclipboard.h"
#include "panels/tokens/newkey.h"
#include "panels/tokens/sidelist.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFile>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

jose::Key newPair()
{
    auto key = jose::generateKey(jose::Algorithm::ES256);
    if (!key)
        qFatal("no key");
    return *key;
}

/// A pair in the keyring, and its page open.
class KeyDesk final : public Workbench
{
public:
    KeyDesk() : pair(newPair())
    {
        const auto kept = keepNewKey(context, {pair, "ES256", usualPlace(context.secrets)});
        if (!kept)
            qFatal("key not kept");
    }

    KeyPage& page()
    {
        find<SideList>("keyList").setCurrentId(QStringLiteral("keyring\n") + QString::fromStdString(pair.id()));
        QTest::mouseClick(&find<QToolButton>("keyDetails"), Qt::LeftButton);
        return find<KeyPage>("keyPage");
    }
    void press(const char* button) { QTest::mouseClick(&find<QPushButton>(button), Qt::LeftButton); }
    const std::string& kongYml() { return services.gatewayDocument().text(); }
    std::vector<workspace::StoredKey> stored() { return services.workspace().workspace().keys; }
    bool answer(const char* question, QMessageBox::ButtonRole role)
    {
        auto* box = panel->findChild<QMessageBox*>(QString::fromLatin1(question));
        for (auto* button : box ? box->buttons() : QList<QAbstractButton*>()) {
            if (box->buttonRole(button) != role)
                continue;
            QTest::mouseClick(button, Qt::LeftButton);
            return true;
        }
        return false;
    }

    jose::Key pair;
};

} // namespace

class TestTokenKeys final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        Appearance appearance;
        appearance.scheme = Appearance::Scheme::Light;
        Theme::instance().install(appearance);
    }

    void whoAKeyIs()
    {
        KeyDesk desk;
        KeyPage& page = desk.page();
        QVERIFY(page.isVisible());
        const QString thumbprint = QString::fromStdString(desk.pair.id()); // a new key is named by it
        QTRY_VERIFY(shownTexts(page).contains(thumbprint));
        QVERIFY(shownTexts(page).contains(QString::fromStdString(jose::identify(desk.pair).spkiSha256)));
        QVERIFY(shownTexts(page).contains(QStringLiteral("P-256, key pair")));
        QVERIFY(shownTexts(page).contains(QStringLiteral("No token, credential or route uses this key.")));
        QVERIFY(!page.card().publicJwk.contains(QStringLiteral("\"d\"")));
        desk.bench().useStoredKey(desk.pair.id(), "ES256");
        QCOMPARE(page.card().uses.size(), std::size_t(1)); // the page follows
        QCOMPARE(page.card().uses.front().text, QStringLiteral("Token login_server_issuer"));
    }

    void aJwksRouteInOneClick()
    {
        KeyDesk desk;
        KeyPage& page = desk.page();
        desk.press("publishJwks");
        const auto sets = publishedSets(desk.services.gatewayDocument().lastGood());
        QCOMPARE(sets.size(), std::size_t(1));
        QCOMPARE(sets.front().path, std::string("/.well-known/jwks.json"));
        const auto read = jose::readKeys(sets.front().body);
        CLAIMSMITH_VERIFY_RESULT(read);
        QCOMPARE(read->set.keys.front().thumbprint(), desk.pair.thumbprint());
        QVERIFY(desk.services.gatewayDocument().snapshot());
        QCOMPARE(page.card().uses.size(), std::size_t(1));
        const std::string published = desk.kongYml();
        desk.press("publishJwks"); // is there already
        QCOMPARE(desk.kongYml(), published);
        desk.services.gatewayDocument().undo();
        QVERIFY(publishedSets(desk.services.gatewayDocument().lastGood()).empty());
    }

    void aCredentialForAConsumer()
    {
        KeyDesk desk;
        desk.page();
        QCOMPARE(desk.find<QComboBox>("mintConsumer").currentText(), QStringLiteral("login_server_issuer"));
        desk.press("mintCredential");
        QVERIFY(desk.kongYml().find("- key: " + desk.pair.id()) != std::string::npos);
        QVERIFY(desk.kongYml().find("PRIVATE") == std::string::npos);
        KeyChoice choice;
        choice.consumer = "login_server_issuer";
        choice.credential = desk.pair.id();
        desk.bench().setKey(choice);
        QTRY_COMPARE(desk.bench().verdict().outcome, Verdict::Outcome::Good); // the gateway takes it
    }

    /// Everything that goes on with the key goes on with the new one; the old one still verifies.
    void rotating()
    {
        KeyDesk desk;
        desk.bench().useStoredKey(desk.pair.id(), "ES256");
        desk.page();
        desk.press("publishJwks");
        desk.press("mintCredential");
        desk.press("rotateKey");
        QVERIFY(desk.answer("rotateQuestion", QMessageBox::AcceptRole));
        QTRY_COMPARE(desk.stored().size(), std::size_t(2));
        const std::string fresh = desk.stored().back().kid;
        QVERIFY(fresh != desk.pair.id());
        QCOMPARE(desk.stored().front().kid, desk.pair.id());
        const auto& recipe = *desk.services.workspace().workspace().findToken("login_server_issuer");
        QCOMPARE(std::get<workspace::KeyringKey>(recipe.key).kid, fresh);
        QVERIFY2(recipe.header.find(fresh) != std::string::npos, recipe.header.c_str());
        const auto set = publishedSets(desk.services.gatewayDocument().lastGood()).front();
        QVERIFY(set.body.find(fresh) != std::string::npos && set.body.find(desk.pair.id()) != std::string::npos);
        const std::string pem = desk.pair.publicKey()->publicPem();
        QVERIFY(desk.kongYml().find(pem.substr(30, 40)) == std::string::npos); // the credential has the new one
    }

    void deletingAsksFirst()
    {
        KeyDesk desk;
        desk.page();
        desk.press("deleteKey");
        QCOMPARE(desk.stored().size(), std::size_t(1));
        QVERIFY(desk.answer("deleteQuestion", QMessageBox::DestructiveRole));
        QVERIFY(desk.stored().empty());
        QVERIFY(!desk.services.secrets().findSecret("key/" + desk.pair.id()));
    }

    void privatePartsLeaveTheClipboard()
    {
        KeyDesk desk;
        desk.page();
        SecretClipboard::instance().setLifetime(std::chrono::milliseconds(50));
        desk.press("copyPrivate");
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("PRIVATE KEY")));
        QTRY_VERIFY(QGuiApplication::clipboard()->text().isEmpty());
        desk.press("copyPrivate");
        QGuiApplication::clipboard()->setText(QStringLiteral("something else"));
        QTest::qWait(120); // what was copied since stays
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("something else"));
    }

    void importing_data()
    {
        QTest::addColumn<QString>("way");
        QTest::newRow("pasted") << QStringLiteral("paste");
        QTest::newRow("dropped as a file") << QStringLiteral("drop");
        QTest::newRow("with a passphrase") << QStringLiteral("passphrase");
    }
    void importing()
    {
        QFETCH(QString, way);
        Workbench workbench;
        const jose::Key pair = newPair();
        const bool locked = way == QLatin1String("passphrase");
        const SecretBytes phrase{BytesView("open sesame")};
        const SecretBytes pem = pair.privateKey()->pem(locked ? &phrase : nullptr);
        const QByteArray bytes(pem.view().data(), static_cast<qsizetype>(pem.size()));
        workbench.panel->runAction(QStringLiteral("tokens.importKey"));
        auto& dialog = workbench.find<ImportKeyDialog>("importKeyDialog");
        if (way == QLatin1String("drop")) {
            const QString path = workbench.folder.filePath(QStringLiteral("key.pem"));
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
            file.close();
            QMimeData data;
            data.setUrls({QUrl::fromLocalFile(path)});
            QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&dialog, &enter);
            QVERIFY(enter.isAccepted());
            QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&dialog, &drop);
        } else {
            workbench.find<QPlainTextEdit>("keyText").setPlainText(QString::fromUtf8(bytes));
        }
        if (locked) {
            QTRY_VERIFY(dialog.readings().needsPassphrase);
            QTest::keyClicks(&workbench.find<QLineEdit>("keyPassphrase"), QStringLiteral("open sesame"));
        }
        auto& import = workbench.find<QPushButton>("importKeys");
        QTRY_VERIFY(import.isEnabled());
        QTest::mouseClick(&import, Qt::LeftButton);
        const auto& stored = workbench.services.workspace().workspace().keys;
        QCOMPARE(stored.size(), std::size_t(1));
        QVERIFY(stored.front().publicJwk.find("\"d\"") == std::string::npos);
        QVERIFY(workbench.services.secrets().findSecret("key/" + stored.front().kid).has_value());
        QVERIFY(workbench.bench().sign()); // the shown token signs with it
        QCOMPARE(workbench.bench().current()->state().key.kid, stored.front().kid);
    }
};

QTEST_MAIN(TestTokenKeys)
#include "tst_tokenkeys.moc"

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/desk.h"
#include "support/testing.h"
#include "widgets/codeeditor.h"
#include "widgets/headerdiffview.h"

#include <QComboBox>
#include <QLineEdit>
#include <QRegularExpression>

using namespace claimsmith;
using namespace claimsmith::app;

/// The walk of the sample "login server", as a person does it: with the mouse and the keyboard, on the real window,
/// over real sockets. CLAIMSMITH_SHOTS=FOLDER saves a picture of each step in both themes.
class TestLoginServer : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void walk();
    void theKidRoute();

private:
    void typeClaims(const QString& json);
    QStringList changedHeaders() const;
    void shot(const QString& name);

    std::unique_ptr<Desk> m_desk;
};

void TestLoginServer::initTestCase()
{
    Desk::prepare();
}

void TestLoginServer::init()
{
    m_desk = std::make_unique<Desk>();
    QVERIFY(m_desk->open());
}

void TestLoginServer::cleanup()
{
    m_desk.reset();
}

void TestLoginServer::typeClaims(const QString& json)
{
    auto* claims = m_desk->find<CodeEditor>("claims");
    QVERIFY(claims != nullptr);
    claims->setFocus();
    QTest::keyClick(claims, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(claims, Qt::Key_Delete);
    QTest::keyClicks(claims, json);
}

QStringList TestLoginServer::changedHeaders() const
{
    const HeaderDiffModel& model = m_desk->find<HeaderDiffView>("upstreamTable")->differences();
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row)
        rows << model.index(row, HeaderDiffModel::NameColumn).data().toString() + QLatin1String(" by ") +
                    model.index(row, HeaderDiffModel::AuthorColumn).data().toString();
    return rows;
}

void TestLoginServer::shot(const QString& name)
{
    const QString folder = qEnvironmentVariable("CLAIMSMITH_SHOTS");
    if (folder.isEmpty())
        return;
    for (const auto scheme : {Appearance::Scheme::Dark, Appearance::Scheme::Light}) {
        Appearance appearance = Theme::instance().appearance();
        appearance.scheme = scheme;
        Theme::instance().setAppearance(appearance);
        QCoreApplication::processEvents();
        const QString theme = QLatin1String(scheme == Appearance::Scheme::Dark ? "dark" : "light");
        QVERIFY(m_desk->window().grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, name, theme)));
    }
}

void TestLoginServer::walk()
{
    QVERIFY(m_desk->choose(QStringLiteral("Call /api without token")));
    QVERIFY(m_desk->send());
    QCOMPARE(m_desk->status(), QStringLiteral("401 Unauthorized"));
    QCOMPARE(m_desk->title(), QStringLiteral("The request carries no token"));
    shot(QStringLiteral("1-no-token"));

    // One click signs a token for login_server_issuer and sends again.
    QVERIFY(m_desk->press("primaryRepair"));
    QCOMPARE(m_desk->status(), QStringLiteral("200 OK"));
    QVERIFY(m_desk->chooseTab("responseTabs", ResponsePane::UpstreamTab));
    const QStringList headers = changedHeaders();
    for (const char* name : {"X-Consumer-ID by jwt", "X-Consumer-Username by jwt", "X-Credential-Identifier by jwt"})
        QVERIFY2(headers.contains(QString::fromLatin1(name)), qPrintable(headers.join(QLatin1Char('\n'))));
    shot(QStringLiteral("2-signed"));

    // Another secret.
    auto* keys = m_desk->find<QComboBox>("signingKey");
    keys->setFocus();
    QTest::keyClick(keys, Qt::Key_End);
    emit keys->activated(keys->currentIndex());
    auto* secret = m_desk->find<QLineEdit>("signingSecret");
    QVERIFY(secret != nullptr);
    secret->setFocus();
    QTest::keyClicks(secret, QStringLiteral("not the secret of the credential"));
    QTest::keyClick(secret, Qt::Key_Return);
    QVERIFY(m_desk->send());
    QCOMPARE(m_desk->status(), QStringLiteral("401 Unauthorized"));
    QVERIFY(m_desk->chooseTab("responseTabs", ResponsePane::TraceTab));
    QCOMPARE(m_desk->title(), QStringLiteral("The signature does not match the key of login_server_issuer"));
    shot(QStringLiteral("3-other-secret"));
    QVERIFY(m_desk->press("primaryRepair"));
    QCOMPARE(m_desk->status(), QStringLiteral("200 OK"));
    m_desk->undo();
    QVERIFY(m_desk->send());
    QCOMPARE(m_desk->title(), QStringLiteral("The signature does not match the key of login_server_issuer"));
    QVERIFY(m_desk->press("primaryRepair"));
    QCOMPARE(m_desk->status(), QStringLiteral("200 OK"));

    // Another key.
    typeClaims(QStringLiteral(R"({"iss":"nobody","exp":"now+10m"})"));
    QVERIFY(m_desk->send());
    QCOMPARE(m_desk->title(), QStringLiteral("No consumer has the key nobody"));
    shot(QStringLiteral("4-other-key"));
    m_desk->undo();
    QVERIFY(m_desk->send());
    QCOMPARE(m_desk->status(), QStringLiteral("200 OK"));

    // An instant of the past.
    auto payload = m_desk->find<CodeEditor>("claims")->code();
    const auto expiry = payload.indexOf(QLatin1String("now+"));
    QVERIFY2(expiry > 0, qPrintable(payload));
    payload.replace(expiry, payload.indexOf(QLatin1Char('"'), expiry) - expiry, QStringLiteral("now-192s"));
    typeClaims(payload.simplified());
    QVERIFY(m_desk->send());
    QCOMPARE(m_desk->status(), QStringLiteral("401 Unauthorized"));
    // 192 s, or one more where a second begins between signing and checking.
    const QRegularExpression expired(QStringLiteral("^The token expired 3 min 1[23] s before this request$"));
    QVERIFY2(expired.match(m_desk->title()).hasMatch(), qPrintable(m_desk->title()));
    shot(QStringLiteral("5-expired"));
    QVERIFY(m_desk->press("primaryRepair"));
    QCOMPARE(m_desk->status(), QStringLiteral("200 OK"));
    m_desk->undo();
    QVERIFY(m_desk->send());
    QVERIFY2(expired.match(m_desk->title()).hasMatch(), qPrintable(m_desk->title()));

    m_desk->window().resize(1024, 680);
    shot(QStringLiteral("6-small"));
}

void TestLoginServer::theKidRoute()
{
    QVERIFY(m_desk->choose(QStringLiteral("Call /api-kid")));
    const workspace::Request request = m_desk->page().document().request();
    m_desk->page().document().change(RequestDocument::Field::Whole, QStringLiteral("without token"),
                                     [](workspace::Request& each) { each.auth = workspace::NoAuth{}; });
    QVERIFY(m_desk->send());
    QCOMPARE(m_desk->title(), QStringLiteral("The request carries no token"));
    QVERIFY(m_desk->press("primaryRepair"));
    QCOMPARE(m_desk->status(), QStringLiteral("200 OK"));
    m_desk->undo();
    m_desk->undo();
    QVERIFY(m_desk->page().document().request() == request);
}

QTEST_MAIN(TestLoginServer)
#include "tst_loginserver.moc"

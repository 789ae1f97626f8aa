// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/gatewaysession.h"
#include "bridge/services.h"
#include "bridge/workspacesession.h"
#include "panels/all.h"
#include "panels/requests/requestpage.h"
#include "panels/requests/requestspanel.h"
#include "platform/secretstore.h"
#include "shell/folderopener.h"
#include "shell/mainwindow.h"
#include "support/testing.h"
#include "theme/theme.h"
#include "widgets/accessible.h"
#include "widgets/chiplabel.h"
#include "widgets/codeeditor.h"
#include "widgets/headerdiffview.h"
#include "widgets/tabs.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTreeView>

#include <algorithm>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

constexpr int patience = 20'000; // milliseconds, for machines under load

/// The window on services of its own: free ports, no keychain, settings and sample in a folder that goes away.
class Desk
{
public:
    Desk()
        : m_settings(m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat),
          m_services(Services::Options{m_folder.path(), true, true,
                                       [](const QString&) { return std::unique_ptr<SecretStore>(); }}),
          m_opener(m_services.workspace(), m_services.secrets(), m_settings)
    {
        m_window = std::make_unique<MainWindow>([this](Navigator& navigator) { return m_services.context(navigator); },
                                                allPanels(), m_opener, m_settings);
        m_window->resize(1440, 900);
    }

    bool openSample() { return m_opener.openFreshSample(QStringLiteral("login_server"), true).hasValue(); }
    MainWindow& window() { return *m_window; }
    Services& services() { return m_services; }
    RequestsPanel& panel() { return *static_cast<RequestsPanel*>(m_window->panel(QStringLiteral("requests"))); }

private:
    QTemporaryDir m_folder;
    QSettings m_settings;
    Services m_services;
    FolderOpener m_opener;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace

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
    void chooseRequest(const QString& name);
    void send();
    void press(const char* name);
    void chooseTab(int tab);
    void typeClaims(const QString& json);
    void undo();
    QString status() const;
    QString title() const;
    QStringList changedHeaders() const;
    void shot(const QString& name);

    template <class Widget>
    Widget* find(const char* name) const
    {
        return m_desk->panel().current()->findChild<Widget*>(QString::fromLatin1(name));
    }

    std::unique_ptr<Desk> m_desk;
};

void TestLoginServer::initTestCase()
{
    installAccessibleFactory();
    Appearance appearance;
    appearance.scheme = Appearance::Scheme::Light;
    appearance.motion = Appearance::Motion::Off;
    Theme::instance().install(appearance);
}

void TestLoginServer::init()
{
    m_desk = std::make_unique<Desk>();
    QVERIFY(m_desk->openSample());
    m_desk->window().show();
    QVERIFY(QTest::qWaitForWindowExposed(&m_desk->window()));
    m_desk->window().activateWindow();
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->services().gateway().state(), GatewaySession::State::Running, patience);
    m_desk->window().showPanel(QStringLiteral("requests"));
}

void TestLoginServer::cleanup()
{
    m_desk.reset();
}

void TestLoginServer::chooseRequest(const QString& name)
{
    auto* tree = m_desk->panel().findChild<QTreeView*>(QStringLiteral("collectionTree"));
    QVERIFY(tree != nullptr);
    const auto found = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole, name, 1,
                                            Qt::MatchExactly | Qt::MatchRecursive);
    QVERIFY2(!found.isEmpty(), qPrintable(name));
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(found.front()).center());
    QCOMPARE(m_desk->panel().subject(), name);
}

void TestLoginServer::send()
{
    ResponsePane& pane = m_desk->panel().current()->response();
    QTRY_VERIFY_WITH_TIMEOUT(!pane.isRunning(), patience);
    auto* url = find<QWidget>("url");
    QTest::mouseClick(url, Qt::LeftButton);
    QTest::keyClick(url, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(pane.isRunning());
    QTRY_VERIFY_WITH_TIMEOUT(!pane.isRunning(), patience);
}

void TestLoginServer::press(const char* name)
{
    auto* button = find<QPushButton>(name);
    QVERIFY2(button != nullptr, name);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!m_desk->panel().current()->response().isRunning(), patience);
}

void TestLoginServer::chooseTab(int tab)
{
    auto* tabs = find<UnderlineTabs>("responseTabs");
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(tab).center());
    QCOMPARE(tabs->currentIndex(), tab);
}

void TestLoginServer::typeClaims(const QString& json)
{
    auto* claims = find<CodeEditor>("claims");
    QVERIFY(claims != nullptr);
    claims->setFocus();
    QTest::keyClick(claims, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(claims, Qt::Key_Delete);
    QTest::keyClicks(claims, json);
}

void TestLoginServer::undo()
{
    QTest::keyClick(find<QWidget>("url"), Qt::Key_Z, Qt::ControlModifier);
}

QString TestLoginServer::status() const
{
    const auto* pill = find<PillLabel>("status");
    return pill == nullptr ? QString() : pill->pill().text;
}

QString TestLoginServer::title() const
{
    const auto* label = find<QLabel>("explanationTitle");
    return label == nullptr ? QString() : label->text();
}

QStringList TestLoginServer::changedHeaders() const
{
    const HeaderDiffModel& model = find<HeaderDiffView>("upstreamTable")->differences();
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
    chooseRequest(QStringLiteral("Call /api without token"));
    send();
    QCOMPARE(status(), QStringLiteral("401 Unauthorized"));
    QCOMPARE(title(), QStringLiteral("The request carries no token"));
    shot(QStringLiteral("1-no-token"));

    // One click signs a token for login_server_issuer and sends again.
    press("primaryRepair");
    QCOMPARE(status(), QStringLiteral("200 OK"));
    chooseTab(ResponsePane::UpstreamTab);
    const QStringList headers = changedHeaders();
    for (const char* name : {"X-Consumer-ID by jwt", "X-Consumer-Username by jwt", "X-Credential-Identifier by jwt"})
        QVERIFY2(headers.contains(QString::fromLatin1(name)), qPrintable(headers.join(QLatin1Char('\n'))));
    shot(QStringLiteral("2-signed"));

    // Another secret.
    auto* keys = find<QComboBox>("signingKey");
    keys->setFocus();
    QTest::keyClick(keys, Qt::Key_End);
    emit keys->activated(keys->currentIndex());
    auto* secret = find<QLineEdit>("signingSecret");
    QVERIFY(secret != nullptr);
    secret->setFocus();
    QTest::keyClicks(secret, QStringLiteral("not the secret of the credential"));
    QTest::keyClick(secret, Qt::Key_Return);
    send();
    QCOMPARE(status(), QStringLiteral("401 Unauthorized"));
    chooseTab(ResponsePane::TraceTab);
    QCOMPARE(title(), QStringLiteral("The signature does not match the key of login_server_issuer"));
    shot(QStringLiteral("3-other-secret"));
    press("primaryRepair");
    QCOMPARE(status(), QStringLiteral("200 OK"));
    undo();
    send();
    QCOMPARE(title(), QStringLiteral("The signature does not match the key of login_server_issuer"));
    press("primaryRepair");
    QCOMPARE(status(), QStringLiteral("200 OK"));

    // Another key.
    typeClaims(QStringLiteral(R"({"iss":"nobody","exp":"now+10m"})"));
    send();
    QCOMPARE(title(), QStringLiteral("No consumer has the key nobody"));
    shot(QStringLiteral("4-other-key"));
    undo();
    send();
    QCOMPARE(status(), QStringLiteral("200 OK"));

    // An instant of the past.
    auto payload = find<CodeEditor>("claims")->code();
    const auto expiry = payload.indexOf(QLatin1String("now+"));
    QVERIFY2(expiry > 0, qPrintable(payload));
    payload.replace(expiry, payload.indexOf(QLatin1Char('"'), expiry) - expiry, QStringLiteral("now-192s"));
    typeClaims(payload.simplified());
    send();
    QCOMPARE(status(), QStringLiteral("401 Unauthorized"));
    QCOMPARE(title(), QStringLiteral("The token expired 3 min 12 s before this request"));
    shot(QStringLiteral("5-expired"));
    press("primaryRepair");
    QCOMPARE(status(), QStringLiteral("200 OK"));
    undo();
    send();
    QCOMPARE(title(), QStringLiteral("The token expired 3 min 12 s before this request"));

    m_desk->window().resize(1024, 680);
    shot(QStringLiteral("6-small"));
}

void TestLoginServer::theKidRoute()
{
    chooseRequest(QStringLiteral("Call /api-kid"));
    const workspace::Request request = m_desk->panel().current()->document().request();
    m_desk->panel().current()->document().change(RequestDocument::Field::Whole, QStringLiteral("without token"),
                                                 [](workspace::Request& each) { each.auth = workspace::NoAuth{}; });
    send();
    QCOMPARE(title(), QStringLiteral("The request carries no token"));
    press("primaryRepair");
    QCOMPARE(status(), QStringLiteral("200 OK"));
    undo();
    undo();
    QVERIFY(m_desk->panel().current()->document().request() == request);
}

QTEST_MAIN(TestLoginServer)
#include "tst_loginserver.moc"

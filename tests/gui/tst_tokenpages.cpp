// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/gatewaysession.h"
#include "gui/workbench.h"
#include "jose/generate.h"
#include "panels/tokens/attack/attackmodel.h"
#include "panels/tokens/attack/attackpage.h"
#include "panels/tokens/compare/comparepage.h"
#include "panels/tokens/jwe/jwepage.h"
#include "panels/tokens/jwks/jwkspage.h"
#include "panels/tokens/newkey.h"
#include "support/rawserver.h"
#include "theme/theme.h"
#include "widgets/chiplabel.h"
#include "widgets/encodedtokenedit.h"

#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>

using namespace claimsmith;
using namespace claimsmith::app;

using State = AttackCell::State;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for machines under load

std::size_t count(const AttackMatrix& matrix, State state)
{
    return matrix.count(state);
}

const AttackCell* cellOf(const AttackMatrix& matrix, std::string_view variant, std::size_t place)
{
    for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
        if (matrix.rows[row].variant && matrix.rows[row].variant->id == variant)
            return &matrix.cells[row][place];
    }
    return nullptr;
}

} // namespace

class TestTokenPages final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        Appearance appearance;
        appearance.scheme = Appearance::Scheme::Light;
        Theme::instance().install(appearance);
    }

    /// Our own verifier takes the genuine token and nothing else, but for one made for another use: it is told no typ.
    void attackingOffline()
    {
        Workbench workbench;
        QTRY_COMPARE(workbench.bench().verdict().outcome, Verdict::Outcome::Good);
        workbench.bench().setClaim("aud", "\"api\""); // else nothing tells a token for somebody else
        QTest::mouseClick(&workbench.find<QPushButton>("attackLab"), Qt::LeftButton);
        auto& page = workbench.find<AttackPage>("attackPage");
        auto& targets = workbench.find<QComboBox>("attackTarget");
        targets.setCurrentIndex(targets.findData(QStringLiteral("verifier")));
        emit targets.activated(targets.currentIndex());
        QTest::mouseClick(&workbench.find<QPushButton>("startAttack"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!page.run().isRunning() && page.run().done() > 0, patience);
        const AttackMatrix& matrix = page.run().matrix();
        QCOMPARE(page.run().done(), matrix.total());
        QCOMPARE(count(matrix, State::Expected), std::size_t(1));
        for (std::size_t row = 0; row < matrix.rows.size(); ++row)
            QVERIFY2(matrix.cells[row].front().isTrouble() ==
                         (matrix.rows[row].variant && matrix.rows[row].variant->id == "typ-other"),
                     qPrintable(matrix.rows[row].title()));
    }

    /// The matrix against a route of the running gateway: what jwt of the sample does not look at is found, and mended.
    void attackingARoute()
    {
        Workbench workbench({1368, 832}, true);
        QTRY_VERIFY_WITH_TIMEOUT(workbench.services.gateway().state() == GatewaySession::State::Running, patience);
        QTRY_COMPARE(workbench.bench().verdict().outcome, Verdict::Outcome::Good);
        workbench.panel->runAction(QStringLiteral("tokens.attack"));
        auto& page = workbench.find<AttackPage>("attackPage");
        page.runPrimary(); // Ctrl Enter
        QTRY_VERIFY_WITH_TIMEOUT(!page.run().isRunning() && page.run().done() == page.run().matrix().total(), patience);
        const AttackMatrix& matrix = page.run().matrix();
        QVERIFY(count(matrix, State::Expected) >= 1);
        QCOMPARE(cellOf(matrix, "alg-none", 0)->state, State::Refused);
        const AttackCell* early = cellOf(matrix, "nbf-future", 0);
        QVERIFY(early);
        QCOMPARE(early->state, State::Accepted);
        QCOMPARE(early->status, 200);
        QVERIFY(early->request.startsWith(QStringLiteral("GET /api")));
        QVERIFY(early->answer.startsWith(QStringLiteral("200")));
        // The request that is shown cannot be sent again: its signature is cut.
        QVERIFY(!early->request.contains(QString::fromStdString(workbench.token())));

        auto& table = workbench.find<QTableView>("attackMatrix");
        auto& model = *static_cast<AttackModel*>(table.model());
        for (int row = 0; row < model.rowCount(); ++row) {
            const AttackRow* each = model.rowAt(model.index(row, 1));
            if (each && each->variant && each->variant->id == "nbf-future")
                table.setCurrentIndex(model.index(row, 1));
        }
        QTest::mouseClick(&workbench.find<QPushButton>("applyFix"), Qt::LeftButton);
        QTRY_VERIFY(workbench.services.gatewayDocument().text().find("- nbf") != std::string::npos);
        QTRY_VERIFY_WITH_TIMEOUT(!page.run().isRunning() && page.run().done() == page.run().matrix().total(), patience);
        QCOMPARE(cellOf(page.run().matrix(), "nbf-future", 0)->state, State::Refused);
    }

    void otherServersAreAskedAboutFirst()
    {
        Workbench workbench;
        workbench.panel->runAction(QStringLiteral("tokens.attack"));
        auto& page = workbench.find<AttackPage>("attackPage");
        page.takeUrl(QStringLiteral("https://attack.invalid/api"));
        page.runPrimary();
        QVERIFY(!page.run().isRunning());
        auto* question = workbench.panel->findChild<QMessageBox*>(QStringLiteral("attackQuestion"));
        QVERIFY(question && question->isVisible());
        QVERIFY2(question->text().contains(QStringLiteral("attack.invalid")), qPrintable(question->text()));
        question->reject();
        QVERIFY(!page.run().isRunning());
        QCOMPARE(page.run().done(), std::size_t(0));
        test::RawServer server({"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"});
        page.takeUrl(QStringLiteral("http://127.0.0.1:%1/").arg(server.port()));
        page.runPrimary(); // this machine's own: without a question
        QVERIFY(page.run().isRunning());
        QTRY_VERIFY(page.run().done() > 0);
        QVERIFY(page.cancel()); // Esc
        QVERIFY(!page.run().isRunning());
    }

    void keySets()
    {
        test::RawServer server({"HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 15\r\n\r\n"
                                "{\"keys\": [{}]} "});
        Workbench workbench;
        workbench.panel->runAction(QStringLiteral("tokens.keySets"));
        auto& page = workbench.find<JwksPage>("jwksPage");
        QVERIFY(page.isVisible());
        auto& url = workbench.find<QLineEdit>("keySetUrl");
        QTest::keyClicks(&url, QStringLiteral("http://127.0.0.1:%1/jwks.json").arg(server.port()));
        QTest::keyClick(&url, Qt::Key_Return);
        QTRY_COMPARE(workbench.bench().keySets().sets().size(), std::size_t(1));
        QTRY_VERIFY(shownTexts(page).contains(QStringLiteral("Cache-Control: max-age=60")));
        QTRY_VERIFY(shownTexts(page).contains(QStringLiteral("Key 1 has no kid")));
        QTest::mouseClick(&workbench.find<QPushButton>("useKeySet"), Qt::LeftButton);
        QVERIFY(workbench.bench().current()->state().key.kind == KeyKind::JwksUrl);
    }

    /// Never by itself: the token's own address is shown, and fetched when a person says so.
    void theTokensOwnKeyUrl()
    {
        test::RawServer server({"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"keys\": []}"});
        Workbench workbench;
        const std::string address = "http://127.0.0.1:" + std::to_string(server.port()) + "/keys";
        workbench.bench().setHeader("jku", '"' + address + '"');
        KeyChoice choice;
        choice.kind = KeyKind::JwksUrl;
        workbench.bench().setKey(choice);
        QTest::mouseClick(&workbench.find<QPushButton>("fetchFromToken"), Qt::LeftButton);
        auto* question = workbench.panel->findChild<QMessageBox*>(QStringLiteral("fetchQuestion"));
        QVERIFY(question);
        QVERIFY(question->informativeText().contains(QString::fromStdString(address)));
        QCOMPARE(server.connections(), 0);
        for (QAbstractButton* button : question->buttons()) {
            if (question->buttonRole(button) == QMessageBox::AcceptRole)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QTRY_COMPARE(server.connections(), 1);
    }

    /// There and back: the shown token is encrypted, pasted elsewhere, opened, and is the same again.
    void encryptingAndDecrypting()
    {
        Workbench workbench;
        const auto key =
            jose::generateKey(jose::KeySpec{jose::KeyType::Okp, "X25519", "enc", {}}, {.bits = 0, .id = "box"});
        CLAIMSMITH_VERIFY_RESULT(key);
        CLAIMSMITH_VERIFY_RESULT(keepNewKey(workbench.context, {*key, {}, usualPlace(workbench.context.secrets)}));
        const std::string inner = workbench.token();
        workbench.panel->runAction(QStringLiteral("tokens.encrypt"));
        QCOMPARE(workbench.find<QComboBox>("jweKey").currentText(), QStringLiteral("box"));
        QCOMPARE(workbench.find<QPlainTextEdit>("jweContent").toPlainText().toStdString(), inner);
        auto& page = workbench.find<JwePage>("jwePage");
        page.runPrimary();
        auto& encrypted = workbench.find<EncodedTokenEdit>("jweToken");
        QTRY_COMPARE(encrypted.token().count(u'.'), 4);

        QGuiApplication::clipboard()->setText(encrypted.token());
        QVERIFY(workbench.panel->cancel());
        workbench.panel->runAction(QStringLiteral("tokens.paste"));
        QTRY_VERIFY(workbench.panel->findChild<QPushButton*>(QStringLiteral("decryptToken")));
        QTest::mouseClick(&workbench.find<QPushButton>("decryptToken"), Qt::LeftButton);
        auto& open = workbench.find<QPushButton>("openInnerToken");
        QTRY_VERIFY(open.isEnabled());
        QCOMPARE(workbench.find<QPlainTextEdit>("jweContent").toPlainText().toStdString(), inner);
        QTest::mouseClick(&open, Qt::LeftButton);
        QCOMPARE(workbench.token(), inner);
    }

    void comparing()
    {
        Workbench workbench;
        const std::string first = workbench.token();
        workbench.bench().shelf().duplicate(workbench.bench().current()->recipe().id);
        workbench.bench().setClaim("sub", "\"suzy\"");
        workbench.bench().addClaim("aud");
        workbench.panel->runAction(QStringLiteral("tokens.compare"));
        QGuiApplication::clipboard()->setText(QStringLiteral("Bearer ") + QString::fromStdString(first));
        QTest::mouseClick(&workbench.find<QPushButton>("pasteOther"), Qt::LeftButton);
        auto& table = workbench.find<QTableWidget>("comparison");
        QStringList rows;
        for (int row = 0; row < table.rowCount(); ++row) {
            QStringList cells;
            for (const int column : {0, 1, 2, 3})
                cells += table.item(row, column) ? table.item(row, column)->text() : QString();
            rows += cells.join(u'|');
        }
        QVERIFY2(rows.contains(QStringLiteral("sub|suzy|bob|changed")), qPrintable(rows.join(u'\n')));
        QVERIFY2(rows.contains(QStringLiteral("aud|||removed")), qPrintable(rows.join(u'\n')));
        QVERIFY(!rows.join(u'\n').contains(QStringLiteral("iss|")));
    }

    void everythingHasAName_data()
    {
        QTest::addColumn<QString>("action");
        for (const char* action :
             {"tokens.attack", "tokens.keySets", "tokens.compare", "tokens.explain", "tokens.encrypt"})
            QTest::newRow(action) << QString::fromLatin1(action);
    }
    void everythingHasAName()
    {
        QFETCH(QString, action);
        Workbench workbench;
        workbench.panel->runAction(action);
        QStringList nameless;
        for (QWidget* widget : workbench.panel->findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy())
                continue;
            auto* interface = QAccessible::queryAccessibleInterface(widget);
            if (interface && interface->text(QAccessible::Name).isEmpty())
                nameless += QLatin1String(widget->metaObject()->className()) + u' ' + widget->objectName();
        }
        QCOMPARE(nameless, QStringList());
    }
};

QTEST_MAIN(TestTokenPages)
#include "tst_tokenpages.moc"

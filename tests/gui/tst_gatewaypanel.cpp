// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/entityform.h"
#include "panels/gateway/entitymodel.h"
#include "panels/gateway/problemsmodel.h"
#include "support/gatewaypanelfixture.h"
#include "support/testing.h"
#include "text/englishplurals.h"
#include "widgets/chiplabel.h"
#include "widgets/chiplistedit.h"
#include "widgets/codeeditor.h"
#include "widgets/schemaform.h"
#include "widgets/schemaformrow.h"

#include <QAccessible>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

const std::string sample = R"(_format_version: "3.0"
services:
- name: my-api-service
  url: http://localhost:3000
  routes:
  - name: api
    paths:
    - /api
    strip_path: true
    plugins:
    - name: jwt
      config:
        claims_to_verify:
        - exp
        key_claim_name: iss # the issuer
        run_on_preflight: true
        secret_is_base64: false
- name: httpbin
  url: http://localhost:8080/anything
  routes:
  - name: basicAuth
    paths:
    - /basicAuth
    plugins:
    - name: key-auth
      enabled: false
consumers:
- username: login_server_issuer
  jwt_secrets:
  - key: 1nzcMG9Xg7n1lLgmltHnkAmkt7yp4fjZ
    secret: ${{ env "DECK_LOGIN_SERVER_ISSUER" }}
- username: bob
)";

void type(QWidget* control, const char* text)
{
    control->setFocus();
    QTest::keyClick(control, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(control, QString::fromLatin1(text));
}

} // namespace

class TestGatewayPanel final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<GatewayPanelFixture> m;

    QWidget* control(const char* field) const
    {
        return m->panel.findChild<SchemaForm*>(QStringLiteral("entityForm"))->controlOf(field);
    }

    QPushButton* button(const char* name) const { return m->panel.findChild<QPushButton*>(QLatin1String(name)); }

    bool contains(const char* text) const { return m->document.text().find(text) != std::string::npos; }

    QModelIndex line(const char* name) const
    {
        const QAbstractItemModel* model = m->panel.findChild<QTreeView*>(QStringLiteral("entities"))->model();
        const QModelIndexList found = model->match(model->index(0, 0), Qt::DisplayRole, QString::fromLatin1(name), 1,
                                                   Qt::MatchExactly | Qt::MatchRecursive);
        return found.value(0);
    }

private slots:
    void initTestCase()
    {
        QCoreApplication::installTranslator(new EnglishPlurals(qApp));
        Theme::instance().install({});
    }

    void init()
    {
        m = std::make_unique<GatewayPanelFixture>(sample);
        m->secrets.setSecret("DECK_LOGIN_SERVER_ISSUER", SecretBytes(std::string("not-a-real-secret")));
        QVERIFY(m->document.snapshot());
    }

    void cleanup() { m.reset(); }

    void picture()
    {
        const QByteArray folder = qgetenv("CLAIMSMITH_SHOTS");
        if (folder.isEmpty())
            QSKIP("CLAIMSMITH_SHOTS names no folder for pictures");
        type(control("/config/maximum_expiration"), "31622400");
        for (const bool dark : {false, true}) {
            Appearance look;
            look.scheme = dark ? Appearance::Scheme::Dark : Appearance::Scheme::Light;
            Theme::instance().setAppearance(look);
            QCoreApplication::processEvents();
            const QString name =
                QString::fromLocal8Bit(folder) + (dark ? QStringLiteral("/dark.png") : QStringLiteral("/light.png"));
            QVERIFY(m->panel.grab().save(name));
        }
        Theme::instance().setAppearance({});
        const auto shot = [&](const char* entity, const char* name, QSize size = {1368, 832}) {
            m->panel.resize(size);
            m->panel.openLink({Link::Kind::Entity, entity});
            QTest::qWait(50);
            m->panel.grab().save(QString::fromLocal8Bit(folder) + QLatin1Char('/') + QLatin1String(name));
        };
        shot("/services/0", "service.png");
        shot("/services/0/routes/0", "route.png");
        shot("/consumers/0/jwt_secrets/0", "credential.png");
        shot("/services/0/routes/0/plugins/0", "small.png", {1024 - 48, 680 - 68});
    }

    void formBecomesTextAndKeepsComments()
    {
        type(control("/config/maximum_expiration"), "600");
        QVERIFY(contains("maximum_expiration: 600"));
        QVERIFY(contains("key_claim_name: iss # the issuer"));
        QVERIFY(m->panel.findChild<CodeEditor*>(QStringLiteral("kongYml"))
                    ->code()
                    .contains(QStringLiteral("maximum_expiration: 600")));
        QVERIFY(m->gateway.snapshot() == m->document.snapshot()); // applied at once
        m->document.undo();
        QCOMPARE(m->document.text(), sample); // one step for all keys
    }

    void textBecomesFormAfterAPause()
    {
        auto* editor = m->panel.findChild<CodeEditor*>(QStringLiteral("kongYml"));
        const int at = editor->code().indexOf(QStringLiteral("iss #"));
        editor->setFocus();
        editor->SendScintilla(QsciScintilla::SCI_SETSEL, static_cast<unsigned long>(at), static_cast<long>(at + 3));
        QTest::keyClicks(editor, QStringLiteral("kid"));
        QTRY_COMPARE(qobject_cast<QLineEdit*>(control("/config/key_claim_name"))->text(), QStringLiteral("kid"));
    }

    void errorsAreSaidAtFieldLineAndList()
    {
        type(control("/config/maximum_expiration"), "31622400");
        auto* table = m->panel.findChild<QTableView*>(QStringLiteral("problems"));
        QVERIFY(table->isVisible());
        const QAbstractItemModel* model = table->model();
        QCOMPARE(model->index(0, ProblemsModel::Message).data().toString(),
                 QStringLiteral("maximum_expiration must be between 0 and 31536000"));
        QCOMPARE(model->index(0, ProblemsModel::Entity).data().toString(), QStringLiteral("jwt on route api"));
        QVERIFY(model->index(0, ProblemsModel::Where).data().toString().startsWith(QStringLiteral("kong.yml:")));
        QCOMPARE(model->index(0, ProblemsModel::Fix).data().toString(), QStringLiteral("Set 31536000"));
        QVERIFY(control("/config/maximum_expiration")
                    ->accessibleDescription()
                    .contains(QStringLiteral("Must be between 0 and 31536000 (365 days).")));
        QVERIFY(line("jwt").data(EntityModel::SeverityRole).isValid());
        QVERIFY(m->gateway.snapshot() != nullptr); // the last good one goes on

        const QRect cell = table->visualRect(model->index(0, ProblemsModel::Fix));
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell.center());
        QVERIFY(contains("maximum_expiration: 31536000"));
        QVERIFY(m->document.snapshot());
    }

    void fixesAreNotCutByTheScrollBar()
    {
        std::string many = "_format_version: \"3.0\"\nservices:\n- name: a\n  url: http://localhost\n  routes:\n";
        for (int i = 0; i < 12; ++i)
            many += "  - name: r" + std::to_string(i) + "\n    paths: [/r" + std::to_string(i) +
                    "]\n    plugins:\n    - {name: jwt, config: {claims_to_verify: [exp]}}\n";
        m->document.setText(many, QStringLiteral("Type"));
        auto* table = m->panel.findChild<QTableView*>(QStringLiteral("problems"));
        QTRY_VERIFY(table->verticalScrollBar()->isVisible());
        const QRect cell = table->visualRect(table->model()->index(0, ProblemsModel::Fix));
        QCOMPARE(cell.right(), table->viewport()->rect().right());
    }

    void theHeaderOfAPluginFits()
    {
        m->panel.resize(1368, 832);
        m->document.setText("_format_version: \"3.0\"\nplugins:\n- name: proxy-cache\n  config: {strategy: memory}\n",
                            QStringLiteral("Type"));
        m->panel.openLink({Link::Kind::Entity, "/plugins/0"});
        QStringList texts;
        const auto chips = m->panel.findChild<EntityForm*>()->findChildren<ChipLabel*>();
        for (const ChipLabel* chip : chips) {
            if (!chip->isVisible())
                continue;
            texts << chip->chip().text;
            QVERIFY2(chip->width() >= chip->sizeHint().width(), qPrintable(chip->chip().text));
        }
        QVERIFY2(texts.contains(QStringLiteral("access, response phases")), qPrintable(texts.join(u'|')));
    }

    void theStarMeansThatSomethingMustBeEntered()
    {
        m->document.setText("_format_version: \"3.0\"\nplugins:\n- name: request-transformer\n"
                            "services:\n- name: a\n  url: http://localhost\n",
                            QStringLiteral("Type"));
        m->panel.openLink({Link::Kind::Entity, "/plugins/0"});
        const auto rows = m->panel.findChildren<SchemaFormRow*>();
        QVERIFY(rows.size() > 10);
        for (const SchemaFormRow* row : rows)
            QVERIFY2(!row->label()->isRequired(), row->pointer().c_str());
        m->document.setText("_format_version: \"3.0\"\n"
                            "consumers:\n- username: a\n  basicauth_credentials:\n  - username: u\n    password: p\n",
                            QStringLiteral("Type"));
        m->panel.openLink({Link::Kind::Entity, "/consumers/0/basicauth_credentials/0"});
        const auto fields = m->panel.findChildren<SchemaFormRow*>();
        const auto name = std::ranges::find_if(
            fields, [](const SchemaFormRow* row) { return !row->isHidden() && row->pointer() == "/username"; });
        QVERIFY(name != fields.end());
        QVERIFY((*name)->label()->isRequired());
    }

    void walkingTheProblemsLeadsToThem()
    {
        type(control("/config/maximum_expiration"), "31622400");
        m->panel.openLink({Link::Kind::Entity, "/consumers/1"});
        m->panel.runAction(QStringLiteral("gateway.nextProblem"));
        m->panel.runAction(QStringLiteral("gateway.previousProblem"));
        QCOMPARE(m->panel.subject(), QStringLiteral("jwt"));
    }

    void addsAndDeletesWithUndo()
    {
        m->panel.runAction(QStringLiteral("gateway.addConsumer"));
        QVERIFY(contains("- username: new-consumer"));
        QCOMPARE(m->panel.subject(), QStringLiteral("new-consumer"));
        auto* tree = m->panel.findChild<QTreeView*>(QStringLiteral("entities"));
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_Delete);
        QVERIFY(!contains("new-consumer"));
        m->panel.undoStack()->undo();
        QVERIFY(contains("new-consumer"));
    }

    void credentialsKeepTheirSecretOutsideTheFile()
    {
        m->panel.openLink({Link::Kind::Entity, "/consumers/1"});
        auto* menu = m->panel.findChild<QTreeView*>(QStringLiteral("entities"))->parentWidget()->findChild<QMenu*>();
        emit menu->aboutToShow();
        QAction* add = nullptr;
        for (QAction* action : menu->actions()) {
            if (action->text().startsWith(QStringLiteral("JWT credential")))
                add = action;
        }
        QVERIFY(add);
        add->trigger();
        QVERIFY(contains("secret: ${{ env \"DECK_BOB_JWT\" }}"));
        QVERIFY(m->secrets.findSecret("DECK_BOB_JWT").has_value());
        QCOMPARE(m->secrets.findSecret("DECK_BOB_JWT")->size(), std::size_t{32});
        QVERIFY(m->document.snapshot());
    }

    void searchKeepsParents()
    {
        auto* search = m->panel.findChild<QLineEdit*>(QStringLiteral("entitySearch"));
        QTest::keyClicks(search, QStringLiteral("basicAuth"));
        QVERIFY(line("httpbin").isValid());
        QVERIFY(line("basicAuth").isValid());
        QVERIFY(!line("my-api-service").isValid());
    }

    void disabledPluginsAreMarked()
    {
        QCOMPARE(line("key-auth").data(EntityModel::EnabledRole).toBool(), false);
        auto* tree = m->panel.findChild<QTreeView*>(QStringLiteral("entities"));
        tree->setCurrentIndex(line("key-auth"));
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_Space);
        QCOMPARE(line("key-auth").data(EntityModel::EnabledRole).toBool(), true);
    }

    void typingKeepsTheTreeOpen()
    {
        m->panel.openLink({Link::Kind::Entity, "/services/0"});
        type(control("/name"), "renamed");
        QCOMPARE(m->panel.subject(), QStringLiteral("renamed"));
        auto* tree = m->panel.findChild<QTreeView*>(QStringLiteral("entities"));
        QVERIFY(tree->isExpanded(line("renamed")));
        QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("renamed"));
    }

    void changesWaitForApplyWhenItIsNotAutomatic()
    {
        m->document.setAppliesAutomatically(false);
        const auto before = m->gateway.snapshot();
        type(control("/config/maximum_expiration"), "600");
        QCOMPARE(m->gateway.snapshot(), before);
        QVERIFY(m->document.isChanged("/services/0/routes/0/plugins/0/config/maximum_expiration"));
        QTest::mouseClick(m->panel.findChild<QPushButton*>(QStringLiteral("apply")), Qt::LeftButton);
        QCOMPARE(m->gateway.snapshot(), m->document.snapshot());
        QVERIFY(!m->document.isChanged());
    }

    void restartingKeepsTheConfiguration()
    {
        GatewaySettings settings = m->gateway.settings();
        settings.proxyListen = settings.adminListen = "127.0.0.1:0";
        m->gateway.setSettings(settings);
        QTest::mouseClick(button("startStop"), Qt::LeftButton);
        QTRY_COMPARE(m->gateway.state(), GatewaySession::State::Running);
        QVERIFY(!m->gateway.proxyAddress().isEmpty());
        QSignalSpy states(&m->gateway, &GatewaySession::stateChanged);
        QTest::mouseClick(m->panel.findChild<QToolButton*>(QStringLiteral("restart")), Qt::LeftButton);
        QTRY_VERIFY(states.count() >= 2);
        QTRY_COMPARE(m->gateway.state(), GatewaySession::State::Running);
        QCOMPARE(m->gateway.snapshot(), m->document.snapshot());
        QCOMPARE(button("startStop")->text(), QStringLiteral("Stop"));
        QTest::mouseClick(button("startStop"), Qt::LeftButton);
        QTRY_COMPARE(m->gateway.state(), GatewaySession::State::Stopped);
    }

    void aChangeOnDiskAtOtherLinesIsMerged()
    {
        type(control("/config/maximum_expiration"), "600");
        m->document.takeFromDisk(sample, "# theirs\n" + sample);
        QVERIFY(contains("# theirs"));
        QVERIFY(contains("maximum_expiration: 600"));
        QVERIFY(m->panel.findChild<QWidget*>(QStringLiteral("gatewayMessage"))->isVisible());
    }

    void aChangeOnDiskAtTheSameLineIsAsked_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("text");
        QTest::newRow("the file wins") << "useTheFile"
                                       << "key_claim_name: azp";
        QTest::newRow("the window wins") << "keepMine"
                                         << "key_claim_name: kid";
    }
    void aChangeOnDiskAtTheSameLineIsAsked()
    {
        QFETCH(QString, answer);
        QFETCH(QString, text);
        type(control("/config/key_claim_name"), "kid");
        std::string disk = sample;
        disk.replace(disk.find("key_claim_name: iss"), 19, "key_claim_name: azp");
        m->document.takeFromDisk(sample, disk);
        QVERIFY(contains("key_claim_name: kid")); // nothing is lost before the answer
        auto* message = m->panel.findChild<QWidget*>(QStringLiteral("gatewayMessage"));
        QVERIFY(message->isVisible());
        QTest::mouseClick(m->panel.findChild<QPushButton*>(answer), Qt::LeftButton);
        QVERIFY(contains(qPrintable(text)));
        QVERIFY(!message->isVisible());
        if (answer == QLatin1String("useTheFile")) {
            m->document.undo();
            QVERIFY(contains("key_claim_name: kid"));
        }
    }

    void exportsTheTextAsItIs()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("out.yml"));
        QTest::mouseClick(button("exportDeck"), Qt::LeftButton);
        auto* dialog = m->panel.findChild<QFileDialog*>();
        QVERIFY(dialog);
        dialog->selectFile(path);
        dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(path);
        QTest::keyClick(dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit")), Qt::Key_Return);
        QFile file(path);
        QTRY_VERIFY(file.exists());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().toStdString(), sample);
        QVERIFY(m->panel.findChild<QWidget*>(QStringLiteral("gatewayMessage"))->isVisible());
    }

    void anExportThatFailsSaysWhy()
    {
        m->panel.exportFile(QStringLiteral("/nowhere/at/all/kong.yml"));
        const auto* message = m->panel.findChild<QWidget*>(QStringLiteral("gatewayMessage"));
        QVERIFY(message->isVisible());
        QCOMPARE(m->document.text(), sample);
    }

    void narrowWindowsShowFormOrText()
    {
        m->panel.resize(1100, 700);
        auto* form = m->panel.findChild<SchemaForm*>(QStringLiteral("entityForm"));
        auto* code = m->panel.findChild<CodeEditor*>(QStringLiteral("kongYml"));
        QVERIFY(form->isVisible());
        QVERIFY(!code->isVisible());
    }

    void everyControlHasAName()
    {
        for (const char* entity : {"/services/0", "/services/0/routes/0", "/services/0/routes/0/plugins/0",
                                   "/consumers/0", "/consumers/0/jwt_secrets/0"}) {
            m->panel.openLink({Link::Kind::Entity, entity});
            const auto widgets = m->panel.findChildren<QWidget*>();
            for (const QWidget* widget : widgets) {
                if (!widget->isVisible() || (widget->focusPolicy() & Qt::TabFocus) == 0 || widget->focusProxy())
                    continue;
                const QAccessibleInterface* face = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
                QVERIFY2(!face->text(QAccessible::Name).isEmpty(),
                         qPrintable(QString::fromLatin1(entity) + QLatin1Char(' ') +
                                    QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') +
                                    widget->objectName()));
            }
        }
    }
};

QTEST_MAIN(TestGatewayPanel)
#include "tst_gatewaypanel.moc"

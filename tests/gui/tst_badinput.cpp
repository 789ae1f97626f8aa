// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/problemsmodel.h"
#include "support/gatewaypanelfixture.h"
#include "support/testing.h"
#include "text/errortext.h"
#include "widgets/codeeditor.h"
#include "widgets/messages.h"
#include "widgets/schemaform.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTcpServer>
#include <QTemporaryDir>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

const std::string good = R"(_format_version: "3.0"
services:
- name: api
  url: http://localhost:3000
  routes:
  - name: api
    paths: [/api]
    plugins:
    - name: jwt
      config:
        claims_to_verify: [exp, nbf]
)";

QString textsOf(const QWidget* widget)
{
    QStringList texts;
    const auto labels = widget->findChildren<QLabel*>();
    for (const QLabel* label : labels)
        texts.append(label->text());
    return texts.join(QLatin1Char('\n'));
}

} // namespace

/// What somebody gets for input that cannot work: a message with the place and what helps, and nothing lost.
class TestBadInput final : public QObject
{
    Q_OBJECT

private:
    static CodeEditor* code(const GatewayPanelFixture& fixture)
    {
        return fixture.panel.findChild<CodeEditor*>(QStringLiteral("kongYml"));
    }

    static QWidget* message(const GatewayPanelFixture& fixture, const char* name)
    {
        return fixture.panel.findChild<MessageBar*>(QString::fromLatin1(name));
    }

    static QPushButton* button(const QWidget* bar, const QString& text)
    {
        const auto buttons = bar->findChildren<QPushButton*>();
        for (QPushButton* candidate : buttons) {
            if (candidate->text() == text)
                return candidate;
        }
        return nullptr;
    }

private slots:
    void initTestCase() { Theme::instance().install({}); }

    void kongYml_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("fix");
        QTest::newRow("a wrong type") << "paths: [/api]"
                                      << "paths: /api"
                                      << "paths must be a list"
                                      << "kong.yml:7"
                                      << "Add /api";
        QTest::newRow("an unknown field") << "  url:"
                                          << "  colour: red\n  url:"
                                          << "colour is not a field that the gateway knows"
                                          << "kong.yml:4"
                                          << "Remove colour";
        QTest::newRow("a field mistyped") << "claims_to_verify"
                                          << "claims_to_verfiy"
                                          << "claims_to_verfiy is not a field that the gateway knows"
                                          << "kong.yml:11"
                                          << "Rename to claims_to_verify";
        QTest::newRow("an unknown plugin") << "name: jwt"
                                           << "name: jvt"
                                           << "The gateway has no plugin jvt"
                                           << "kong.yml:9"
                                           << "";
    }

    void kongYml()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, message);
        QFETCH(QString, fix);
        GatewayPanelFixture fixture(good);
        const auto running = fixture.gateway.snapshot();
        QVERIFY(running);
        const QString text = QString::fromStdString(good).replace(from, to);
        fixture.document.setText(text.toStdString(), QStringLiteral("Type"));

        const QAbstractItemModel* problems = fixture.panel.findChild<QTableView*>(QStringLiteral("problems"))->model();
        const QModelIndexList found =
            problems->match(problems->index(0, 0), Qt::DisplayRole, message, 1, Qt::MatchExactly);
        QVERIFY2(!found.isEmpty(), qPrintable(problems->index(0, 0).data().toString()));
        QTEST(found.first().siblingAtColumn(ProblemsModel::Where).data().toString(), "place");
        QTEST(found.first().siblingAtColumn(ProblemsModel::Fix).data().toString(), "fix");
        QCOMPARE(code(fixture)->code(), text);
        QCOMPARE(fixture.gateway.snapshot(), running); // the gateway goes on with what it had

        if (fix.isEmpty())
            return;
        auto* table = fixture.panel.findChild<QTableView*>(QStringLiteral("problems"));
        table->setCurrentIndex(found.first());
        QTest::keyClick(table, Qt::Key_Return, Qt::AltModifier);
        QVERIFY(fixture.document.snapshot());
    }

    void textThatDoesNotParse()
    {
        GatewayPanelFixture fixture(good);
        CodeEditor* editor = code(fixture);
        editor->setFocus();
        editor->SendScintilla(QsciScintilla::SCI_DOCUMENTEND);
        QTest::keyClicks(editor, QStringLiteral("plugins: [jwt"));
        QTRY_VERIFY(!fixture.document.parses());
        const QWidget* bar = message(fixture, "formMessage");
        QVERIFY(bar->isVisible());
        QVERIFY2(textsOf(bar).contains(QStringLiteral("kong.yml does not parse: line ")), qPrintable(textsOf(bar)));
        QVERIFY(button(bar, QStringLiteral("Go to line")));

        // The form shows the last good value and takes nothing.
        auto* form = fixture.panel.findChild<SchemaForm*>(QStringLiteral("entityForm"));
        auto* field = qobject_cast<QLineEdit*>(form->controlOf("/config/key_claim_name"));
        QVERIFY(field && field->isReadOnly());
        QVERIFY(editor->code().endsWith(QStringLiteral("plugins: [jwt")));
        QTest::keyClicks(editor, QStringLiteral("]"));
        QTRY_VERIFY(fixture.document.parses());
        QVERIFY(editor->code().endsWith(QStringLiteral("plugins: [jwt]")));
        QVERIFY(!field->isReadOnly());
    }

    void portInUse()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const QString port = QString::number(other.serverPort());
        GatewayPanelFixture fixture(good);
        fixture.gateway.setSettings({"127.0.0.1:" + port.toStdString(), "127.0.0.1:0", 1, {}});
        QTest::mouseClick(fixture.panel.findChild<QPushButton*>(QStringLiteral("startStop")), Qt::LeftButton);
        QTRY_COMPARE(fixture.gateway.state(), GatewaySession::State::Failed);
        const QWidget* bar = message(fixture, "gatewayMessage");
        QTRY_VERIFY(bar->isVisible());
        QVERIFY2(textsOf(bar).contains(QStringLiteral("Port %1 is used by another program").arg(port)),
                 qPrintable(textsOf(bar)));
        QVERIFY(button(bar, QStringLiteral("Use port %1").arg(other.serverPort() + 10)));

        other.close();
        QTest::mouseClick(button(bar, QStringLiteral("Try again")), Qt::LeftButton);
        QTRY_COMPARE(fixture.gateway.state(), GatewaySession::State::Running);
        QVERIFY(!bar->isVisible());
        fixture.gateway.stop();
        QTRY_COMPARE(fixture.gateway.state(), GatewaySession::State::Stopped);
    }

    void workspaceThatCannotBeRead_data()
    {
        QTest::addColumn<QByteArray>("file"); // null: not even the folder, empty: not the file
        QTest::addColumn<QString>("says");
        QTest::newRow("no such folder") << QByteArray() << "missing is not a folder";
        QTest::newRow("a folder without a workspace")
            << QByteArray("") << "holds no workspace.json. Choose the folder of a workspace, or make a new one";
        QTest::newRow("not JSON") << QByteArray("{\"format\": 1,\n oops") << "workspace.json:2:2";
        QTest::newRow("a value of another type") << QByteArray(R"({"format": 1, "id": 7, "name": "a"})")
                                                 << "workspace.json:1:21 holds a number where a string belongs";
        QTest::newRow("from a later version")
            << QByteArray(R"({"format": 99, "id": "7d0f3c52-0f0e-4b8e-9a55-1c1f6f0b7a10", "name": "a"})")
            << "was written by a later version of Claimsmith (format 99). Nothing was changed";
    }

    void workspaceThatCannotBeRead()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, says);
        QTemporaryDir folder;
        const QString path = file.isNull() ? folder.filePath(QStringLiteral("missing")) : folder.path();
        QFile written(folder.filePath(QStringLiteral("workspace.json")));
        if (!file.isEmpty())
            QVERIFY(written.open(QIODevice::WriteOnly) && written.write(file) == file.size());
        written.close();
        GatewayPanelFixture fixture(good);
        const auto opened = fixture.workspace.open(path);
        QVERIFY(!opened.hasValue());
        const QString text = errorText(opened.error());
        QVERIFY2(text.contains(says), qPrintable(text));
        QVERIFY2(text.contains(path), qPrintable(text));
        QVERIFY(!fixture.workspace.isOpen());
        QCOMPARE(fixture.document.text(), good); // what was open stays open
        if (!file.isEmpty()) {
            QVERIFY(written.open(QIODevice::ReadOnly));
            QCOMPARE(written.readAll(), file); // and what could not be read stays as it is
        }
    }

    void importThatCannotBeRead()
    {
        QTemporaryDir folder;
        GatewayPanelFixture fixture(good);
        fixture.panel.importFile(folder.filePath(QStringLiteral("missing.yml")));
        QVERIFY(textsOf(message(fixture, "gatewayMessage")).contains(QStringLiteral("missing.yml cannot be read")));
        QCOMPARE(fixture.document.text(), good);
    }
};

QTEST_MAIN(TestBadInput)
#include "tst_badinput.moc"

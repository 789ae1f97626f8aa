// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenspanel.h"

#include "base/base64.h"
#include "bridge/services.h"
#include "bridge/workspacesession.h"
#include "document/json.h"
#include "jose/generate.h"
#include "jose/verify.h"
#include "panels/tokens/panerow.h"
#include "panels/tokens/sidelist.h"
#include "panels/tokens/tokenbench.h"
#include "platform/samples.h"
#include "support/testing.h"
#include "theme/theme.h"
#include "widgets/claimtable.h"
#include "widgets/codeeditor.h"
#include "widgets/encodedtokenedit.h"
#include "widgets/segment.h"

#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QUndoStack>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

class RecordingNavigator final : public Navigator
{
public:
    void openEntity(const std::string& pointer) override { entity = pointer; }
    void openToken(const std::string&) override {}
    void openRecipe(const std::string&) override {}
    void useRecipeInRequest(const std::string& recipe, bool send) override
    {
        used = recipe;
        sent = send;
    }
    void showPanel(const QString&) override {}

    std::string entity;
    std::string used;
    bool sent = false;
};

/// The login-server sample, open in a folder of its own, with the panel shown.
class Workbench final
{
public:
    explicit Workbench(QSize size = {1368, 832})
        : services({.dataFolder = {}, .startsGateway = false, .freePorts = true, .keychain = {}}),
          context(services.context(navigator))
    {
        auto created = createSample("login_server", (folder.path() + QStringLiteral("/sample")).toStdString());
        if (!created)
            qFatal("%s", created.error().toString().c_str());
        for (SampleSecret& each : created->secrets) {
            if (each.name == "DECK_LOGIN_SERVER_ISSUER")
                secret = std::string(each.value.view());
        }
        const auto opened = services.workspace().open(folder.path() + QStringLiteral("/sample"));
        if (!opened)
            qFatal("%s", opened.error().toString().c_str());
        for (SampleSecret& each : created->secrets)
            services.secrets().setSecret(each.name, std::move(each.value));
        panel = std::make_unique<TokensPanel>(context);
        panel->resize(size);
        panel->show();
        panel->bench().setZone(QTimeZone(3600));
    }

    template <class Widget>
    Widget& find(const char* name)
    {
        auto* found = panel->findChild<Widget*>(QLatin1String(name));
        if (!found)
            qFatal("no widget %s", name);
        return *found;
    }
    TokenBench& bench() { return panel->bench(); }
    std::string token() { return bench().current()->state().draft.token(); }
    jose::VerificationReport verified(const std::string& with) const
    {
        jose::VerifyOptions options;
        options.keys.push_back(jose::Key::fromSecret(SecretBytes(BytesView(with))));
        options.clock = &context.clock;
        return jose::verify(panel->bench().current()->state().draft.token(), options);
    }

    QTemporaryDir folder;
    RecordingNavigator navigator;
    Services services;
    AppContext context;
    std::string secret;
    std::unique_ptr<TokensPanel> panel;
};

constexpr const char* foreignToken =
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290I"
    "jp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

} // namespace

class TestTokensPanel final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        Appearance appearance;
        appearance.scheme = Appearance::Scheme::Light;
        Theme::instance().install(appearance);
    }

    void theSampleTokenIsSignedAndAccepted()
    {
        Workbench workbench;
        QVERIFY(workbench.bench().current());
        QTRY_COMPARE(workbench.bench().verdict().outcome, Verdict::Outcome::Good);
        QVERIFY(workbench.verified(workbench.secret).isValid());
        QCOMPARE(workbench.bench().verdict().sentence, QStringLiteral("as consumer login_server_issuer"));
        QCOMPARE(workbench.find<EncodedTokenEdit>("encodedToken").token().toStdString(), workbench.token());
    }

    void craftingByHand()
    {
        Workbench workbench;
        QTRY_COMPARE(workbench.bench().verdict().outcome, Verdict::Outcome::Good);
        auto& table = workbench.find<ClaimTable>("claimTable");
        const int row = table.claims().rowOf(QStringLiteral("sub"));
        table.setCurrentIndex(table.claims().index(row, ClaimModel::ValueColumn));
        QTest::keyClick(&table, Qt::Key_F2);
        auto* editor = table.findChild<QLineEdit*>();
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("suzy"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(*workbench.bench().current()->state().draft.claims().find("sub")->asString(), std::string("suzy"));
        QVERIFY(workbench.find<CodeEditor>("payloadEditor").code().contains(QStringLiteral("\"sub\": \"suzy\"")));
        QVERIFY(workbench.verified(workbench.secret).isValid());

        QTest::mouseClick(&workbench.find<QPushButton>("lifetime3600"), Qt::LeftButton);
        QCOMPARE(qint64(*workbench.bench().times().expires - *workbench.bench().times().issuedAt), qint64(3600));
        const auto* recipe = workbench.services.workspace().workspace().findToken("login_server_issuer");
        QVERIFY(recipe->payload.find("\"now+1h\"") != std::string::npos);
        workbench.panel->undoStack()->undo();
        QCOMPARE(qint64(*workbench.bench().times().expires - *workbench.bench().times().issuedAt), qint64(600));
        workbench.panel->undoStack()->undo();
        QCOMPARE(*workbench.bench().current()->state().draft.claims().find("sub")->asString(), std::string("bob"));
        QVERIFY(workbench.verified(workbench.secret).isValid());
    }

    void typingInThePayload()
    {
        Workbench workbench;
        auto& editor = workbench.find<CodeEditor>("payloadEditor");
        const std::string before = workbench.token();
        editor.setCode(QStringLiteral("{\"iss\": \"1nzcMG9Xg7n1lLgmltHnkAmkt7yp4fjZ\", \"n\": 1.0"));
        emit editor.edited();
        QCOMPARE(workbench.token(), before);
        QVERIFY(workbench.bench().current()->state().draft.error(TokenDraft::Pane::Payload).has_value());
        editor.setCode(editor.code() + u'}');
        emit editor.edited();
        QVERIFY(workbench.token() != before);
        QVERIFY(workbench.verified(workbench.secret).rung(jose::RungId::Signature).state == jose::RungState::Passed);
        const std::string token = workbench.token();
        const std::string payload = token.substr(token.find('.') + 1, token.rfind('.') - token.find('.') - 1);
        QCOMPARE(fromBase64Url(payload).value_or(""),
                 std::string("{\"iss\":\"1nzcMG9Xg7n1lLgmltHnkAmkt7yp4fjZ\",\"n\":1.0}"));
    }

    void aPastedTokenIsLookedAtNotSigned()
    {
        Workbench workbench;
        const auto saved = workbench.services.workspace().workspace().tokens.size();
        QGuiApplication::clipboard()->setText(QStringLiteral("Bearer ") + QString::fromLatin1(foreignToken));
        workbench.panel->runAction(QStringLiteral("tokens.paste"));
        QCOMPARE(workbench.token(), std::string(foreignToken));
        QCOMPARE(workbench.services.workspace().workspace().tokens.size(), saved);
        QCOMPARE(workbench.bench().verdict().outcome, Verdict::Outcome::Bad);
        QVERIFY(!workbench.find<QPushButton>("sendToken").isEnabled());
        auto& list = workbench.find<SideList>("tokenList");
        QCOMPARE(list.rows().rowCount(), static_cast<int>(saved) + 1);
    }

    void garbageKeepsTheToken()
    {
        Workbench workbench;
        const std::string before = workbench.token();
        auto& edit = workbench.find<EncodedTokenEdit>("encodedToken");
        edit.selectAll();
        QTest::keyClicks(&edit, QStringLiteral("hello"));
        QCOMPARE(edit.token(), QStringLiteral("hello"));
        QCOMPARE(workbench.token(), before);
        QVERIFY(workbench.bench().current()->state().draft.error(TokenDraft::Pane::Encoded).has_value());
        workbench.panel->undoStack()->undo();
        QCOMPARE(edit.token().toStdString(), before);
    }

    void aKeyOfTheWrongKindIsExplained()
    {
        Workbench workbench;
        workbench.find<Segment>("keyKind").setCurrentIndex(static_cast<int>(KeyKind::Pem));
        const auto key = jose::generateKey(jose::Algorithm::ES256);
        CLAIMSMITH_VERIFY_RESULT(key);
        auto& edit = workbench.find<QPlainTextEdit>("pemEdit");
        const SecretBytes pem = key->privateKey()->pem();
        edit.setPlainText(QString::fromUtf8(pem.view().data(), static_cast<qsizetype>(pem.size())));
        QVERIFY(!workbench.bench().sign());
        QVERIFY(workbench.bench().signingProblem()->code == jose::JoseErrorCode::KeyOfOtherType);
        QVERIFY(edit.toPlainText().isEmpty()); // a private key becomes a chip
        workbench.bench().setAlgorithm("ES256");
        QVERIFY(workbench.bench().sign());

        TypedKeys typed;
        const std::string publicPem = key->publicKey()->publicPem();
        typed.pem = std::make_shared<const SecretBytes>(SecretBytes(BytesView(publicPem)));
        workbench.bench().setTypedKeys(std::move(typed));
        QVERIFY(!workbench.bench().sign());
        QVERIFY(workbench.bench().signingProblem()->code == jose::JoseErrorCode::KeyNotPrivate);
        workbench.bench().setRoute({});
        QCOMPARE(workbench.bench().verdict().outcome, Verdict::Outcome::Good);
    }

    void whatTheRouteSays_data()
    {
        QTest::addColumn<QString>("edit");
        QTest::addColumn<QString>("line");
        QTest::newRow("expired") << "exp"
                                 << "exp is in the past";
        QTest::newRow("unknown key") << "iss"
                                     << "No consumer has the key nobody";
        QTest::newRow("changed after signing") << "sub"
                                               << "Signature does not match";
    }
    void whatTheRouteSays()
    {
        QFETCH(QString, edit);
        Workbench workbench;
        QTRY_COMPARE(workbench.bench().verdict().outcome, Verdict::Outcome::Good);
        if (edit == QLatin1String("exp")) {
            workbench.bench().setLifetime(0);
        } else if (edit == QLatin1String("iss")) {
            workbench.bench().setClaim("iss", "\"nobody\"");
        } else {
            workbench.bench().setResigns(false);
            workbench.bench().setClaim("sub", "\"mallory\"");
        }
        const Verdict& verdict = workbench.bench().verdict();
        QCOMPARE(verdict.outcome, Verdict::Outcome::Bad);
        const auto failed = std::find_if(verdict.checks.begin(), verdict.checks.end(),
                                         [](const CheckLine& line) { return line.state == CheckLine::State::Failed; });
        QVERIFY(failed != verdict.checks.end());
        QTEST(failed->text, "line");
    }

    void handingOver()
    {
        Workbench workbench;
        QTest::mouseClick(&workbench.find<QPushButton>("sendToken"), Qt::LeftButton);
        QCOMPARE(workbench.navigator.used, std::string("login_server_issuer"));
        QVERIFY(workbench.navigator.sent);
    }

    void lowWindowsHaveTabs()
    {
        Workbench workbench({952, 612});
        QVERIFY(workbench.panel->findChild<PaneRow*>()->isTabbed());
        workbench.panel->resize(1368, 890);
        QTRY_VERIFY(!workbench.panel->findChild<PaneRow*>()->isTabbed());
    }

    void everythingHasAName()
    {
        Workbench workbench;
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

QTEST_MAIN(TestTokensPanel)
#include "tst_tokenspanel.moc"

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenspanel.h"

#include "base/base64.h"
#include "bridge/gatewaydocument.h"
#include "bridge/requestsender.h"
#include "bridge/services.h"
#include "bridge/workspacesession.h"
#include "document/json.h"
#include "jose/generate.h"
#include "jose/verify.h"
#include "panels/tokens/generatekeydialog.h"
#include "panels/tokens/panerow.h"
#include "panels/tokens/sidelist.h"
#include "panels/tokens/tokenbench.h"
#include "platform/samples.h"
#include "platform/secretstore.h"
#include "support/testing.h"
#include "theme/theme.h"
#include "widgets/claimtable.h"
#include "widgets/codeeditor.h"
#include "widgets/encodedtokenedit.h"
#include "widgets/segment.h"

#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QThreadPool>
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

SecretService::KeychainMaker noKeychain()
{
    return [](const QString&) { return std::unique_ptr<SecretStore>(); };
}

/// The login-server sample, open in a folder of its own, with the panel shown.
class Workbench final
{
public:
    explicit Workbench(QSize size = {1368, 832})
        : services({.dataFolder = {}, .startsGateway = false, .freePorts = true, .keychain = noKeychain()}),
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

QString shownTexts(const QWidget& widget)
{
    QStringList texts;
    const auto labels = widget.findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        if (label->isVisible())
            texts << label->text();
    }
    return texts.join(QLatin1Char('\n'));
}

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

    /// What the panel shows is what a request carries: octet for octet, white space and all.
    void thePanelSignsWhatARequestCarries_data()
    {
        QTest::addColumn<std::string>("payload");
        const auto row = [](const char* title, std::string payload) { QTest::newRow(title) << std::move(payload); };
        row("compact", R"({"iss":"joe","n":1.0,"e":"\u00e9"})");
        row("with white space", "{\n  \"iss\": \"joe\",\n  \"n\": 1.0 }\n");
        row("a name twice", R"({"iss":"joe","iss":"ann"})");
    }
    void thePanelSignsWhatARequestCarries()
    {
        QFETCH(std::string, payload);
        Workbench workbench;
        workspace::TokenRecipe recipe = workbench.services.workspace().workspace().tokens.front();
        recipe.payload = payload;
        workbench.services.workspace().putToken(recipe);
        workbench.bench().shelf().select(recipe.id);
        const auto sent = workbench.context.sender.signToken(recipe);
        CLAIMSMITH_VERIFY_RESULT(sent);
        QCOMPARE(workbench.token(), *sent);

        workbench.bench().setClaim("iss", "\"bob\"");
        const auto& saved = *workbench.services.workspace().workspace().findToken(recipe.name);
        const auto again = workbench.context.sender.signToken(saved);
        CLAIMSMITH_VERIFY_RESULT(again);
        QCOMPARE(workbench.token(), *again);
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
        const QString said = shownTexts(*workbench.panel);
        QVERIFY2(said.contains(QStringLiteral("A signed token has three parts, this text has 1.")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("Copy it again from its first to its last character")), qPrintable(said));
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
        const QString said = shownTexts(*workbench.panel);
        QVERIFY2(said.contains(QStringLiteral("HS256 signs with a shared secret, this is an EC key.")),
                 qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("Choose an algorithm of that key, or enter the secret under Secret.")),
                 qPrintable(said));
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

    /// A signature that fails is examined by itself, and the button mends it.
    void autopsyOfATypedSecret()
    {
        Workbench workbench;
        auto& bench = workbench.bench();
        bench.setRoute({});
        KeyChoice choice;
        choice.kind = KeyKind::Secret;
        bench.setKey(choice);
        TypedKeys typed;
        typed.secret =
            std::make_shared<const SecretBytes>(SecretBytes(BytesView("c2VjcmV0LW9mLXRoaXJ0eS10d28tYnl0ZXMh")));
        bench.setTypedKeys(typed);
        choice.encoding = workspace::SecretEncoding::Base64;
        bench.setKey(choice);
        QCOMPARE(bench.verdict().outcome, Verdict::Outcome::Good);
        bench.setResigns(false);
        choice.encoding = workspace::SecretEncoding::Text;
        bench.setKey(choice);
        QCOMPARE(bench.verdict().outcome, Verdict::Outcome::Bad);
        QTRY_VERIFY(bench.autopsyAdvice().has_value());
        QCOMPARE(bench.autopsyAdvice()->fix, AutopsyFix::SetEncoding);
        QTest::mouseClick(&workbench.find<QPushButton>("autopsyFix"), Qt::LeftButton);
        QTRY_COMPARE(bench.verdict().outcome, Verdict::Outcome::Good);
        QVERIFY(!bench.autopsyAdvice());
    }

    void autopsyOfACredential()
    {
        Workbench workbench;
        auto& bench = workbench.bench();
        QTRY_COMPARE(bench.verdict().outcome, Verdict::Outcome::Good);
        const auto octets = fromBase64Url(workbench.secret, Base64Rule::Lenient);
        QVERIFY(octets.has_value());
        TypedKeys typed;
        const std::string encoded = toBase64Url(*octets);
        typed.secret = std::make_shared<const SecretBytes>(SecretBytes(BytesView(encoded)));
        KeyChoice choice;
        choice.kind = KeyKind::Secret;
        choice.encoding = workspace::SecretEncoding::Base64Url;
        bench.setTypedKeys(typed);
        bench.setKey(choice);
        QCOMPARE(bench.verdict().outcome, Verdict::Outcome::Bad);
        QTRY_VERIFY(bench.autopsyAdvice().has_value());
        QCOMPARE(bench.autopsyAdvice()->fix, AutopsyFix::SetEncoding);
        QTest::mouseClick(&workbench.find<QPushButton>("autopsyFix"), Qt::LeftButton);
        QTRY_VERIFY(workbench.services.gatewayDocument().text().find("secret_is_base64: true") != std::string::npos);
        QTRY_COMPARE(bench.verdict().outcome, Verdict::Outcome::Good);
    }

    void autopsyNamesTheKeyThatSigned()
    {
        Workbench workbench;
        auto& bench = workbench.bench();
        QTRY_COMPARE(bench.verdict().outcome, Verdict::Outcome::Good);
        bench.setRoute({});
        bench.setResigns(false);
        KeyChoice choice;
        choice.kind = KeyKind::Secret;
        TypedKeys typed;
        typed.secret = std::make_shared<const SecretBytes>(SecretBytes(BytesView("another secret of the same length")));
        bench.setTypedKeys(typed);
        bench.setKey(choice);
        QTRY_VERIFY(bench.autopsyAdvice().has_value());
        QCOMPARE(bench.autopsyAdvice()->fix, AutopsyFix::UseKey);
        QVERIFY(bench.autopsyAdvice()->sentence.contains(QStringLiteral("login_server_issuer")));
        QTest::mouseClick(&workbench.find<QPushButton>("autopsyFix"), Qt::LeftButton);
        QTRY_COMPARE(bench.verdict().outcome, Verdict::Outcome::Good);
    }

    void autopsyOfAChangedToken()
    {
        Workbench workbench;
        auto& bench = workbench.bench();
        QTRY_COMPARE(bench.verdict().outcome, Verdict::Outcome::Good);
        bench.setResigns(false);
        bench.setClaim("sub", "\"mallory\"");
        QTRY_VERIFY(bench.autopsyAdvice().has_value());
        QCOMPARE(bench.autopsyAdvice()->fix, AutopsyFix::SignAgain);
        QTest::mouseClick(&workbench.find<QPushButton>("autopsyFix"), Qt::LeftButton);
        QTRY_COMPARE(bench.verdict().outcome, Verdict::Outcome::Good);
        QVERIFY(!workbench.find<QWidget>("autopsyAdvice").isVisible());
    }

    void generatingAKey()
    {
        Workbench workbench;
        QTest::mouseClick(&workbench.find<QPushButton>("generateKey"), Qt::LeftButton);
        auto& dialog = workbench.find<GenerateKeyDialog>("generateKeyDialog");
        QTRY_VERIFY(dialog.key().has_value());
        const std::string kid = dialog.key()->id();
        workbench.find<QCheckBox>("makesCredential").setChecked(true);
        QTest::mouseClick(&workbench.find<QPushButton>("saveKey"), Qt::LeftButton);
        const auto& stored = workbench.services.workspace().workspace().keys;
        QCOMPARE(stored.size(), std::size_t(1));
        QCOMPARE(stored.front().kid, kid);
        QVERIFY(stored.front().publicJwk.find("\"d\"") == std::string::npos);
        QVERIFY(workbench.services.secrets().findSecret("key/" + kid).has_value());
        const std::string& text = workbench.services.gatewayDocument().text();
        QVERIFY(text.find("- key: " + kid) != std::string::npos);
        QVERIFY(text.find("algorithm: ES256") != std::string::npos);
        QVERIFY(text.find("PRIVATE") == std::string::npos);
        QVERIFY(workbench.bench().sign());
    }

    void stoppingAKeyThatTakesLong()
    {
        Workbench workbench;
        GenerateKeyDialog dialog(workbench.bench());
        dialog.show();
        QTRY_VERIFY(dialog.key().has_value());
        auto& kinds = *dialog.findChild<SideList*>(QStringLiteral("keyKinds"));
        kinds.setCurrentId(QStringLiteral("1"));
        emit kinds.chosen(QStringLiteral("1"));
        dialog.findChild<Segment*>(QStringLiteral("keySize"))->setCurrentIndex(3); // 8192 bits: many seconds
        QVERIFY(!dialog.key());
        auto& button = *dialog.findChild<QPushButton*>(QStringLiteral("newValues"));
        QCOMPARE(button.text(), QStringLiteral("Stop"));
        QTest::mouseClick(&button, Qt::LeftButton);
        QCOMPARE(button.text(), QStringLiteral("New values"));
        QVERIFY(QThreadPool::globalInstance()->waitForDone(3000)); // the work has ended too
        QVERIFY(!dialog.key());
    }

    void theRouteSaysWhereItsCredentialIsNamed()
    {
        Workbench workbench;
        QTRY_VERIFY(!workbench.bench().routes().empty());
        for (const GuardedRoute& route : workbench.bench().routes()) {
            workbench.bench().setRoute(route.id);
            QCOMPARE(workbench.bench().keyClaim(), std::string(route.name == "api-kid" ? "kid" : "iss"));
        }
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
        auto* algorithm = workbench.panel->findChild<QComboBox*>(QStringLiteral("algorithm"));
        QVERIFY(!algorithm->isVisible()); // the header is behind a tab, and its buttons with it
        workbench.panel->resize(1368, 890);
        QTRY_VERIFY(algorithm->isVisible());
        QVERIFY(workbench.find<CodeEditor>("payloadEditor").isVisible());
        QVERIFY(workbench.find<ClaimTable>("claimTable").isVisible());
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

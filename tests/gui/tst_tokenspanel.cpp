// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenspanel.h"

#include "base/base64.h"
#include "document/json.h"
#include "gui/workbench.h"
#include "jose/generate.h"
#include "panels/tokens/craft/instantpicker.h"
#include "panels/tokens/generatekeydialog.h"
#include "panels/tokens/panerow.h"
#include "panels/tokens/sidelist.h"
#include "theme/theme.h"
#include "widgets/chiplabel.h"
#include "widgets/claimtable.h"
#include "widgets/codeeditor.h"
#include "widgets/encodedtokenedit.h"
#include "widgets/segment.h"

#include <QAccessible>
#include <QApplication>
#include <QCalendarWidget>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QThreadPool>
#include <QTimeEdit>
#include <QToolButton>
#include <QUndoStack>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

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

    /// The menu of "+" offers a token of each kind; what is made is saved, signed and named.
    void newTokenFromATemplate()
    {
        Workbench workbench;
        const auto saved = workbench.services.workspace().workspace().tokens.size();
        QTest::mouseClick(&workbench.find<QToolButton>("newToken"), Qt::LeftButton);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        auto* entry = menu->findChild<QAction*>(QStringLiteral("template-access-token"));
        QVERIFY(entry);
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(entry).center());
        QCOMPARE(workbench.services.workspace().workspace().tokens.size(), saved + 1);
        const auto& recipe = workbench.services.workspace().workspace().tokens.back();
        QVERIFY(recipe.header.find("at+jwt") != std::string::npos);
        QVERIFY(recipe.payload.find("\"now+10m\"") != std::string::npos);
        QCOMPARE(workbench.panel->subject(), QStringLiteral("OAuth access token"));
        QVERIFY(workbench.verified(workbench.secret).rung(jose::RungId::Signature).state == jose::RungState::Passed);
    }

    /// Alt Down opens a calendar for a time; what is chosen there stays as it is and does not follow the clock.
    void pickingATime()
    {
        Workbench workbench;
        auto& table = workbench.find<ClaimTable>("claimTable");
        const int row = table.claims().rowOf(QStringLiteral("exp"));
        table.setCurrentIndex(table.claims().index(row, ClaimModel::ValueColumn));
        QTest::keyClick(&table, Qt::Key_Down, Qt::AltModifier);
        QPointer<InstantPicker> picker = workbench.panel->findChild<InstantPicker*>();
        QVERIFY(picker);
        const auto before = *workbench.bench().times().expires;
        QCOMPARE(std::int64_t(picker->instant()), std::int64_t(before));
        picker->findChild<QTimeEdit*>(QStringLiteral("pickerTime"))->setTime(QTime(3, 4, 5));
        picker->findChild<QCalendarWidget*>(QStringLiteral("pickerCalendar"))->setSelectedDate(QDate(2040, 2, 1));
        QTest::mouseClick(picker->findChild<QPushButton*>(QStringLiteral("pickerSet")), Qt::LeftButton);
        QTRY_VERIFY(!picker);
        const QDateTime wanted(QDate(2040, 2, 1), QTime(3, 4, 5), QTimeZone(3600));
        QCOMPARE(qint64(*workbench.bench().times().expires), wanted.toSecsSinceEpoch());
        const auto* recipe = workbench.services.workspace().workspace().findToken("login_server_issuer");
        QVERIFY2(recipe->payload.find(std::to_string(wanted.toSecsSinceEpoch())) != std::string::npos,
                 recipe->payload.c_str());
        workbench.panel->undoStack()->undo();
        QCOMPARE(std::int64_t(*workbench.bench().times().expires), std::int64_t(before));
    }

    void expressionsForTimes_data()
    {
        QTest::addColumn<bool>("inTable");
        QTest::newRow("typed into the table") << true;
        QTest::newRow("typed into the payload") << false;
    }
    void expressionsForTimes()
    {
        QFETCH(bool, inTable);
        Workbench workbench;
        if (inTable) {
            auto& table = workbench.find<ClaimTable>("claimTable");
            emit table.valueTyped(table.claims().rowOf(QStringLiteral("exp")), QStringLiteral("now+25m"));
        } else {
            workbench.panel->activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(workbench.panel.get()));
            auto& editor = workbench.find<CodeEditor>("payloadEditor");
            editor.setFocus();
            editor.setCode(QStringLiteral("{\"iss\": \"1nzcMG9Xg7n1lLgmltHnkAmkt7yp4fjZ\", \"exp\": \"now+25m\"}"));
            emit editor.edited();
            workbench.find<EncodedTokenEdit>("encodedToken").setFocus();
        }
        QTRY_VERIFY(workbench.bench().times().expires.has_value());
        QVERIFY(std::abs(*workbench.bench().times().expires - workbench.bench().now() - 1500) <= 2);
        const auto* recipe = workbench.services.workspace().workspace().findToken("login_server_issuer");
        QVERIFY2(recipe->payload.find("\"now+25m\"") != std::string::npos, recipe->payload.c_str());
        QTRY_COMPARE(workbench.bench().verdict().outcome, Verdict::Outcome::Good);
    }

    /// The chip beside the name chooses how the token is written; verification goes on.
    void formsOfAToken()
    {
        Workbench workbench;
        workbench.bench().setRoute({});
        QTRY_COMPARE(workbench.bench().verdict().outcome, Verdict::Outcome::Good);
        QTest::mouseClick(&workbench.find<ChipLabel>("tokenForm"), Qt::LeftButton);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        auto* raw = menu->findChild<QAction*>(QStringLiteral("unencodedPayload"));
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(raw).center());
        QVERIFY(workbench.bench().current()->state().draft.isUnencoded());
        QVERIFY(workbench.token().find("..") != std::string::npos); // detached
        QCOMPARE(workbench.bench().verdict().outcome, Verdict::Outcome::Good);
        QCOMPARE(workbench.find<ChipLabel>("tokenForm").chip().text, QStringLiteral("JWS compact, detached"));
        workbench.bench().setForm({jose::Serialization::Flattened, false});
        QVERIFY(workbench.token().starts_with("{\"payload\":"));
        QCOMPARE(workbench.bench().verdict().outcome, Verdict::Outcome::Good);
        while (workbench.panel->undoStack()->canUndo())
            workbench.panel->undoStack()->undo();
        QVERIFY(workbench.verified(workbench.secret).isValid());
    }

    /// Never by itself: a header that says none is not signed and not stripped until it is asked for, and then says so.
    void unsecuredOnRequestOnly()
    {
        Workbench workbench;
        auto& editor = workbench.find<CodeEditor>("headerEditor");
        editor.setCode(QStringLiteral("{\"alg\": \"none\"}"));
        emit editor.edited();
        QVERIFY(!workbench.token().ends_with('.'));
        QVERIFY(workbench.bench().signingProblem().has_value());
        QTest::mouseClick(&workbench.find<QPushButton>("makeUnsecured"), Qt::LeftButton);
        QTRY_VERIFY(workbench.token().ends_with('.'));
        QVERIFY(!workbench.bench().signingProblem().has_value());
        QCOMPARE(workbench.find<PillLabel>("tokenState").pill().text, QStringLiteral("Unsecured"));
        QVERIFY(shownTexts(*workbench.panel).contains(QStringLiteral("Anybody can make this token.")));
        workbench.bench().setClaim("sub", "\"ann\""); // stays unsecured, without a complaint
        QVERIFY(workbench.token().ends_with('.') && !workbench.bench().signingProblem().has_value());
        workbench.bench().setAlgorithm("HS256");
        QVERIFY(workbench.verified(workbench.secret).isValid());
    }

    void nestingAndOpening()
    {
        Workbench workbench;
        const std::string inner = workbench.token();
        workbench.bench().nest();
        QVERIFY(!workbench.bench().current()->isSaved());
        QVERIFY(workbench.bench().carriesToken());
        QVERIFY(workbench.verified(workbench.secret).rung(jose::RungId::Signature).state == jose::RungState::Passed);
        workbench.bench().openInner();
        QCOMPARE(workbench.token(), inner);
    }

    void explaining()
    {
        Workbench workbench;
        workbench.panel->runAction(QStringLiteral("tokens.explain"));
        QTRY_VERIFY(shownTexts(*workbench.panel).contains(QStringLiteral("RFC 7519 §4.1.1")));
        QVERIFY(shownTexts(*workbench.panel).contains(QStringLiteral("Issuer")));
        QTest::mouseClick(&workbench.find<QPushButton>("copyExplanation"), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("| `iss` |")));
        QVERIFY(workbench.panel->cancel()); // Esc
        QVERIFY(workbench.find<EncodedTokenEdit>("encodedToken").isVisible());
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

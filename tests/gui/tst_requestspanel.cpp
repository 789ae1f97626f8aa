// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/gatewaydocument.h"
#include "gateway/trace.h"
#include "gui/desk.h"
#include "panels/requests/requesteditor.h"
#include "panels/requests/tracepane.h"
#include "shell/layoutpreferences.h"
#include "support/testing.h"
#include "widgets/buttons.h"
#include "widgets/codeeditor.h"
#include "widgets/keyvaluetable.h"
#include "widgets/label.h"
#include "widgets/segment.h"
#include "widgets/variableedit.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QRadioButton>
#include <QStandardPaths>
#include <QTableView>

#include <algorithm>

using namespace claimsmith;
using namespace claimsmith::app;
using workspace::BodyKind;

/// The Requests page, worked as a person does: the editor's tabs, sending, the answer's tabs, history and undo.
class TestRequestsPanel final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void paramsAndUrlAreOneThing();
    void headersAreSent();
    void bodiesAreSent_data();
    void bodiesAreSent();
    void credentialsAreSent_data();
    void credentialsAreSent();
    void whatIsMissingIsSaid_data();
    void whatIsMissingIsSaid();
    void variablesShowWhatTheyStandFor();
    void anUnknownVariableIsNotSent();
    void tabsOfTheAnswer();
    void aDirectRequestHasNoTrace();
    void theBodyIsFilteredAndSearched();
    void comparesWithTheLastGoodAnswer();
    void theResponseGoesBesideTheEditor();
    void historyLeadsBack();
    void undoAndRedo();
    void undoOfARepairKeepsWhatWasChangedSince();
    void aRepairThatCannotBeUndoneSaysSo();

private:
    const workspace::Request& request() { return desk->page().document().request(); }
    /// As the gateway got it.
    const http::RequestHead& sent() { return desk->response().trace().trace()->request; }
    QString answer() { return desk->find<CodeEditor>("responseText")->code(); }

    void typeRow(const char* table, const QString& name, const QString& value);
    void typeInto(const char* field, const QString& text);
    void chooseAuth(int kind);
    void chooseSegment(const char* segment, int index);
    void shot(const char* name);

    std::unique_ptr<Desk> desk;
};

void TestRequestsPanel::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    Desk::prepare();
}

void TestRequestsPanel::init()
{
    LayoutPreferences::instance().setResponsePlace(LayoutPreferences::ResponsePlace::Below);
    desk = std::make_unique<Desk>();
    QVERIFY(desk->open());
    QVERIFY(desk->choose(QStringLiteral("Log in"))); // a route that asks for nothing
}

void TestRequestsPanel::cleanup()
{
    desk.reset();
}

void TestRequestsPanel::typeRow(const char* name, const QString& key, const QString& value)
{
    auto* table = desk->find<KeyValueTable>(name);
    const auto cell = table->model()->index(table->model()->rowCount() - 1, KeyValueModel::NameColumn);
    table->scrollTo(cell);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(cell).center());
    auto* editor = table->findChild<VariableEdit*>();
    QVERIFY(editor != nullptr);
    QTest::keyClicks(editor, key);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_VERIFY(table->findChild<VariableEdit*>() != nullptr && table->findChild<VariableEdit*>() != editor);
    editor = table->findChild<VariableEdit*>();
    QTest::keyClicks(editor, value);
    QTest::keyClick(editor, Qt::Key_Return);
}

void TestRequestsPanel::typeInto(const char* name, const QString& text)
{
    auto* field = desk->find<QWidget>(name);
    QVERIFY2(field != nullptr, name);
    field->setFocus();
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(field, Qt::Key_Delete);
    QTest::keyClicks(field, text);
}

void TestRequestsPanel::chooseAuth(int kind)
{
    QVERIFY(desk->chooseTab("requestTabs", RequestEditor::AuthTab));
    auto* kinds = desk->find<QComboBox>("authKind");
    kinds->setFocus();
    QTest::keyClick(kinds, Qt::Key_Home);
    for (int i = 0; i < kind; ++i)
        QTest::keyClick(kinds, Qt::Key_Down);
    QCOMPARE(kinds->currentIndex(), kind);
    QCOMPARE(static_cast<int>(request().auth.index()), kind);
}

void TestRequestsPanel::chooseSegment(const char* name, int index)
{
    auto* segment = desk->find<Segment>(name);
    auto* part = segment->findChildren<QRadioButton*>().at(index);
    QTest::mouseClick(part, Qt::LeftButton, {}, part->rect().center());
    QCOMPARE(segment->currentIndex(), index);
}

/// With CLAIMSMITH_SHOTS=FOLDER: a picture of the window.
void TestRequestsPanel::shot(const char* name)
{
    const QString folder = qEnvironmentVariable("CLAIMSMITH_SHOTS");
    if (!folder.isEmpty())
        QVERIFY(desk->window().grab().save(QStringLiteral("%1/%2.png").arg(folder, QLatin1String(name))));
}

void TestRequestsPanel::paramsAndUrlAreOneThing()
{
    QVERIFY(desk->chooseTab("requestTabs", RequestEditor::ParamsTab));
    typeRow("params", QStringLiteral("user"), QStringLiteral("bob b"));
    auto* url = desk->find<VariableEdit>("url");
    QTRY_COMPARE(url->text(), QStringLiteral("{{gateway}}/log-in?user=bob%20b"));
    typeInto("url", QStringLiteral("{{gateway}}/log-in?user=suzy&page=2"));
    auto* table = desk->find<KeyValueTable>("params");
    QCOMPARE(table->rowsModel().rows().size(), std::size_t(2));
    const auto box = table->visualRect(table->model()->index(0, KeyValueModel::EnabledColumn));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, box.center());
    QTRY_COMPARE(url->text(), QStringLiteral("{{gateway}}/log-in?page=2"));
    QVERIFY(desk->send());
    QCOMPARE(sent().target, std::string("/log-in?page=2"));
}

void TestRequestsPanel::headersAreSent()
{
    QVERIFY(desk->chooseTab("requestTabs", RequestEditor::HeadersTab));
    typeRow("headers", QStringLiteral("X-Tried"), QStringLiteral("{{gateway}}"));
    QTRY_VERIFY(desk->find<KeyValueTable>("headers")->model()->rowCount() > 2); // automatic ones, mine, the empty one
    QVERIFY(desk->send());
    QCOMPARE(desk->status(), QStringLiteral("200 OK"));
    QCOMPARE(QString::fromUtf8(sent().headers.value("X-Tried").data(), 7), QStringLiteral("http://"));
}

void TestRequestsPanel::bodiesAreSent_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QString>("echoed");
    QTest::newRow("JSON") << int(BodyKind::Json) << QStringLiteral("bodyText") << QStringLiteral("{\"a\":1}")
                          << QByteArray("application/json") << QStringLiteral("{\\\"a\\\":1}");
    QTest::newRow("text") << int(BodyKind::Text) << QStringLiteral("bodyText") << QStringLiteral("plain words")
                          << QByteArray("text/plain") << QStringLiteral("plain words");
    QTest::newRow("a form") << int(BodyKind::Form) << QStringLiteral("bodyForm") << QStringLiteral("a&b")
                            << QByteArray("application/x-www-form-urlencoded") << QStringLiteral("field=a%26b");
    QTest::newRow("none") << int(BodyKind::None) << QString() << QString() << QByteArray() << QString();
}

void TestRequestsPanel::bodiesAreSent()
{
    QFETCH(int, kind);
    QFETCH(QString, field);
    QFETCH(QString, typed);
    QFETCH(QByteArray, contentType);
    QFETCH(QString, echoed);
    QVERIFY(desk->chooseTab("requestTabs", RequestEditor::BodyTab));
    chooseSegment("bodyKind", kind);
    if (kind == int(BodyKind::Form))
        typeRow("form", QStringLiteral("field"), typed);
    else if (!field.isEmpty())
        typeInto(qPrintable(field), typed);
    QVERIFY(desk->send());
    QCOMPARE(desk->status(), QStringLiteral("200 OK"));
    const std::string_view type = sent().headers.value("Content-Type");
    QVERIFY2(QByteArray(type.data(), qsizetype(type.size())).startsWith(contentType), qPrintable(answer()));
    QVERIFY2(answer().contains(echoed), qPrintable(answer()));
}

void TestRequestsPanel::credentialsAreSent_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QStringList>("fields"); // name and text in turns
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("expected");
    QTest::newRow("bearer") << 1 << QStringList{QStringLiteral("bearerToken"), QStringLiteral("abc")}
                            << QStringLiteral("Authorization") << QStringLiteral("Bearer abc");
    QTest::newRow("basic") << 2
                           << QStringList{QStringLiteral("basicUsername"), QStringLiteral("bob"),
                                          QStringLiteral("basicPassword"), QStringLiteral("pw")}
                           << QStringLiteral("Authorization") << QStringLiteral("Basic Ym9iOnB3");
    QTest::newRow("API key") << 3
                             << QStringList{QStringLiteral("apiKeyName"), QStringLiteral("X-Key"),
                                            QStringLiteral("apiKeyValue"), QStringLiteral("k1")}
                             << QStringLiteral("X-Key") << QStringLiteral("k1");
    QTest::newRow("signed JWT") << 4 << QStringList() << QStringLiteral("Authorization") << QStringLiteral("Bearer e");
}

void TestRequestsPanel::credentialsAreSent()
{
    QFETCH(int, kind);
    QFETCH(QStringList, fields);
    QFETCH(QString, place);
    QFETCH(QString, expected);
    chooseAuth(0);
    chooseAuth(kind);
    for (qsizetype i = 0; i + 1 < fields.size(); i += 2)
        typeInto(qPrintable(fields.at(i)), fields.at(i + 1));
    QVERIFY(desk->send());
    const std::string_view value = sent().headers.value(place.toStdString());
    QVERIFY2(QString::fromUtf8(value.data(), qsizetype(value.size())).startsWith(expected), std::string(value).c_str());
}

void TestRequestsPanel::whatIsMissingIsSaid_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("said");
    QTest::newRow("none") << 0 << QStringLiteral("Sent without credentials");
    QTest::newRow("bearer") << 1 << QStringLiteral("No token yet: enter one");
    QTest::newRow("basic") << 2 << QStringLiteral("No user name yet: enter one");
    QTest::newRow("API key") << 3 << QStringLiteral("No key yet: enter it");
    QTest::newRow("another secret") << 4
                                    << QStringLiteral(
                                           "Nothing to sign with yet: enter the secret, or unlock the keychain");
}

void TestRequestsPanel::whatIsMissingIsSaid()
{
    QFETCH(int, kind);
    QFETCH(QString, said);
    chooseAuth(0);
    chooseAuth(kind);
    if (kind == 4) {
        auto* keys = desk->find<QComboBox>("signingKey");
        keys->setFocus();
        QTest::keyClick(keys, Qt::Key_End);
        emit keys->activated(keys->currentIndex());
        QVERIFY(desk->find<QLineEdit>("signingSecret") != nullptr);
    }
    const auto* title = desk->find<ElidedLabel>("authMeaning");
    QVERIFY(title != nullptr);
    QTRY_COMPARE(title->text(), said);
}

void TestRequestsPanel::variablesShowWhatTheyStandFor()
{
    auto* url = desk->find<VariableEdit>("url");
    QVERIFY(url->text().startsWith(QStringLiteral("{{gateway}}")));
    const QString address = desk->services().gateway().proxyAddress();
    QTRY_COMPARE(desk->find<QLabel>("resolvedHost")->text(), address);
    QVERIFY(desk->send());
    QCOMPARE(QString::fromStdString(desk->response().trace().trace()->peer).section(QLatin1Char(':'), 0, 0),
             QStringLiteral("127.0.0.1"));
}

void TestRequestsPanel::anUnknownVariableIsNotSent()
{
    typeInto("url", QStringLiteral("{{gateway}}/{{nobody}}"));
    QVERIFY(desk->send());
    const auto labels = desk->response().findChildren<QLabel*>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
        return label->isVisible() && label->text() == QStringLiteral("{{nobody}} has no value");
    }));
    QCOMPARE(desk->services().gateway().requestCount(), quint64(0));
}

void TestRequestsPanel::tabsOfTheAnswer()
{
    QVERIFY(desk->send());
    struct View
    {
        ResponsePane::Tab tab;
        const char* shows;
    };
    for (const View& view :
         {View{ResponsePane::BodyTab, "responseText"}, View{ResponsePane::HeadersTab, "responseHeaders"},
          View{ResponsePane::UpstreamTab, "upstreamTable"}, View{ResponsePane::TraceTab, "traceSteps"}}) {
        QVERIFY(desk->chooseTab("responseTabs", view.tab));
        QVERIFY2(desk->find<QWidget>(view.shows)->isVisible(), view.shows);
    }
    QVERIFY(desk->chooseTab("responseTabs", ResponsePane::CookiesTab));
    QVERIFY(!desk->find<QWidget>("responseCookies")->isVisible()); // there are none
    QVERIFY(desk->chooseTab("responseTabs", ResponsePane::TimelineTab));
    QVERIFY(desk->chooseTab("responseTabs", ResponsePane::HeadersTab));
    auto* headers = desk->find<QTableView>("responseHeaders");
    QVERIFY(headers->model()->rowCount() > 3);
}

void TestRequestsPanel::aDirectRequestHasNoTrace()
{
    chooseSegment("via", 1);
    QCOMPARE(request().via, workspace::Via::Direct);
    QVERIFY(desk->send());
    auto* tabs = desk->find<UnderlineTabs>("responseTabs");
    QVERIFY(!tabs->isTabEnabled(ResponsePane::TraceTab));
    QVERIFY(!tabs->isTabEnabled(ResponsePane::UpstreamTab));
    QCOMPARE(tabs->tabToolTip(ResponsePane::TraceTab), QStringLiteral("Sent directly, no gateway took part"));
}

void TestRequestsPanel::theBodyIsFilteredAndSearched()
{
    QVERIFY(desk->send());
    const QString whole = answer();
    auto* footer = desk->find<ElidedLabel>("bodyFooter");
    typeInto("bodyFilter", QStringLiteral("$.method"));
    QTRY_COMPARE(answer().simplified(), QStringLiteral("[ \"POST\" ]"));
    QCOMPARE(footer->text(), QStringLiteral("1 value found"));
    typeInto("bodyFilter", QStringLiteral("$.method["));
    QTRY_COMPARE(footer->text(), QStringLiteral("The path is not finished"));
    shot("filter-error");
    QTest::keyClick(desk->find<QWidget>("bodyFilter"), Qt::Key_Escape);
    QTRY_COMPARE(answer(), whole);

    desk->find<QWidget>("responseText")->setFocus();
    QTest::keyClick(&desk->window(), Qt::Key_F, Qt::ControlModifier);
    auto* find = desk->find<QLineEdit>("find");
    QVERIFY(find->hasFocus());
    QTest::keyClicks(find, QStringLiteral("log-IN"));
    const auto hits = whole.count(QStringLiteral("log-in"));
    QVERIFY(hits > 1);
    QTRY_COMPARE(desk->find<QLabel>("findCount")->text(), QStringLiteral("%1 hits").arg(hits));
    auto* text = desk->find<CodeEditor>("responseText");
    QCOMPARE(text->selectedText(), QStringLiteral("log-in"));
    int first = 0;
    int second = 0;
    int column = 0;
    text->getCursorPosition(&first, &column);
    QTest::keyClick(find, Qt::Key_Return);
    text->getCursorPosition(&second, &column);
    QVERIFY(second > first);
    shot("found");
    QTest::keyClick(find, Qt::Key_Escape);
    QVERIFY(!find->isVisible());
}

void TestRequestsPanel::comparesWithTheLastGoodAnswer()
{
    QVERIFY(desk->choose(QStringLiteral("Call /api")));
    QVERIFY(desk->send());
    QCOMPARE(desk->status(), QStringLiteral("200 OK"));
    QVERIFY(!desk->find<IconButton>("compare")->isEnabled());
    chooseAuth(0);
    QVERIFY(desk->send());
    QCOMPARE(desk->status(), QStringLiteral("401 Unauthorized"));
    shot("compare-offered");
    auto* compare = desk->find<QPushButton>("compareWithGood");
    QCOMPARE(compare->text(), QStringLiteral("Compare with last 200"));
    QTest::mouseClick(compare, Qt::LeftButton);
    auto* table = desk->find<QTableView>("comparison");
    QVERIFY(table->isVisible());
    shot("compared");
    const auto row = [table](const QString& name) {
        const auto found =
            table->model()->match(table->model()->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly);
        return found.isEmpty() ? QStringList()
                               : QStringList{found[0].siblingAtColumn(1).data().toString(),
                                             found[0].siblingAtColumn(2).data().toString()};
    };
    QCOMPARE(row(QStringLiteral("Status")), QStringList({QStringLiteral("200"), QStringLiteral("401")}));
    QCOMPARE(row(QStringLiteral("Consumer")), QStringList({QStringLiteral("login_server_issuer"), QString()}));
    QCOMPARE(row(QStringLiteral("token header alg")), QStringList({QStringLiteral("\"HS256\""), QString()}));
    QTest::mouseClick(desk->find<IconButton>("closeComparison"), Qt::LeftButton);
    QVERIFY(!table->isVisible());
}

void TestRequestsPanel::theResponseGoesBesideTheEditor()
{
    QVERIFY(desk->send());
    auto* editor = &desk->page().editor();
    auto* response = &desk->response();
    const auto isBeside = [&] {
        return response->mapTo(&desk->page(), QPoint()).y() == editor->mapTo(&desk->page(), QPoint()).y();
    };
    QVERIFY(!isBeside());
    QTest::mouseClick(desk->find<IconButton>("responsePlace"), Qt::LeftButton);
    QTRY_VERIFY(isBeside());
    QVERIFY(response->width() > editor->width());
    QCOMPARE(LayoutPreferences::instance().responsePlace(), LayoutPreferences::ResponsePlace::Beside);
    shot("beside");
    QVERIFY(desk->chooseTab("responseTabs", ResponsePane::TraceTab));
    shot("beside-trace");
    desk->window().resize(1100, 800);
    QTRY_VERIFY(!isBeside());
    QVERIFY(!desk->find<IconButton>("responsePlace")->isVisible()); // no room, no choice
    desk->window().resize(1440, 900);
    QTRY_VERIFY(isBeside());
    QTest::mouseClick(desk->find<IconButton>("responsePlace"), Qt::LeftButton);
    QTRY_VERIFY(!isBeside());
    LayoutPreferences::instance().setResponsePlace(LayoutPreferences::ResponsePlace::ByWidth);
    QTRY_VERIFY(isBeside());
}

void TestRequestsPanel::historyLeadsBack()
{
    QVERIFY(desk->send());
    QVERIFY(desk->choose(QStringLiteral("Call /api")));
    QVERIFY(desk->send());
    auto* history = desk->panel().findChild<QListView*>(QStringLiteral("historyList"));
    QCOMPARE(history->model()->rowCount(), 2);
    QCOMPARE(history->model()->index(1, 0).data().toString(), QStringLiteral("/log-in"));
    QTest::mouseClick(history->viewport(), Qt::LeftButton, {},
                      history->visualRect(history->model()->index(1, 0)).center());
    QCOMPARE(desk->panel().subject(), QStringLiteral("Log in"));
}

void TestRequestsPanel::undoAndRedo()
{
    const workspace::Request before = request();
    typeInto("url", QStringLiteral("{{gateway}}/other"));
    chooseAuth(1);
    desk->undo();
    QVERIFY(request().auth == before.auth);
    QCOMPARE(request().url, std::string("{{gateway}}/other"));
    desk->undo();
    QVERIFY(request() == before);
    desk->redo();
    QCOMPARE(request().url, std::string("{{gateway}}/other"));
    QCOMPARE(desk->find<VariableEdit>("url")->text(), QStringLiteral("{{gateway}}/other"));
}

namespace {

/// The configuration refuses what the token says: its repair edits kong.yml.
gateway::Repair listLess()
{
    return {{"repair.open-plugin"},
            gateway::SetField{"/services/0/routes/1/plugins/0/config/key_claim_name", document::Value("sub")},
            true};
}

} // namespace

void TestRequestsPanel::undoOfARepairKeepsWhatWasChangedSince()
{
    GatewayDocument& document = desk->services().gatewayDocument();
    const std::string before = document.text();
    emit desk->response().repairChosen(listLess());
    QVERIFY(desk->waitForAnswer());
    QVERIFY(document.text() != before);
    document.setText("# mine\n" + document.text(), QStringLiteral("Edit kong.yml"));
    desk->undo();
    QCOMPARE(document.text(), "# mine\n" + before);
}

void TestRequestsPanel::aRepairThatCannotBeUndoneSaysSo()
{
    GatewayDocument& document = desk->services().gatewayDocument();
    emit desk->response().repairChosen(listLess());
    QVERIFY(desk->waitForAnswer());
    std::string mine = document.text();
    const std::string repaired = "key_claim_name: sub";
    mine.replace(mine.find(repaired), repaired.size(), "key_claim_name: sub # mine");
    document.setText(mine, QStringLiteral("Edit kong.yml"));
    desk->undo();
    QCOMPARE(document.text(), mine);
    QVERIFY(desk->find<QWidget>("responseMessage")->isVisible());
}

QTEST_MAIN(TestRequestsPanel)
#include "tst_requestspanel.moc"

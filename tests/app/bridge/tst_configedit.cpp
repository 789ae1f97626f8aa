// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/configedit.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

const std::string file = R"(# the services
_format_version: "3.0"
services:
- name: api # behind the login
  url: http://localhost:3000
  plugins:
  - name: jwt
    config: {claims_to_verify: [exp], realm: a}
consumers:
- username: bob
)";

}

class TestConfigEdit final : public QObject
{
    Q_OBJECT

private slots:
    void edits_data()
    {
        QTest::addColumn<QString>("edit");
        QTest::addColumn<QString>("present");
        QTest::addColumn<QString>("absent");
        QTest::newRow("a plain value") << "set-url"
                                       << "  url: http://127.0.0.1:1\n"
                                       << "3000";
        QTest::newRow("inside flow style") << "set-flow"
                                           << "nbf"
                                           << "";
        QTest::newRow("a member that is missing") << "set-new"
                                                  << "  retries: 3\n"
                                                  << "";
        QTest::newRow("the last plugin takes its list along") << "remove-plugin"
                                                              << ""
                                                              << "plugins";
        QTest::newRow("a renamed member stays in its place") << "rename"
                                                             << "  uri: http://localhost:3000\n"
                                                             << "url";
    }

    void edits()
    {
        QFETCH(QString, edit);
        QFETCH(QString, present);
        QFETCH(QString, absent);
        const std::map<QString, ConfigEdit> all{
            {QStringLiteral("set-url"), ConfigEdit::set("/services/0/url", "http://127.0.0.1:1")},
            {QStringLiteral("set-flow"), ConfigEdit::set("/services/0/plugins/0/config/claims_to_verify/-", "nbf")},
            {QStringLiteral("set-new"), ConfigEdit::set("/services/0/retries", 3)},
            {QStringLiteral("remove-plugin"), ConfigEdit::remove("/services/0/plugins/0")},
            {QStringLiteral("rename"), ConfigEdit::rename("/services/0/url", "uri")},
        };
        const auto text = applyEdits(file, {all.at(edit)});
        CLAIMSMITH_VERIFY_RESULT(text);
        QVERIFY2(text.value().find(present.toStdString()) != std::string::npos, text.value().c_str());
        if (!absent.isEmpty())
            QVERIFY2(text.value().find(absent.toStdString()) == std::string::npos, text.value().c_str());
        QVERIFY2(text.value().find("# the services\n") != std::string::npos, text.value().c_str());
        QVERIFY2(text.value().find("- name: api # behind the login\n") != std::string::npos, text.value().c_str());
    }

    void anEmptyFileBecomesADocument()
    {
        const auto text = applyEdits("", {ConfigEdit::set("/_format_version", "3.0"),
                                          ConfigEdit::set("/consumers/-", document::Object{{"username", "bob"}})});
        CLAIMSMITH_VERIFY_RESULT(text);
        QCOMPARE(text.value(), std::string("_format_version: \"3.0\"\nconsumers:\n- username: bob\n"));
    }

    void jsonStaysJson()
    {
        const auto text = applyEdits("{\"services\": [{\"name\": \"a\"}]}", {ConfigEdit::set("/services/0/name", "b")});
        CLAIMSMITH_VERIFY_RESULT(text);
        QVERIFY(text.value().find("\"name\": \"b\"") != std::string::npos);
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("pointer");
        QTest::newRow("no such place") << QString::fromStdString(file) << "/services/4/name";
        QTest::newRow("text that does not parse") << "services: ["
                                                  << "/services/0";
    }

    void refusals()
    {
        QFETCH(QString, text);
        QFETCH(QString, pointer);
        QVERIFY(!applyEdits(text.toStdString(), {ConfigEdit::remove(pointer.toStdString())}).hasValue());
    }

    void changes_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("a letter in the middle") << "abc"
                                                << "aXbc";
        QTest::newRow("the same letters") << "aaa"
                                          << "aa";
        QTest::newRow("halves of a letter are not cut")
            << QString::fromUtf8("n\u00e9e") << QString::fromUtf8("n\u00e8e");
        QTest::newRow("everything") << "abc"
                                    << "";
        QTest::newRow("nothing") << "abc"
                                 << "abc";
    }

    void changes()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const TextChange change = changeBetween(before.toStdString(), after.toStdString());
        QCOMPARE(QString::fromStdString(applied(before.toStdString(), change)), after);
        QCOMPARE(QString::fromStdString(reverted(after.toStdString(), change)), before);
        QCOMPARE(change.empty(), before == after);
        QCOMPARE(QString::fromUtf8(QByteArray::fromStdString(change.inserted)).toUtf8().toStdString(), change.inserted);
        QVERIFY(!QString::fromStdString(change.inserted).contains(QChar::ReplacementCharacter));
    }

    void merges_data()
    {
        QTest::addColumn<QString>("ours");
        QTest::addColumn<QString>("theirs");
        QTest::addColumn<QString>("merged");
        QTest::newRow("different lines") << "A\nb\nc\nd\n"
                                         << "a\nb\nc\nD\n"
                                         << "A\nb\nc\nD\n";
        QTest::newRow("the other way round") << "a\nb\nc\nD\n"
                                             << "A\nb\nc\nd\n"
                                             << "A\nb\nc\nD\n";
        QTest::newRow("only theirs") << "a\nb\nc\nd\n"
                                     << "a\nc\nd\n"
                                     << "a\nc\nd\n";
        QTest::newRow("only ours") << "a\nb\nc\nd\ne\n"
                                   << "a\nb\nc\nd\n"
                                   << "a\nb\nc\nd\ne\n";
        QTest::newRow("added at both ends") << "0\na\nb\nc\nd\n"
                                            << "a\nb\nc\nd\n5\n"
                                            << "0\na\nb\nc\nd\n5\n";
        QTest::newRow("the same line") << "a\nX\nc\nd\n"
                                       << "a\nY\nc\nd\n"
                                       << QString();
        QTest::newRow("neighbours") << "a\nX\nc\nd\n"
                                    << "a\nb\nY\nd\n"
                                    << QString();
    }

    void merges()
    {
        QFETCH(QString, ours);
        QFETCH(QString, theirs);
        const auto merged = mergeTexts("a\nb\nc\nd\n", ours.toStdString(), theirs.toStdString());
        QTEST(merged ? QString::fromStdString(*merged) : QString(), "merged");
    }
};

QTEST_GUILESS_MAIN(TestConfigEdit)
#include "tst_configedit.moc"

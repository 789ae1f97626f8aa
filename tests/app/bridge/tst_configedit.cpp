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
};

QTEST_GUILESS_MAIN(TestConfigEdit)
#include "tst_configedit.moc"

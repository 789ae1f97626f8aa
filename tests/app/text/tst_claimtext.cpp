// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/claimtext.h"

#include "document/json.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;

using Kind = ClaimMeaning::Kind;

class TestClaimText final : public QObject
{
    Q_OBJECT

private slots:
    void meaning_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* title, const char* name, const char* json, Kind kind, const char* text) {
            QTest::newRow(title) << QByteArray(name) << QByteArray(json) << int(kind) << QString::fromUtf8(text);
        };
        row("time ahead", "exp", "1795441308", Kind::Instant, "14:41:48, in 9 min 41 s");
        row("time with exponent", "iat", "1.795440708e9", Kind::Instant, "14:31:48, 19 s ago");
        row("time with fraction counts the whole second", "iat", "1795440708.9", Kind::Instant, "14:31:48, 19 s ago");
        row("time as text", "exp", "\"1795441308\"", Kind::Unusable, "Must be a number");
        row("time beyond doubles", "exp", "1e400", Kind::Unusable, "Beyond the calendar");
        row("time beyond the calendar", "exp", "99999999999999", Kind::Instant, "Beyond the calendar");
        row("registered", "sub", "\"u-4821\"", Kind::Registered, "Subject");
        row("issuer as number", "iss", "7", Kind::Unusable, "Must be a text");
        row("audience as list", "aud", "[\"a\",\"b\"]", Kind::Registered, "Audience");
        row("audience with a number", "aud", "[\"a\",1]", Kind::Unusable, "Must be a text or a list of texts");
        row("custom", "plan", "[\"user\"]", Kind::Custom, "Custom claim");
        row("of a provider", "realm_access", "{}", Kind::Custom, "Roles of the realm");
        row("names are case-sensitive", "EXP", "1", Kind::Custom, "Custom claim");
    }
    void meaning()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, json);
        const auto value = document::parseJson(json.toStdString());
        CLAIMSMITH_VERIFY_RESULT(value);
        const auto meaning = claimMeaning(name.toStdString(), *value, 1795440727, QTimeZone(3600));
        QTEST(int(meaning.kind), "kind");
        QTEST(meaning.text, "text");
    }
};

QTEST_GUILESS_MAIN(TestClaimText)
#include "tst_claimtext.moc"

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/curltext.h"

#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;

class TestCurlText : public QObject
{
    Q_OBJECT

private slots:
    void aPlainGet()
    {
        runner::Prepared prepared;
        prepared.head.method = "GET";
        prepared.head.target = "http://h/a?b=1&c";
        prepared.head.headers = {{"Host", "h"}, {"Accept", "*/*"}, {"X", "it's"}};
        prepared.automaticHeaders = {"Host", "Accept"};
        QCOMPARE(curlCommand(prepared), QStringLiteral("curl \\\n  'http://h/a?b=1&c' \\\n  -H 'X: it'\\''s'"));
    }

    void methodBodyAndEmptyHeader()
    {
        runner::Prepared prepared;
        prepared.head.method = "PUT";
        prepared.head.target = "http://h/";
        prepared.head.headers = {{"X-Empty", ""}, {"Accept", "text/plain"}};
        prepared.body = "{}";
        QCOMPARE(curlCommand(prepared),
                 QStringLiteral(
                     "curl \\\n  -X 'PUT' \\\n  'http://h/' \\\n  -H 'X-Empty;' \\\n  -H 'Accept: text/plain' \\\n  "
                     "--data-binary '{}'"));
        prepared.head.method = "POST";
        QVERIFY(!curlCommand(prepared).contains(QStringLiteral("-X ")));
    }
};

QTEST_GUILESS_MAIN(TestCurlText)
#include "tst_curltext.moc"

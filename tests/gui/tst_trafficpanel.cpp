// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/desk.h"
#include "support/testing.h"
#include "widgets/traceview.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTableView>

using namespace claimsmith;
using namespace claimsmith::app;

/// Traffic in the real window: what passes is counted and listed, and each exchange opens below the list.
class TestTrafficPanel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Desk::prepare(); }

    void anExchangeOpensBelowTheList()
    {
        Desk desk;
        QVERIFY(desk.open());
        QVERIFY(desk.choose(QStringLiteral("Call /api without token")));
        QVERIFY(desk.send());
        QTRY_COMPARE(desk.services().gateway().requestCount(), quint64{1});
        desk.window().showPanel(QStringLiteral("traffic"));
        QWidget* traffic = desk.window().panel(QStringLiteral("traffic"));
        auto* table = traffic->findChild<QTableView*>();
        QTRY_COMPARE(table->model()->rowCount(), 1);
        auto* detail = traffic->findChild<QWidget*>(QStringLiteral("exchangeDetail"));
        QVERIFY(detail->isHidden());

        QTRY_VERIFY(table->isVisible());
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(table->model()->index(0, 3)).center());
        QVERIFY(detail->isVisible());
        QCOMPARE(detail->findChild<PillLabel*>(QStringLiteral("exchangeStatus"))->pill().text, QStringLiteral("401"));
        QCOMPARE(detail->findChild<QLabel*>(QStringLiteral("exchangeReason"))->text(),
                 QStringLiteral("The request carries no token"));
        auto* tabs = detail->findChild<UnderlineTabs*>(QStringLiteral("exchangeTabs"));
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(1).center());
        QVERIFY(!detail->findChild<TraceView*>()->isVisible());

        QTest::keyClick(&desk.window(), Qt::Key_Escape);
        QTRY_VERIFY(detail->isHidden());
        QCOMPARE(table->model()->rowCount(), 1);
    }

    void aForeignExchangeSaysWhyItHasNoTrace()
    {
        Desk desk;
        QVERIFY(desk.open());
        QNetworkAccessManager client;
        const QUrl url(QStringLiteral("http://%1/api").arg(desk.services().gateway().proxyAddress()));
        QScopedPointer<QNetworkReply> reply(client.get(QNetworkRequest(url)));
        QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), Desk::patience);
        desk.window().showPanel(QStringLiteral("traffic"));
        QWidget* traffic = desk.window().panel(QStringLiteral("traffic"));
        auto* table = traffic->findChild<QTableView*>();
        QTRY_VERIFY(table->isVisible() && table->model()->rowCount() == 1);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Space);
        auto* detail = traffic->findChild<QWidget*>(QStringLiteral("exchangeDetail"));
        QTRY_VERIFY(detail->isVisible());
        QStringList texts;
        const auto labels = detail->findChildren<QLabel*>();
        for (const QLabel* label : labels) {
            if (label->isVisible())
                texts << label->text();
        }
        QVERIFY2(texts.contains(QStringLiteral("No trace of this exchange")), qPrintable(texts.join(u'|')));
    }
};

QTEST_MAIN(TestTrafficPanel)
#include "tst_trafficpanel.moc"

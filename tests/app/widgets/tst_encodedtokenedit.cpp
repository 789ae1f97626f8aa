// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/encodedtokenedit.h"

#include "support/testing.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QMimeData>
#include <QTextBlock>
#include <QTextLayout>

using namespace claimsmith::app;

class TestEncodedTokenEdit final : public QObject
{
    Q_OBJECT

private slots:
    void spans()
    {
        const QString token = QStringLiteral("aaa.bb.c");
        QCOMPARE(spanOf(TokenPart::Header, token), std::pair(0, 3));
        QCOMPARE(spanOf(TokenPart::Payload, token), std::pair(4, 6));
        QCOMPARE(spanOf(TokenPart::Signature, token), std::pair(7, 8));
        QVERIFY(!spanOf(TokenPart::Signature, QStringLiteral("aaa.bb")));
        QCOMPARE(spanOf(TokenPart::Signature, QStringLiteral("a.b.")), std::pair(4, 4));
    }

    void paste_data()
    {
        QTest::addColumn<QString>("clipboard");
        QTest::addColumn<QString>("text");
        QTest::newRow("wrapped by a terminal") << "aaa.b\n b.c\r\n"
                                               << "aaa.bb.c";
        QTest::newRow("scheme stays for the reader") << "Bearer  aaa.bb\n.c"
                                                     << "Bearer aaa.bb.c";
        QTest::newRow("JSON keeps its inner blanks") << " {\"payload\": \"x y\"}\n"
                                                     << "{\"payload\": \"x y\"}";
    }
    void paste()
    {
        QFETCH(QString, clipboard);
        EncodedTokenEdit edit;
        edit.setToken(QStringLiteral("old"));
        edit.selectAll();
        QSignalSpy edited(&edit, &EncodedTokenEdit::tokenEdited);
        auto* data = new QMimeData;
        data->setText(clipboard);
        QGuiApplication::clipboard()->setMimeData(data);
        edit.paste();
        QTEST(edit.token(), "text");
        QVERIFY(!edited.isEmpty());
        QCOMPARE(edited.last().at(0).toString(), edit.token());
    }

    void settingIsSilent()
    {
        EncodedTokenEdit edit;
        QSignalSpy edited(&edit, &EncodedTokenEdit::tokenEdited);
        edit.setToken(QStringLiteral("a.b.c"));
        edit.setColoured(false);
        QCOMPARE(edited.count(), 0);
        QTest::keyClicks(&edit, QStringLiteral("x"));
        QCOMPARE(edited.count(), 1);
    }

    void partsHaveTheirColours()
    {
        EncodedTokenEdit edit;
        edit.setToken(QStringLiteral("aaa.bb.c"));
        const auto formats = edit.document()->firstBlock().layout()->formats();
        const auto colourAt = [&](int offset) {
            QColor found;
            for (const auto& range : formats) {
                if (offset >= range.start && offset < range.start + range.length)
                    found = range.format.foreground().color();
            }
            return found;
        };
        QCOMPARE(colourAt(0), color(Role::JwtHeader));
        QCOMPARE(colourAt(4), color(Role::JwtPayload));
        QCOMPARE(colourAt(7), color(Role::JwtSignature));
    }

    void returnDoesNotTearTheToken()
    {
        EncodedTokenEdit edit;
        edit.setToken(QStringLiteral("a.b.c"));
        QTest::keyClick(&edit, Qt::Key_Return);
        QCOMPARE(edit.token(), QStringLiteral("a.b.c"));
    }
};

QTEST_MAIN(TestEncodedTokenEdit)
#include "tst_encodedtokenedit.moc"

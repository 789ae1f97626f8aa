// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/variableedit.h"

#include "theme/theme.h"
#include "widgets/variabletext.h"

#include "support/testing.h"

#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>

using namespace claimsmith;
using namespace claimsmith::app;

class TestVariableEdit : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::instance().install({}); }

    void reportsWhatIsTypedAndNothingElse()
    {
        VariableEdit edit;
        QSignalSpy edited(&edit, &VariableEdit::textEdited);
        edit.setText(QStringLiteral("{{gateway}}/api"));
        edit.refresh();
        QCOMPARE(edited.count(), 0);
        edit.moveCursor(QTextCursor::End);
        QTest::keyClicks(&edit, QStringLiteral("/x"));
        QCOMPARE(edited.count(), 2);
        QCOMPARE(edited.last().first().toString(), QStringLiteral("{{gateway}}/api/x"));
    }

    void staysOneLineOfPlainText()
    {
        VariableEdit edit;
        QApplication::clipboard()->setText(QStringLiteral("http://h/\n{{path}}\n"));
        edit.paste();
        QCOMPARE(edit.text(), QStringLiteral("http://h/ {{path}}"));
        QSignalSpy returned(&edit, &VariableEdit::returnPressed);
        QTest::keyClick(&edit, Qt::Key_Return);
        QCOMPARE(returned.count(), 1);
        QCOMPARE(edit.document()->blockCount(), 1);
        edit.selectAll();
        edit.copy();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("http://h/ {{path}}"));
    }

    void asksTheResolverAgainWhenTold()
    {
        VariableEdit edit;
        bool known = false;
        edit.setResolver([&](const QString& text) {
            auto references = workspace::findReferences(text.toStdString());
            for (auto& reference : references)
                reference.state = known ? workspace::Reference::State::Resolved : workspace::Reference::State::Unknown;
            return references;
        });
        edit.setText(QStringLiteral("\u00e9{{host}}"));
        QCOMPARE(edit.references().size(), std::size_t(1));
        QCOMPARE(toneOf(edit.references().front()), Tone::Warn);
        QVERIFY(describe(edit.references().front()).contains(QStringLiteral("host has no value")));
        known = true;
        edit.refresh();
        QCOMPARE(toneOf(edit.references().front()), Tone::Accent);
    }

    void secretsAreNeverDescribed()
    {
        workspace::Reference reference;
        reference.name = "secret:api-key";
        reference.value = "hunter2";
        QCOMPARE(toneOf(reference), Tone::Secret);
        QVERIFY(!describe(reference).contains(QStringLiteral("hunter2")));
        QVERIFY(describe(reference).contains(QStringLiteral("api-key")));
    }

    void leavesUndoToTheDocument()
    {
        VariableEdit edit;
        edit.setText(QStringLiteral("a"));
        QTest::keyClicks(&edit, QStringLiteral("b"));
        QKeyEvent undo(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
        undo.ignore();
        QApplication::sendEvent(&edit, &undo);
        QVERIFY(!undo.isAccepted());
    }
};

QTEST_MAIN(TestVariableEdit)
#include "tst_variableedit.moc"

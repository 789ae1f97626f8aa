// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/textmerge.h"
#include "support/testing.h"

using namespace claimsmith::app;

namespace {

/// `before` with the changes made.
std::string patched(const std::string& before, const std::vector<LineChange>& changes)
{
    QStringList lines = QString::fromStdString(before).split(QLatin1Char('\n'), Qt::KeepEmptyParts);
    for (QString& line : lines)
        line += QLatin1Char('\n');
    lines.last().chop(1);
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        for (std::size_t i = change->begin; i < change->end; ++i)
            lines.removeAt(static_cast<qsizetype>(change->begin));
        lines.insert(static_cast<qsizetype>(change->begin), QString::fromStdString(change->text));
    }
    return lines.join(QString()).toStdString();
}

std::string numbers(int from, int to)
{
    std::string text;
    for (int number = from; number < to; ++number)
        text += std::to_string(number) + "\n";
    return text;
}

} // namespace

class TestTextMerge final : public QObject
{
    Q_OBJECT

private slots:
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
        QTest::newRow("on both sides of it") << "A\nb\nc\nd\nE\n"
                                             << "a\nb\nX\nc\nd\n"
                                             << "A\nb\nX\nc\nd\nE\n";
        QTest::newRow("the same change") << "a\nB\nc\nd\n"
                                         << "a\nB\nc\nd\ne\n"
                                         << "a\nB\nc\nd\ne\n";
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

    void lineChangesAreTheLeastThereAre()
    {
        const std::vector<LineChange> expected{{0, 1, "A\n"}, {2, 2, "x\ny\n"}, {3, 4, ""}};
        QCOMPARE(lineChanges("a\nb\nc\nd\ne\n", "A\nb\nx\ny\nc\ne\n"), expected);
    }

    void lineChangesLeadFromOneTextToTheOther_data()
    {
        QTest::addColumn<std::string>("before");
        QTest::addColumn<std::string>("after");
        QTest::newRow("nothing from nothing") << std::string() << std::string();
        QTest::newRow("all of it") << std::string() << numbers(0, 5);
        QTest::newRow("all of it goes") << numbers(0, 5) << std::string();
        QTest::newRow("nothing in common") << numbers(0, 50) << numbers(100, 160);
        QTest::newRow("moved") << numbers(0, 50) + numbers(100, 103) << numbers(100, 103) + numbers(0, 50);
        QTest::newRow("more than the search goes up to") << numbers(0, 2000) << numbers(1000, 3000);
        QTest::newRow("no line end at the end") << std::string("a\nb") << std::string("a\nc");
    }

    void lineChangesLeadFromOneTextToTheOther()
    {
        QFETCH(std::string, before);
        QFETCH(std::string, after);
        QCOMPARE(patched(before, lineChanges(before, after)), after);
    }
};

QTEST_GUILESS_MAIN(TestTextMerge)
#include "tst_textmerge.moc"

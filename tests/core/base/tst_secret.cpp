// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secret.h"

#include "support/testing.h"

#include <type_traits>

using namespace claimsmith;

class TestSecret : public QObject
{
    Q_OBJECT

private slots:
    void movesAndLeavesNothing();
    void clonesWhenAsked();
    void comparesContents_data();
    void comparesContents();
    void wipesTheWholeCapacity();
};

static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);

void TestSecret::movesAndLeavesNothing()
{
    for (const std::size_t size : {3U, 1000U}) { // inside the object and outside of it
        SecretBytes first(Bytes(size, 's'));
        SecretBytes second(std::move(first));
        QVERIFY(first.empty()); // NOLINT(bugprone-use-after-move): that is the point
        QCOMPARE(second.size(), size);
        SecretBytes third(BytesView("old"));
        third = std::move(second);
        QVERIFY(second.empty()); // NOLINT(bugprone-use-after-move)
        QCOMPARE(third.size(), size);
    }
}

void TestSecret::clonesWhenAsked()
{
    const SecretBytes secret(BytesView("secret"));
    const SecretBytes copy = secret.clone();
    QVERIFY(copy == secret);
    QVERIFY(copy.view().data() != secret.view().data());
}

void TestSecret::comparesContents_data()
{
    QTest::addColumn<std::string>("a");
    QTest::addColumn<std::string>("b");
    QTest::addColumn<bool>("equal");
    QTest::newRow("both empty") << std::string() << std::string() << true;
    QTest::newRow("the same") << std::string("abc") << std::string("abc") << true;
    QTest::newRow("the last differs") << std::string("abc") << std::string("abd") << false;
    QTest::newRow("the first differs") << std::string("abc") << std::string("bbc") << false;
    QTest::newRow("one is the other's start") << std::string("abc") << std::string("ab") << false;
    QTest::newRow("behind a NUL") << std::string("a\0b", 3) << std::string("a\0c", 3) << false;
}

void TestSecret::comparesContents()
{
    QFETCH(std::string, a);
    QFETCH(std::string, b);
    QFETCH(bool, equal);
    QCOMPARE(equalInConstantTime(a, b), equal);
    QCOMPARE(SecretBytes(BytesView(a)) == SecretBytes(BytesView(b)), equal);
}

void TestSecret::wipesTheWholeCapacity()
{
    Bytes bytes(1000, 's');
    bytes.resize(10); // the rest stays in memory
    const char* const memory = bytes.data();
    wipe(bytes);
    QVERIFY(bytes.empty());
    QCOMPARE(bytes.data(), memory);
    QVERIFY(Bytes(memory, bytes.capacity()).find('s') == Bytes::npos);
}

QTEST_APPLESS_MAIN(TestSecret)
#include "tst_secret.moc"

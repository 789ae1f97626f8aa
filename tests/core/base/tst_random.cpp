// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"

#include "support/testing.h"

#include <algorithm>
#include <set>

using namespace claimsmith;

class TestRandom : public QObject
{
    Q_OBJECT

private slots:
    void makesAsManyOctetsAsAsked();
    void makesUuidsOfVersion4();
    void knowsUuids_data();
    void knowsUuids();
    void usesEveryLetterAlike();
};

void TestRandom::makesAsManyOctetsAsAsked()
{
    for (const std::size_t size : {0U, 1U, 32U, 1000U})
        QCOMPARE(randomBytes(size).size(), size);
    QVERIFY(randomBytes(32) != randomBytes(32));
}

void TestRandom::makesUuidsOfVersion4()
{
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const std::string uuid = randomUuid();
        QVERIFY(isUuid(uuid));
        QCOMPARE(uuid[14], '4');
        QVERIFY(std::string_view("89ab").find(uuid[19]) != std::string_view::npos);
        QVERIFY(std::ranges::none_of(uuid, [](char c) { return c >= 'A' && c <= 'F'; }));
        seen.insert(uuid);
    }
    QCOMPARE(seen.size(), std::size_t{200});
}

void TestRandom::knowsUuids_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("expected");
    QTest::newRow("lower case") << std::string("0b1e2d3c-4a5f-4678-9abc-def012345678") << true;
    QTest::newRow("upper case") << std::string("0B1E2D3C-4A5F-4678-9ABC-DEF012345678") << true;
    QTest::newRow("of no version") << std::string("00000000-0000-0000-0000-000000000000") << true;
    QTest::newRow("nothing") << std::string() << false;
    QTest::newRow("one character less") << std::string("0b1e2d3c-4a5f-4678-9abc-def01234567") << false;
    QTest::newRow("no dashes") << std::string("0b1e2d3c4a5f46789abcdef0123456780000") << false;
    QTest::newRow("a dash too early") << std::string("0b1e2d3-c4a5f-4678-9abc-def012345678") << false;
    QTest::newRow("a letter beyond f") << std::string("0b1e2d3g-4a5f-4678-9abc-def012345678") << false;
    QTest::newRow("in braces") << std::string("{0b1e2d3c-4a5f-4678-9abc-def01234567}") << false;
}

void TestRandom::knowsUuids()
{
    QFETCH(std::string, text);
    QFETCH(bool, expected);
    QCOMPARE(isUuid(text), expected);
}

void TestRandom::usesEveryLetterAlike()
{
    // 62,000 letters: each comes a thousand times, give or take; six standard deviations are 190.
    const std::string letters = randomAlphanumeric(62'000);
    QCOMPARE(letters.size(), std::size_t{62'000});
    const std::set<char> alphabet(letters.begin(), letters.end());
    QCOMPARE(alphabet.size(), std::size_t{62});
    for (const char letter : alphabet) {
        const auto count = std::ranges::count(letters, letter);
        QVERIFY2(count > 810 && count < 1190, std::to_string(count).c_str());
    }
}

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/sharedtable.h"

#include "support/testing.h"

#include <thread>
#include <vector>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace std::chrono_literals;

class TestSharedTable : public QObject
{
    Q_OBJECT

private slots:
    void keepsUntilItExpires();
    void lifetimeBeginsWithTheFirstUpdate();
    void replacesAndErases();
    void forgetsWhatWasUsedLongestAgo();
    void keepsNothingThatIsTooLarge();
    void countsFromManyThreads();
};

namespace {

constexpr TimePoint begin{std::chrono::hours(1)};
constexpr auto add = [](int& value) { return ++value; };

} // namespace

void TestSharedTable::keepsUntilItExpires()
{
    SharedTable<int> table(1 << 20);
    table.put("a", 7, begin + 10s);
    QCOMPARE(table.find("a", begin + 9s), std::optional(7));
    QCOMPARE(table.find("a", begin + 10s), std::optional<int>());
    QCOMPARE(table.size(), std::size_t(0));
}

void TestSharedTable::lifetimeBeginsWithTheFirstUpdate()
{
    SharedTable<int> table(1 << 20);
    QCOMPARE(table.update("a", begin, 10s, add), 1);
    QCOMPARE(table.update("a", begin + 9s, 10s, add), 2);
    QCOMPARE(table.update("a", begin + 10s, 10s, add), 1);
}

void TestSharedTable::replacesAndErases()
{
    SharedTable<int> table(1 << 20);
    table.put("a", 1, begin + 1h);
    table.put("a", 2, begin + 1h);
    QCOMPARE(table.find("a", begin), std::optional(2));
    QVERIFY(table.erase("a", begin));
    QVERIFY(!table.erase("a", begin));
    table.put("b", 1, begin + 1h);
    table.clear();
    QCOMPARE(table.find("b", begin), std::optional<int>());
    QCOMPARE(table.size(), std::size_t(0));
}

void TestSharedTable::forgetsWhatWasUsedLongestAgo()
{
    SharedTable<int> table(64 * 1024);
    table.put("kept", 1, begin + 1h);
    for (int i = 0; i < 10'000; ++i) {
        table.put("k" + std::to_string(i), i, begin + 1h);
        QVERIFY(table.find("kept", begin).has_value());
    }
    QVERIFY(table.size() <= 64 * 1024);
    QVERIFY(!table.find("k0", begin));
    QCOMPARE(table.find("k9999", begin), std::optional(9999));
}

void TestSharedTable::keepsNothingThatIsTooLarge()
{
    SharedTable<int> table(16 * 1024);
    table.put("a", 1, begin + 1h);
    table.put("a", 2, begin + 1h, 1 << 20);
    QVERIFY(!table.find("a", begin));
    QCOMPARE(table.size(), std::size_t(0));
}

void TestSharedTable::countsFromManyThreads()
{
    SharedTable<int> table(1 << 20);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&table] {
            for (int i = 0; i < 5'000; ++i)
                table.update("k" + std::to_string(i % 50), begin, 1h, add);
        });
    for (std::thread& thread : threads)
        thread.join();
    for (int i = 0; i < 50; ++i)
        QCOMPARE(table.find("k" + std::to_string(i), begin), std::optional(400));
}

QTEST_APPLESS_MAIN(TestSharedTable)
#include "tst_sharedtable.moc"

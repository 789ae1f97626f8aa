// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/flow.h"

#include "support/testing.h"

#include <stdexcept>
#include <string>
#include <vector>

using namespace claimsmith;
using namespace claimsmith::gateway;

class TestFlow : public QObject
{
    Q_OBJECT

private slots:
    void runsToItsEnd();
    void waitsInsideOfOthers();
    void handsExceptionsOn();
    void destroysWhatWaits();
    void resumesAPlugin();
    void livesWithoutAnOwner();
};

namespace {

using Callback = std::function<void()>;

Flow<int> twice(int number)
{
    co_return 2 * number;
}

Flow<int> add(Waits& waits, std::vector<Callback>& callbacks, int first)
{
    auto arrival = waits.until([&callbacks](Callback done) { callbacks.push_back(std::move(done)); });
    co_await arrival;
    auto doubling = twice(first);
    const int doubled = co_await doubling;
    co_return doubled + 1;
}

Flow<int> sum(Waits& waits, std::vector<Callback>& callbacks)
{
    auto one = add(waits, callbacks, 1);
    const int first = co_await one;
    auto two = add(waits, callbacks, 10);
    const int second = co_await two;
    co_return first + second;
}

Flow<int> failing()
{
    throw std::runtime_error("broken");
    co_return 0;
}

Flow<int> passing()
{
    auto inner = failing();
    co_return co_await inner;
}

struct Guard
{
    bool& isGone;
    ~Guard() { isGone = true; }
};

Flow<int> guarding(Waits& waits, bool& isGone)
{
    const Guard guard{isGone};
    auto arrival = waits.until([](const Callback&) {});
    co_await arrival;
    co_return 0;
}

Flow<Decision> deciding(Waits& waits, std::vector<Callback>& callbacks)
{
    auto adding = add(waits, callbacks, 1);
    const int sum = co_await adding;
    co_return Answer{.status = 200 + sum, .headers = {}, .body = {}};
}

Flow<void> noting(Waits& waits, std::vector<Callback>& callbacks, std::string& note)
{
    auto adding = add(waits, callbacks, 1);
    note = std::to_string(co_await adding);
}

} // namespace

void TestFlow::runsToItsEnd()
{
    auto flow = twice(21);
    flow.start();
    QVERIFY(flow.isDone());
    QCOMPARE(flow.take(), 42);
}

void TestFlow::waitsInsideOfOthers()
{
    Waits waits;
    std::vector<Callback> callbacks;
    auto flow = sum(waits, callbacks);
    flow.start();
    for (int i = 0; i < 2; ++i) {
        QVERIFY(!flow.isDone());
        const auto start = waits.take();
        QVERIFY(start);
        (*start)([] {});
        waits.resume();
    }
    QVERIFY(!waits.take());
    QVERIFY(flow.isDone());
    QCOMPARE(flow.take(), 3 + 21);
}

void TestFlow::handsExceptionsOn()
{
    auto flow = passing();
    flow.start();
    QVERIFY(flow.isDone());
    QVERIFY_EXCEPTION_THROWN(flow.take(), std::runtime_error);
}

void TestFlow::destroysWhatWaits()
{
    bool isGone = false;
    {
        Waits waits;
        auto flow = guarding(waits, isGone);
        flow.start();
        QVERIFY(!isGone);
    }
    QVERIFY(isGone);
}

void TestFlow::resumesAPlugin()
{
    std::vector<Callback> callbacks;
    AccessFlow flow([&](Waits& waits) { return deciding(waits, callbacks); });
    const Decision first = flow.start();
    const auto* wait = std::get_if<Wait>(&first);
    QVERIFY(wait);
    bool isResumed = false;
    wait->start([&](const Decision& decision) { isResumed = std::holds_alternative<Resume>(decision); });
    callbacks.front()();
    QVERIFY(isResumed);
    const Decision last = flow.resume();
    QCOMPARE(std::get<Answer>(last).status, 203);
}

void TestFlow::livesWithoutAnOwner()
{
    std::vector<Callback> callbacks;
    std::string note;
    runDetached([&](Waits& waits) { return noting(waits, callbacks, note); });
    QCOMPARE(callbacks.size(), std::size_t(1));
    std::exchange(callbacks, {}).front()();
    QCOMPARE(note, std::string("3"));
}

QTEST_APPLESS_MAIN(TestFlow)
#include "tst_flow.moc"

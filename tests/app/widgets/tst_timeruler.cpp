// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeruler.h"

#include "support/testing.h"
#include "widgets/rulerhandle.h"
#include "widgets/rulerlabels.h"

#include <QAccessible>

using namespace claimsmith::app;

namespace {

constexpr qint64 now = 1795440727;
const TokenTimes tenMinutes{now - 19, now - 19, now + 581};

RulerHandle& handle(TimeRuler& ruler, const char* name)
{
    return *ruler.findChild<RulerHandle*>(QLatin1String(name));
}

/// A ruler that takes what its handles ask for, as a token does.
class LiveRuler final
{
public:
    LiveRuler()
    {
        ruler.resize(800, TimeRuler::fullHeight);
        ruler.setZone(QTimeZone(3600));
        ruler.setTimes(tenMinutes, now);
        ruler.show();
        QObject::connect(&ruler, &TimeRuler::moved, &ruler, [this](TimeClaim claim, qint64 instant) {
            TokenTimes times = ruler.times();
            (claim == TimeClaim::Expires ? times.expires : times.notBefore) = instant;
            ruler.setTimes(times, now);
        });
    }

    TimeRuler ruler;
};

} // namespace

class TestTimeRuler final : public QObject
{
    Q_OBJECT

private slots:
    void range_data()
    {
        QTest::addColumn<TokenTimes>("times");
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("to");
        QTest::newRow("a fifth at both ends") << tenMinutes << now - 19 - 120 << now + 581 + 120;
        QTest::newRow("now shortly after the end") << TokenTimes{now - 1000, {}, now - 400} << now - 1120 << now + 120;
        QTest::newRow("now long after the end") << TokenTimes{now - 10000, {}, now - 9400} << now - 10120 << now - 9280;
        QTest::newRow("starts in the future") << TokenTimes{{}, now + 100, now + 700} << now - 120 << now + 820;
        QTest::newRow("no end") << TokenTimes{now, {}, {}} << now - 720 << now + 4320;
        QTest::newRow("nothing") << TokenTimes{} << now - 720 << now + 4320;
        QTest::newRow("beyond the calendar") << TokenTimes{now, {}, INT64_MAX} << now - 720 << now + 4320;
        QTest::newRow("ends before it starts") << TokenTimes{now, {}, now - 50} << now - 720 << now + 4320;
    }
    void range()
    {
        QFETCH(TokenTimes, times);
        const TimeRange range = rangeFor(times, now);
        QTEST(qint64(range.from), "from");
        QTEST(qint64(range.to), "to");
    }

    void ticks()
    {
        QCOMPARE(tickStep({0, 840}, 1112, 64), 60);
        QCOMPARE(tickStep({0, 84000}, 1000, 64), 7200);
        QVERIFY(tickStep({0, 400LL * 31536000}, 1000, 64) >= 25LL * 31536000);
    }

    void positionsAndInstantsAreInverse()
    {
        LiveRuler live;
        for (const qint64 instant : {now - 19, now, now + 300, now + 581})
            QCOMPARE(qint64(live.ruler.instantAt(live.ruler.positionOf(instant))), instant);
    }

    void dragMovesTheEnd()
    {
        LiveRuler live;
        QSignalSpy ended(&live.ruler, &TimeRuler::moveEnded);
        RulerHandle& end = handle(live.ruler, "rulerExpires");
        const int target = static_cast<int>(live.ruler.positionOf(now + 300));
        QTest::mousePress(&end, Qt::LeftButton, {}, end.rect().center());
        QTest::mouseMove(&end, {target - end.x(), 10});
        QVERIFY(qAbs(*live.ruler.times().expires - (now + 300)) <= 1);
        QTest::mouseRelease(&end, Qt::LeftButton, {}, {target - end.x(), 10});
        QCOMPARE(ended.count(), 1);
        QCOMPARE(live.ruler.range(), rangeFor(live.ruler.times(), now));
    }

    void shiftDragsInTens()
    {
        LiveRuler live;
        RulerHandle& end = handle(live.ruler, "rulerExpires");
        QTest::mousePress(&end, Qt::LeftButton, {}, end.rect().center());
        for (const int x : {-37, -80, -141}) {
            QMouseEvent move(QEvent::MouseMove, QPointF(x, 10), end.mapToGlobal(QPointF(x, 10)), Qt::NoButton,
                             Qt::LeftButton, Qt::ShiftModifier);
            QCoreApplication::sendEvent(&end, &move);
            QCOMPARE(*live.ruler.times().expires % 10, 0);
        }
        QTest::mouseRelease(&end, Qt::LeftButton);
    }

    void keys_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("seconds");
        QTest::newRow("right") << int(Qt::Key_Right) << 1;
        QTest::newRow("left") << int(Qt::Key_Left) << -1;
        QTest::newRow("page up") << int(Qt::Key_PageUp) << 60;
        QTest::newRow("page down") << int(Qt::Key_PageDown) << -60;
    }
    void keys()
    {
        QFETCH(int, key);
        QFETCH(int, seconds);
        LiveRuler live;
        QTest::keyClick(&handle(live.ruler, "rulerNotBefore"), Qt::Key(key));
        QCOMPARE(qint64(*live.ruler.times().notBefore), now - 19 + seconds);
    }

    void handlesAppearWithTheirClaims()
    {
        LiveRuler live;
        live.ruler.setTimes({now, {}, now + 60}, now);
        QVERIFY(!handle(live.ruler, "rulerNotBefore").isVisible());
        QVERIFY(handle(live.ruler, "rulerExpires").isVisible());
    }

    void accessibleValue()
    {
        LiveRuler live;
        auto* interface = QAccessible::queryAccessibleInterface(&handle(live.ruler, "rulerExpires"));
        QVERIFY(interface);
        QCOMPARE(interface->role(), QAccessible::Slider);
        QVERIFY(!interface->text(QAccessible::Name).isEmpty());
        QCOMPARE(interface->text(QAccessible::Value), QStringLiteral("14:41:48, in 9 min 41 s"));
        QVERIFY(interface->valueInterface());
        interface->valueInterface()->setCurrentValue(now + 60);
        QCOMPARE(interface->valueInterface()->currentValue().toLongLong(), now + 60);
    }

    void labelsNeverOverlap()
    {
        std::vector<RulerLabel> labels;
        for (const double x : {300.0, 310.0, 330.0, 5.0, 598.0})
            labels.push_back({QStringLiteral("nbf"), QStringLiteral("14:31:48"), x});
        const auto placed = placeLabels(labels, 600);
        QVERIFY(placed.size() >= 3);
        for (std::size_t i = 0; i < placed.size(); ++i) {
            QVERIFY(placed[i].left() >= 0 && placed[i].left() + placed[i].width() <= 600);
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(placed[i].left() > placed[j].left() + placed[j].width() ||
                        placed[j].left() > placed[i].left() + placed[i].width());
        }
    }
};

QTEST_MAIN(TestTimeRuler)
#include "tst_timeruler.moc"

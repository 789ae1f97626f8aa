// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/error.h"
#include "crypto/rsakeygen.h"
#include "support/testing.h"

#include <thread>

using namespace claimsmith;
using namespace claimsmith::crypto;

class TestRsaKeygen final : public QObject
{
    Q_OBJECT

private slots:
    void makesAKey()
    {
        const std::atomic<bool> cancelled{false};
        const auto key = generateRsa(2048, cancelled);
        CLAIMSMITH_VERIFY_RESULT(key);
        QCOMPARE(key->bits(), 2048);
        QVERIFY(key->checkPair().hasValue());
    }

    void refusesSizes_data()
    {
        QTest::addColumn<int>("bits");
        QTest::newRow("negative") << -1;
        QTest::newRow("none") << 0;
        QTest::newRow("one below the smallest") << 1023;
        QTest::newRow("one above the largest") << 16385;
    }
    void refusesSizes()
    {
        QFETCH(int, bits);
        const std::atomic<bool> cancelled{false};
        const auto key = generateRsa(bits, cancelled);
        QVERIFY(!key);
        QVERIFY(key.error().code == CryptoErrorCode::SizeRefused);
    }

    void givesUpAtOnce()
    {
        const std::atomic<bool> cancelled{true};
        const auto key = generateRsa(16384, cancelled);
        QVERIFY(!key);
        QVERIFY(key.error().code == CryptoErrorCode::LibraryFailure);
    }

    /// 16384 bits take minutes: that it comes back at all within the test's time shows that it gave up.
    void givesUpInBetween()
    {
        std::atomic<bool> cancelled{false};
        std::optional<bool> made;
        std::thread worker([&] { made = generateRsa(16384, cancelled).hasValue(); });
        std::this_thread::yield();
        cancelled = true;
        worker.join();
        QCOMPARE(made, std::optional(false));
    }
};

QTEST_GUILESS_MAIN(TestRsaKeygen)
#include "tst_rsakeygen.moc"

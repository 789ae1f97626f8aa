// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/result.h"

#include "support/testing.h"

#include <array>
#include <memory>

using namespace claimsmith;

namespace {

enum class FruitErrorCode { Unripe, Rotten };

constexpr std::array<std::string_view, 2> fruitNames{"unripe", "rotten"};
constexpr ErrorDomain fruitDomain{"fruit",
                                  [](int code) noexcept { return fruitNames[static_cast<std::size_t>(code)]; }};

const ErrorDomain& errorDomain(FruitErrorCode) noexcept
{
    return fruitDomain;
}

enum class StoneErrorCode { Unripe };
constexpr ErrorDomain stoneDomain{"stone", [](int) noexcept { return std::string_view("unripe"); }};

const ErrorDomain& errorDomain(StoneErrorCode) noexcept
{
    return stoneDomain;
}

Result<int> number(bool good)
{
    if (good)
        return 7;
    return Error{.code = FruitErrorCode::Rotten};
}

Result<std::string> text(bool good)
{
    CLAIMSMITH_TRY(const int value, number(good));
    return std::to_string(value);
}

Result<void> check(bool good)
{
    CLAIMSMITH_CHECK(text(good));
    return {};
}

} // namespace

class TestResult : public QObject
{
    Q_OBJECT

private slots:
    void holdsAValueOrAnError();
    void passesErrorsOn();
    void holdsWhatCanOnlyBeMoved();
    void tellsDomainsApart();
    void writesErrors_data();
    void writesErrors();
    void namesTheFileOnce();
};

void TestResult::holdsAValueOrAnError()
{
    QVERIFY(number(true).hasValue());
    QCOMPARE(*number(true), 7);
    QVERIFY(!number(false));
    QCOMPARE(std::string(number(false).error().code.name()), std::string("rotten"));
    QCOMPARE(number(false).valueOr(3), 3);
    QCOMPARE(number(true).valueOr(3), 7);
}

void TestResult::passesErrorsOn()
{
    QCOMPARE(*text(true), std::string("7"));
    QVERIFY(text(false).error().code == FruitErrorCode::Rotten);
    QVERIFY(check(true).hasValue());
    QVERIFY(check(false).error().code == FruitErrorCode::Rotten);
}

void TestResult::holdsWhatCanOnlyBeMoved()
{
    Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
    const std::unique_ptr<int> value = std::move(result).value();
    QCOMPARE(*value, 7);
}

void TestResult::tellsDomainsApart()
{
    const ErrorCode fruit = FruitErrorCode::Unripe;
    QVERIFY(fruit == FruitErrorCode::Unripe);
    QVERIFY(!(fruit == FruitErrorCode::Rotten));
    QVERIFY(!(fruit == StoneErrorCode::Unripe));
    QCOMPARE(std::string(fruit.domain().name), std::string("fruit"));
}

void TestResult::writesErrors_data()
{
    QTest::addColumn<std::shared_ptr<Error>>("error");
    QTest::addColumn<std::string>("text");
    const auto row = [](const char* name, Error error, const char* expected) {
        QTest::newRow(name) << std::make_shared<Error>(std::move(error)) << std::string(expected);
    };
    row("a code alone", {.code = FruitErrorCode::Unripe}, "unripe");
    row("with its detail", {.code = FruitErrorCode::Unripe, .detail = "wait a week"}, "wait a week");
    row("in a file",
        {.code = FruitErrorCode::Unripe, .place = {.file = "a.yml", .line = 3, .column = 7}, .detail = "no"},
        "a.yml:3:7: no");
    row("at a member", {.code = FruitErrorCode::Unripe, .place = {.pointer = "/a/0"}, .detail = "no"}, "no (/a/0)");
}

void TestResult::writesErrors()
{
    QFETCH(std::shared_ptr<Error>, error);
    QFETCH(std::string, text);
    QCOMPARE(error->toString(), text);
}

void TestResult::namesTheFileOnce()
{
    const Error error = Error{.code = FruitErrorCode::Unripe}.in("first").in("second");
    QCOMPARE(error.place.file, std::string("first"));
}

QTEST_APPLESS_MAIN(TestResult)
#include "tst_result.moc"

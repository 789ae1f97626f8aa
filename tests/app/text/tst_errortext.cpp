// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"
#include "support/testing.h"
#include "text/errortext.h"
#include "workspace/storage.h"

using namespace claimsmith;
using namespace claimsmith::app;

class TestErrorText final : public QObject
{
    Q_OBJECT

private slots:
    void says_data();
    void says();
};

void TestErrorText::says_data()
{
    using workspace::StorageErrorCode;
    QTest::addColumn<std::shared_ptr<const Error>>("error");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, Error error, const char* expected) {
        QTest::newRow(name) << std::shared_ptr<const Error>(std::make_shared<Error>(std::move(error)))
                            << QString::fromLatin1(expected);
    };
    Place place;
    place.file = "/work/x/workspace.json";
    row("file", {FileErrorCode::NotFound, place}, "/work/x/workspace.json does not exist");
    place.line = 3;
    place.column = 7;
    row("place and parameters",
        {StorageErrorCode::WrongType, place, "", {{"expected", "a string"}, {"found", "a number"}}},
        "/work/x/workspace.json:3:7 holds a number where a string belongs");
    row("articles", {StorageErrorCode::WrongType, place, "", {{"expected", "string"}, {"found", "object"}}},
        "/work/x/workspace.json:3:7 holds an object where a string belongs");
    row("cause",
        {StorageErrorCode::NotWritable, place, "", {}, std::make_shared<Error>(Error{FileErrorCode::NoSpace, place})},
        "/work/x/workspace.json:3:7 cannot be written: the disk of /work/x/workspace.json:3:7 is full");
    row("a code without a sentence", {FileErrorCode::Failed, {}, "input/output error"}, "input/output error");
    Place odd;
    odd.file = "/tmp/%found%";
    row("a path that looks like a parameter",
        {StorageErrorCode::WrongType, odd, "", {{"expected", "a"}, {"found", "b"}}},
        "/tmp/%found% holds a b where an a belongs");
}

void TestErrorText::says()
{
    QFETCH(std::shared_ptr<const Error>, error);
    QFETCH(QString, expected);
    QCOMPARE(errorText(*error), expected);
}

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_errortext.moc"

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/gatewaydocument.h"
#include "support/testing.h"

#include <QSignalSpy>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

const std::string file = R"(_format_version: "3.0"
services:
- name: api # keep me
  url: http://localhost:3000
)";

}

class TestGatewayDocument final : public QObject
{
    Q_OBJECT

private slots:
    void editsAreStepsAndKeepComments()
    {
        GatewayDocument document;
        document.setAppliesAutomatically(false); // what is applied counts as the baseline
        document.load(file);
        QVERIFY(document.snapshot());
        CLAIMSMITH_VERIFY_RESULT(document.edit("/services/0/retries", 3, QStringLiteral("Change retries")));
        CLAIMSMITH_VERIFY_RESULT(document.remove("/services/0/retries", QStringLiteral("Remove retries")));
        QCOMPARE(document.text(), file);
        QCOMPARE(document.undoStack()->count(), 2);
        document.undo();
        QVERIFY(document.text().find("retries: 3") != std::string::npos);
        QVERIFY(document.text().find("# keep me") != std::string::npos);
        document.undo();
        QCOMPARE(document.text(), file);
        document.redo();
        QVERIFY(document.isChanged("/services/0/retries"));
        QVERIFY(!document.isChanged("/services/0/url"));
    }

    void keysOfOneFieldAreOneStep()
    {
        GatewayDocument document;
        document.load(file);
        for (const char* url : {"http://a", "http://ab", "http://abc"})
            CLAIMSMITH_VERIFY_RESULT(document.change({ConfigEdit::set("/services/0/url", url)},
                                                     QStringLiteral("Change url"), QStringLiteral("url")));
        QCOMPARE(document.undoStack()->count(), 1);
        document.undo();
        QCOMPARE(document.text(), file);
    }

    void typingBackIsNoStep()
    {
        GatewayDocument document;
        document.load(file);
        for (const char* url : {"http://a", "http://localhost:3000"})
            CLAIMSMITH_VERIFY_RESULT(document.change({ConfigEdit::set("/services/0/url", url)},
                                                     QStringLiteral("Change url"), QStringLiteral("url")));
        QCOMPARE(document.text(), file);
        QCOMPARE(document.undoStack()->count(), 0);
    }

    void typedTextComesAfterAPause()
    {
        GatewayDocument document;
        document.load(file);
        QSignalSpy changed(&document, &GatewayDocument::changed);
        document.type([] { return file + "# a"; });
        document.type([] { return file + "# ab\n"; });
        QVERIFY(document.isTyping());
        QCOMPARE(changed.count(), 0);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(document.text(), file + "# ab\n");
        document.type([] { return file + "# abc\n"; });
        document.endTyping();
        QCOMPARE(document.undoStack()->count(), 1); // one visit of the editor
        document.type([] { return file; });
        document.endTyping();
        QCOMPARE(document.undoStack()->count(), 2);
    }

    void typedTextIsNotLostByAnEdit()
    {
        GatewayDocument document;
        document.load(file);
        document.type([] { return file + "# typed\n"; });
        CLAIMSMITH_VERIFY_RESULT(document.edit("/services/0/retries", 3, QStringLiteral("Change retries")));
        QVERIFY(document.text().find("# typed") != std::string::npos);
        QVERIFY(document.text().find("retries: 3") != std::string::npos);
    }

    void brokenTextKeepsTheLastGoodValue()
    {
        GatewayDocument document;
        document.load(file);
        document.setText("services: [", QStringLiteral("Type"));
        QVERIFY(!document.parses());
        QVERIFY(!document.snapshot());
        QCOMPARE(document.problems().size(), std::size_t{1});
        QCOMPARE(*document.value().at("/services/0/name")->asString(), std::string("api"));
        QVERIFY(!document.edit("/services/0/name", "b", QStringLiteral("Change name")).hasValue());
        QCOMPARE(document.text(), std::string("services: ["));
        document.undo();
        QVERIFY(document.snapshot());
    }

    void largeTextsAreReadInTheBackground()
    {
        std::string large = file;
        while (large.size() <= GatewayDocument::backgroundSize)
            large += "# a line that makes the file longer\n";
        GatewayDocument document;
        gateway::BuildOptions options;
        options.resolveReference = [thread = QThread::currentThread()](std::string_view) -> std::optional<std::string> {
            Q_ASSERT(QThread::currentThread() == thread);
            return "known";
        };
        document.setOptions(options);
        QSignalSpy snapshots(&document, &GatewayDocument::snapshotChanged);
        document.load(large);
        QVERIFY(!document.isAnalysed());
        QVERIFY(!document.snapshot());
        QTRY_COMPARE(snapshots.count(), 1);
        QVERIFY(document.isAnalysed());
        document.setText(large + "colour: red\n", QStringLiteral("Type"));
        document.setText(large, QStringLiteral("Type")); // the older result must not win
        QTRY_VERIFY(document.isAnalysed());
        QVERIFY(document.snapshot());
    }

    void diskChanges()
    {
        GatewayDocument document;
        document.load(file);
        QSignalSpy taken(&document, &GatewayDocument::diskTaken);
        QSignalSpy conflict(&document, &GatewayDocument::diskConflict);
        CLAIMSMITH_VERIFY_RESULT(document.edit("/services/0/url", "http://mine", QStringLiteral("Change url")));
        document.takeFromDisk(file, "# theirs\n" + file);
        QCOMPARE(taken.count(), 1);
        QVERIFY(taken.at(0).at(0).toBool());
        QVERIFY(document.text().find("# theirs\n") == 0);
        QVERIFY(document.text().find("http://mine") != std::string::npos);

        const std::string base = document.text();
        CLAIMSMITH_VERIFY_RESULT(document.edit("/services/0/url", "http://other", QStringLiteral("Change url")));
        std::string disk = base;
        disk.replace(disk.find("http://mine"), 11, "http://disk");
        const std::string kept = document.text();
        document.takeFromDisk(base, disk);
        QCOMPARE(conflict.count(), 1);
        QCOMPARE(document.text(), kept);
    }

    void secretsThatComeLaterAreTaken()
    {
        GatewayDocument document;
        bool known = false;
        gateway::BuildOptions options;
        options.resolveReference = [&known](std::string_view) {
            return known ? std::optional<std::string>("secret") : std::nullopt;
        };
        document.setOptions(options);
        document.load("_format_version: \"3.0\"\nconsumers:\n- username: a\n  jwt_secrets:\n  - key: k\n    secret: "
                      "${{ env \"DECK_A\" }}\n");
        QVERIFY(!document.snapshot());
        QCOMPARE(document.problems().size(), std::size_t{1});
        QCOMPARE(document.problems().front().problem.place.line, std::size_t{6});
        known = true;
        document.revalidate();
        QVERIFY(document.snapshot());
    }
};

QTEST_GUILESS_MAIN(TestGatewayDocument)
#include "tst_gatewaydocument.moc"

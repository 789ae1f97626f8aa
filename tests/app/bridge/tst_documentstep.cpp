// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/documentstep.h"
#include "bridge/gatewaydocument.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

const std::string file = R"(_format_version: "3.0"
services:
- name: api
  url: http://localhost:3000
consumers:
- username: bob
- username: suzy
)";

std::string with(std::string text, std::string_view what, std::string_view instead)
{
    return text.replace(text.find(what), what.size(), instead);
}

} // namespace

/// What a step does to a document that is changed meanwhile.
class TestDocumentStep final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        document = std::make_unique<GatewayDocument>();
        document->load(file);
    }

    void undoTakesBackTheEdit()
    {
        DocumentStep step(*document, {ConfigEdit::set("/services/0/url", "http://localhost:4000")}, label);
        CLAIMSMITH_VERIFY_RESULT(step.redo());
        QCOMPARE(document->text(), with(file, "3000", "4000"));
        QVERIFY(step.undo());
        QCOMPARE(document->text(), file);
        CLAIMSMITH_VERIFY_RESULT(step.redo());
        QCOMPARE(document->text(), with(file, "3000", "4000"));
    }

    void whatWasChangedMeanwhileStays()
    {
        DocumentStep step(*document, {ConfigEdit::set("/services/0/url", "http://localhost:4000")}, label);
        CLAIMSMITH_VERIFY_RESULT(step.redo());
        document->setText("# mine\n" + with(document->text(), "suzy", "alice"), label);
        QVERIFY(step.undo());
        QCOMPARE(document->text(), "# mine\n" + with(file, "suzy", "alice"));
    }

    void theSameLineIsNotGuessed()
    {
        DocumentStep step(*document, {ConfigEdit::set("/services/0/url", "http://localhost:4000")}, label);
        CLAIMSMITH_VERIFY_RESULT(step.redo());
        const std::string mine = with(document->text(), "4000", "4000/v2");
        document->setText(mine, label);
        QVERIFY(!step.undo());
        QCOMPARE(document->text(), mine);
        CLAIMSMITH_VERIFY_RESULT(step.redo()); // it stands: nothing to make again
        QCOMPARE(document->text(), mine);
    }

    void anEntityIsNotAddedTwice()
    {
        DocumentStep step(*document, {ConfigEdit::set("/consumers/-", document::Object{{"username", "eve"}})}, label);
        CLAIMSMITH_VERIFY_RESULT(step.redo());
        document->setText(with(document->text(), "- username: eve", "- username: eve # now"), label);
        QVERIFY(!step.undo());
        CLAIMSMITH_VERIFY_RESULT(step.redo());
        QCOMPARE(document->value().at("/consumers")->asArray()->size(), std::size_t(3));
    }

    void undoneInTheDocumentItself()
    {
        DocumentStep step(*document, {ConfigEdit::set("/services/0/url", "http://localhost:4000")}, label);
        CLAIMSMITH_VERIFY_RESULT(step.redo());
        document->undo();
        QVERIFY(step.undo());
        QCOMPARE(document->text(), file);
        CLAIMSMITH_VERIFY_RESULT(step.redo());
        QCOMPARE(document->text(), with(file, "3000", "4000"));
    }

    void bothAreStepsOfTheDocument()
    {
        DocumentStep step(*document, {ConfigEdit::set("/services/0/url", "http://localhost:4000")}, label);
        CLAIMSMITH_VERIFY_RESULT(step.redo());
        QVERIFY(step.undo());
        QCOMPARE(document->undoStack()->count(), 2);
        document->undo();
        QCOMPARE(document->text(), with(file, "3000", "4000"));
    }

    void aTextThatDoesNotParseRefuses()
    {
        document->setText("services: [", label);
        DocumentStep step(*document, {ConfigEdit::set("/services/0/url", "http://localhost:4000")}, label);
        QVERIFY(!step.redo().hasValue());
        QVERIFY(step.undo());
        QCOMPARE(document->text(), std::string("services: ["));
    }

private:
    const QString label = QStringLiteral("Change the address");
    std::unique_ptr<GatewayDocument> document;
};

QTEST_GUILESS_MAIN(TestDocumentStep)
#include "tst_documentstep.moc"

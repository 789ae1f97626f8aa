// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/requestdocument.h"

#include "bridge/workspacesession.h"
#include "support/testing.h"
#include "workspace/storage.h"

#include <QTemporaryDir>

using namespace claimsmith;
using namespace claimsmith::app;
using Field = RequestDocument::Field;

namespace {

workspace::Workspace sample()
{
    workspace::Workspace made;
    made.id = "w";
    made.name = "w";
    workspace::Request first;
    first.id = "one";
    first.name = "One";
    first.url = "http://h/";
    workspace::Request second = first;
    second.id = "two";
    second.name = "Two";
    made.folders.push_back({"f", "f", {first, second}, {}});
    return made;
}

workspace::TokenRecipe recipe(const std::string& payload)
{
    workspace::TokenRecipe made;
    made.id = "r";
    made.name = "bob";
    made.payload = payload;
    made.key = workspace::CredentialKey{"bob", "k"};
    return made;
}

} // namespace

class TestRequestDocument final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        folder = std::make_unique<QTemporaryDir>();
        const QString path = folder->filePath(QStringLiteral("w"));
        CLAIMSMITH_VERIFY_RESULT(workspace::Storage::create(path.toStdString(), sample()));
        session = std::make_unique<WorkspaceSession>();
        CLAIMSMITH_VERIFY_RESULT(session->open(path));
        document = std::make_unique<RequestDocument>(*session, "one");
    }

    void cleanup()
    {
        document.reset();
        session.reset();
        folder.reset();
    }

    void typingIntoOneFieldIsOneStep()
    {
        setUrl("http://h/a");
        setUrl("http://h/ab");
        document->change(Field::Method, {}, [](auto& request) { request.method = "POST"; });
        QCOMPARE(document->undoStack().count(), 2);
        document->undoStack().undo();
        document->undoStack().undo();
        QVERIFY(document->request() == *sample().findRequest("one"));
    }

    void undoLeavesWhatWasChangedElsewhere()
    {
        setUrl("http://h/a");
        workspace::Request renamed = document->request();
        renamed.name = "Renamed in the tree";
        session->putRequest(renamed);
        document->undoStack().undo();
        QCOMPARE(document->request().url, std::string("http://h/"));
        QCOMPARE(document->request().name, std::string("Renamed in the tree"));
        document->undoStack().redo();
        QCOMPARE(document->request().url, std::string("http://h/a"));
        QCOMPARE(document->request().name, std::string("Renamed in the tree"));
    }

    void aRecipeThatWasMadeGoesAgain()
    {
        useRecipe(recipe("{}"));
        document->undoStack().undo();
        QVERIFY(session->workspace().findToken("bob") == nullptr);
        document->undoStack().redo();
        QVERIFY(session->workspace().findToken("bob") != nullptr);
    }

    void aRecipeThatWasEditedSinceStays()
    {
        useRecipe(recipe("{}"));
        session->putToken(recipe(R"({"role":"admin"})"));
        document->undoStack().undo();
        QVERIFY(std::holds_alternative<workspace::NoAuth>(document->request().auth));
        QVERIFY(session->workspace().findToken("bob") != nullptr);
    }

    void aRecipeThatAnotherRequestUsesStays()
    {
        useRecipe(recipe("{}"));
        workspace::Request other = *session->workspace().findRequest("two");
        other.auth = workspace::SignedTokenAuth{"bob"};
        session->putRequest(other);
        document->undoStack().undo();
        QVERIFY(session->workspace().findToken("bob") != nullptr);
    }

    void fieldsOfARecipeGoBackOneByOne()
    {
        session->putToken(recipe("{}"));
        document->setRecipe(recipe(R"({"exp":"now"})"), {});
        workspace::TokenRecipe elsewhere = *session->workspace().findToken("bob");
        elsewhere.algorithm = "HS512";
        session->putToken(elsewhere);
        document->undoStack().undo();
        QCOMPARE(session->workspace().findToken("bob")->payload, std::string("{}"));
        QCOMPARE(session->workspace().findToken("bob")->algorithm, std::string("HS512"));
    }

private:
    void setUrl(const std::string& url)
    {
        document->change(Field::Url, {}, [&](auto& request) { request.url = url; });
    }

    void useRecipe(const workspace::TokenRecipe& made)
    {
        RequestDocument::Edit edit;
        edit.request = document->request();
        edit.request->auth = workspace::SignedTokenAuth{made.name};
        edit.recipe = made;
        document->apply(Field::Whole, {}, std::move(edit));
    }

    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<WorkspaceSession> session;
    std::unique_ptr<RequestDocument> document;
};

QTEST_GUILESS_MAIN(TestRequestDocument)
#include "tst_requestdocument.moc"

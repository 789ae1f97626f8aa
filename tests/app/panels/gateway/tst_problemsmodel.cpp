// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/problemsmodel.h"
#include "support/testing.h"

#include <QAbstractItemModelTester>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

/// One error, the maximum_expiration, and one warning: nbf is not verified.
const std::string faulty = R"(_format_version: "3.0"
services:
- name: my-api-service
  url: http://localhost:3000
  routes:
  - name: api
    paths: [/api]
    plugins:
    - name: jwt
      config:
        claims_to_verify: [exp]
        maximum_expiration: 31622400
)";

const std::string sound = R"(_format_version: "3.0"
services:
- name: my-api-service
  url: http://localhost:3000
)";

QStringList messages(const ProblemsModel& model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row)
        lines += model.index(row, ProblemsModel::Message).data().toString();
    return lines;
}

const QString tooLarge = QStringLiteral("maximum_expiration must be between 0 and 31536000");

} // namespace

class TestProblemsModel final : public QObject
{
    Q_OBJECT

private slots:
    void showsProblems()
    {
        ProblemsModel model;
        QAbstractItemModelTester tester(&model);
        model.setConfig(analyse(faulty, {}));
        QVERIFY(messages(model).contains(tooLarge));
        const int row = static_cast<int>(messages(model).indexOf(tooLarge));
        QCOMPARE(model.index(row, ProblemsModel::Entity).data().toString(), QStringLiteral("jwt on route api"));
        QCOMPARE(model.index(row, ProblemsModel::Where).data().toString(), QStringLiteral("kong.yml:12"));
        QCOMPARE(model.index(row, ProblemsModel::Fix).data().toString(), QStringLiteral("Set 31536000"));
        QVERIFY(model.problemAt(row) && model.problemAt(row)->severity == ConfigProblem::Severity::Error);
        QVERIFY(!model.problemAt(model.rowCount()));
        QVERIFY(!model.problemAt(-1));
    }

    void showsErrorsOnly()
    {
        ProblemsModel model;
        QAbstractItemModelTester tester(&model);
        model.setConfig(analyse(faulty, {}));
        const int all = model.rowCount();
        model.setErrorsOnly(true);
        QCOMPARE(messages(model), QStringList{tooLarge});
        model.setErrorsOnly(false);
        QCOMPARE(model.rowCount(), all);
        QVERIFY(all > 1);
    }

    void goesAndComesAgain()
    {
        ProblemsModel model;
        QAbstractItemModelTester tester(&model);
        model.setConfig(analyse(faulty, {}));
        model.setConfig(analyse(sound, {}));
        QCOMPARE(model.rowCount(), 0);
        model.setConfig(analyse(faulty, {}));
        QVERIFY(model.rowCount() > 0);
    }

    void aTextThatDoesNotParseIsOneProblem()
    {
        ProblemsModel model;
        QAbstractItemModelTester tester(&model);
        model.setConfig(analyse("services: [", {}));
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(model.index(0, ProblemsModel::Where).data().toString().startsWith(QStringLiteral("kong.yml:")));
    }

    void headings()
    {
        const ProblemsModel model;
        for (const int column : {ProblemsModel::Message, ProblemsModel::Entity, ProblemsModel::Where})
            QVERIFY(!model.headerData(column, Qt::Horizontal).toString().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestProblemsModel)
#include "tst_problemsmodel.moc"

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/explanations/explanations.h"

#include "gateway/plugins/all.h"
#include "support/testing.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QSet>

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

QString text(std::string_view from)
{
    return QString::fromUtf8(from.data(), static_cast<qsizetype>(from.size()));
}

/// What comes before the first dot of an id: the gateway's own areas and every plugin.
QStringList areas()
{
    QStringList all{QStringLiteral("received"), QStringLiteral("route"),  QStringLiteral("service"),
                    QStringLiteral("upstream"), QStringLiteral("plugin"), QStringLiteral("response"),
                    QStringLiteral("compare"),  QStringLiteral("repair")};
    for (const auto& plugin : gateway::allPlugins())
        all << text(plugin.name);
    return all;
}

/// Every string literal of core/gateway that is an id, with the file it stands in.
QHash<QString, QString> idsOfCore()
{
    const QRegularExpression literal(QStringLiteral("\"((?:%1)(?:\\.[a-z0-9-]+)+)\"").arg(areas().join(u'|')));
    QHash<QString, QString> ids;
    QDirIterator files(QStringLiteral(CLAIMSMITH_SOURCE_DIR "/core/gateway"),
                       {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        auto matches = literal.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext())
            ids.insert(matches.next().captured(1), files.fileName());
    }
    return ids;
}

bool isExplained(const QString& id)
{
    const std::string name = id.toStdString();
    return findSentence(name) || findCheck(name) || findSentence(name + ".title");
}

} // namespace

class TestExplanations final : public QObject
{
    Q_OBJECT

private slots:
    void coreNamesNothingWithoutWords();
    void noWordsAreUnused();
    void idsAreUnique();
};

void TestExplanations::coreNamesNothingWithoutWords()
{
    const QHash<QString, QString> ids = idsOfCore();
    QVERIFY(ids.size() > 60);
    QStringList missing;
    for (auto id = ids.begin(); id != ids.end(); ++id)
        if (!isExplained(id.key()))
            missing << QStringLiteral("%1 (%2)").arg(id.key(), id.value());
    missing.sort();
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
}

void TestExplanations::noWordsAreUnused()
{
    const QHash<QString, QString> ids = idsOfCore();
    const QRegularExpression part(QStringLiteral("\\.(title|sentence)$"));
    QStringList unused;
    for (const ExplanationTexts& texts : allExplanations()) {
        for (const SentenceText& row : texts.sentences) {
            const QString id = text(row.id);
            if (!ids.contains(id) && !ids.contains(QString(id).remove(part)))
                unused << id;
        }
        for (const CheckText& row : texts.checks)
            if (!ids.contains(text(row.id)))
                unused << text(row.id);
    }
    QVERIFY2(unused.isEmpty(), qPrintable(unused.join(u'\n')));
}

void TestExplanations::idsAreUnique()
{
    QSet<QString> seen;
    for (const ExplanationTexts& texts : allExplanations()) {
        for (const SentenceText& row : texts.sentences) {
            QVERIFY2(!seen.contains(text(row.id)), row.text);
            seen << text(row.id);
        }
        for (const CheckText& row : texts.checks) {
            QVERIFY2(!seen.contains(text(row.id)), row.text);
            seen << text(row.id);
        }
    }
}

QTEST_GUILESS_MAIN(TestExplanations)
#include "tst_explanations.moc"

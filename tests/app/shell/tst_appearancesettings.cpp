// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/appearancesettings.h"
#include "support/testing.h"

#include <QSettings>
#include <QTemporaryDir>

using namespace claimsmith::app;

class TestAppearanceSettings final : public QObject
{
    Q_OBJECT

private slots:
    void comesBackAsSaved();
    void readsNonsenseAsDefaults_data();
    void readsNonsenseAsDefaults();

private:
    QTemporaryDir m_folder;
};

void TestAppearanceSettings::comesBackAsSaved()
{
    const QString file = m_folder.filePath(QStringLiteral("saved.ini"));
    Appearance appearance;
    appearance.scheme = Appearance::Scheme::Dark;
    appearance.highContrast = true;
    appearance.interfaceFamily = QStringLiteral("Cantarell");
    appearance.editorFamily = QStringLiteral("Hack");
    appearance.interfacePixels = 15;
    appearance.editorPixels = 14;
    appearance.density = Appearance::Density::Relaxed;
    appearance.motion = Appearance::Motion::Off;
    appearance.railLabels = false;
    {
        QSettings settings(file, QSettings::IniFormat);
        saveAppearance(settings, appearance);
    }
    const QSettings settings(file, QSettings::IniFormat);
    QCOMPARE(loadAppearance(settings), appearance);
}

void TestAppearanceSettings::readsNonsenseAsDefaults_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QVariant>("value");
    QTest::newRow("unknown scheme") << QStringLiteral("appearance/scheme") << QVariant(QStringLiteral("sepia"));
    QTest::newRow("number for a scheme") << QStringLiteral("appearance/scheme") << QVariant(7);
    QTest::newRow("text too small") << QStringLiteral("appearance/interfacePixels") << QVariant(2);
    QTest::newRow("text too large") << QStringLiteral("appearance/editorPixels") << QVariant(400);
    QTest::newRow("word for a size") << QStringLiteral("appearance/editorPixels") << QVariant(QStringLiteral("big"));
    QTest::newRow("unknown density") << QStringLiteral("appearance/density") << QVariant(QStringLiteral("dense"));
}

void TestAppearanceSettings::readsNonsenseAsDefaults()
{
    QFETCH(QString, key);
    QFETCH(QVariant, value);
    QSettings settings(m_folder.filePath(QStringLiteral("nonsense.ini")), QSettings::IniFormat);
    settings.clear();
    settings.setValue(key, value);
    QCOMPARE(loadAppearance(settings), Appearance());
}

QTEST_GUILESS_MAIN(TestAppearanceSettings)
#include "tst_appearancesettings.moc"

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/shortcutmodel.h"

#include "shell/shortcutsettings.h"
#include "support/testing.h"

#include <QAbstractItemModelTester>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace claimsmith::app;

namespace {

const QString send = QStringLiteral("requests.send");
const QString sign = QStringLiteral("tokens.sign");
const QString quit = QStringLiteral("window.quit");

QKeySequence keys(const char* text)
{
    return QKeySequence(QLatin1String(text), QKeySequence::PortableText);
}

} // namespace

/// Keys that users change: who had them, what is kept for the next start.
class TestShortcutModel final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        window = std::make_unique<QWidget>();
        actions = std::make_unique<ActionRegistry>(window.get());
        actions->add({send, QStringLiteral("&Send"), {keys("F5")}}, QStringLiteral("requests"));
        actions->add({sign, QStringLiteral("Sign"), {keys("F5")}}, QStringLiteral("tokens"));
        ActionSpec spec{quit, QStringLiteral("Quit"), {keys("Ctrl+Q")}};
        spec.scope = ActionSpec::Scope::Window;
        actions->add(spec);
        model = std::make_unique<ShortcutModel>(*actions);
        tester = std::make_unique<QAbstractItemModelTester>(model.get());
    }

    void cleanup()
    {
        tester.reset();
        model.reset();
        actions.reset();
        window.reset();
    }

    void freeKeysAreTaken()
    {
        const auto cell = model->index(0, ShortcutModel::KeysColumn);
        QVERIFY(model->setData(cell, QVariant::fromValue(keys("Ctrl+Shift+S")), ShortcutModel::KeysRole));
        QCOMPARE(actions->shortcuts(send), QList{keys("Ctrl+Shift+S")});
        QCOMPARE(cell.data().toString(), QStringLiteral("Ctrl Shift S"));
        QVERIFY(actions->hasOwnShortcuts(send));
        actions->restoreShortcuts(send);
        QCOMPARE(actions->shortcuts(send), QList{keys("F5")});
    }

    void pagesMayShareKeys()
    {
        QCOMPARE(actions->holderOf(keys("F5"), sign), QString());
        QCOMPARE(actions->holderOf(keys("F5"), quit), send);
        QCOMPARE(actions->holderOf(keys("Ctrl+Q"), send), quit);
    }

    void keysOfAnotherAreAskedFor()
    {
        QSignalSpy taken(model.get(), &ShortcutModel::taken);
        model->setData(model->index(2, ShortcutModel::KeysColumn), QVariant::fromValue(keys("F5")),
                       ShortcutModel::KeysRole);
        QCOMPARE(taken.count(), 1);
        QCOMPARE(taken.at(0).at(2).toString(), send);
        QCOMPARE(actions->shortcuts(quit), QList{keys("Ctrl+Q")});
        model->take(quit, keys("F5"));
        QCOMPARE(actions->shortcuts(quit), QList{keys("F5")});
        QVERIFY(actions->shortcuts(send).isEmpty());
        QVERIFY(actions->shortcuts(sign).isEmpty());
    }

    void keptForTheNextStart()
    {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        actions->setShortcuts(send, {keys("Ctrl+Shift+S")});
        actions->setShortcuts(quit, {});
        saveShortcuts(settings, *actions);
        settings.sync();

        cleanup();
        init();
        QSettings again(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        loadShortcuts(again, *actions);
        QCOMPARE(actions->shortcuts(send), QList{keys("Ctrl+Shift+S")});
        QVERIFY(actions->shortcuts(quit).isEmpty());
        QCOMPARE(actions->shortcuts(sign), QList{keys("F5")});
        actions->restoreShortcuts(send);
        actions->restoreShortcuts(quit);
        saveShortcuts(again, *actions);
        QVERIFY(again.allKeys().isEmpty());
    }

private:
    std::unique_ptr<QWidget> window;
    std::unique_ptr<ActionRegistry> actions;
    std::unique_ptr<ShortcutModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

QTEST_MAIN(TestShortcutModel)
#include "tst_shortcutmodel.moc"

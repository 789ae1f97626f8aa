// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/gatewaysession.h"
#include "bridge/services.h"
#include "bridge/workspacesession.h"
#include "gui/opening.h"
#include "panels/all.h"
#include "platform/secretstore.h"
#include "shell/mainwindow.h"
#include "support/testing.h"
#include "theme/theme.h"
#include "widgets/accessible.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QMenuBar>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>

using namespace claimsmith::app;

namespace {

void setScheme(Appearance::Scheme scheme)
{
    Appearance appearance;
    appearance.scheme = scheme;
    appearance.motion = Appearance::Motion::Off;
    Theme::instance().setAppearance(appearance);
}

/// A window on services of its own: free ports, no keychain, settings and samples in a folder that goes away.
class Fixture
{
public:
    Fixture()
        : settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat),
          services(Services::Options{folder.path(), false, true,
                                     [](const QString&) { return std::unique_ptr<SecretStore>(); }}),
          opener(services.workspace(), services.secrets(), settings)
    {
        window = std::make_unique<MainWindow>([this](Navigator& navigator) { return services.context(navigator); },
                                              allPanels(), opener, settings);
    }

    bool openSample()
    {
        const auto result = openFreshSample(opener, QStringLiteral("login_server"));
        return result.hasValue();
    }

    bool show()
    {
        window->show();
        return QTest::qWaitForWindowExposed(window.get());
    }

    QTemporaryDir folder;
    QSettings settings;
    Services services;
    FolderOpener opener;
    std::unique_ptr<MainWindow> window;
};

/// Controls that a screen reader could not name, below an interface.
QStringList nameless(QAccessibleInterface* interface)
{
    QStringList result;
    auto* widget = qobject_cast<QWidget*>(interface->object());
    const bool used = widget && widget->isVisible() && widget->isEnabled() && widget->focusPolicy() != Qt::NoFocus &&
                      !widget->focusProxy();
    if (used && interface->text(QAccessible::Name).isEmpty())
        result.append(QStringLiteral("%1 in %2")
                          .arg(QLatin1String(widget->metaObject()->className()),
                               widget->parentWidget() ? QLatin1String(widget->parentWidget()->metaObject()->className())
                                                      : QLatin1String("nothing")));
    // Tables are named as a whole; their cells are their models' matter.
    if (interface->tableInterface())
        return result;
    for (int index = 0; index < interface->childCount(); ++index)
        if (QAccessibleInterface* child = interface->child(index))
            result += nameless(child);
    return result;
}

} // namespace

class TestShellWindow final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void startsWithTheWelcomePage();
    void opensTheSample();
    void showsPagesByShortcut_data();
    void showsPagesByShortcut();
    void buildsPagesWhenFirstShown();
    void paletteRunsACommand();
    void paletteRunsACommandOfAnotherPanel();
    void otherKeysRunACommand();
    void foldsWhenNarrow();
    void remembersThePage();
    void saysWhyAFolderDoesNotOpen();
    void everyControlHasAName_data();
    void everyControlHasAName();
    void themeSwitchEqualsFreshStart();
};

void TestShellWindow::initTestCase()
{
    QApplication::setCursorFlashTime(0);
    Theme::instance().install({});
    setScheme(Appearance::Scheme::Light);
}

void TestShellWindow::startsWithTheWelcomePage()
{
    Fixture fixture;
    fixture.window->showFirstPage();
    QVERIFY(fixture.show());
    QCOMPARE(fixture.window->currentPanel(), QString());
    QCOMPARE(fixture.window->windowTitle(), QStringLiteral("Claimsmith"));
    auto* sample = fixture.window->findChild<QAbstractButton*>(QStringLiteral("sample.login_server"));
    QVERIFY(sample);
    QVERIFY(sample->hasFocus());
}

void TestShellWindow::opensTheSample()
{
    Fixture fixture;
    fixture.window->showFirstPage();
    QVERIFY(fixture.show());
    QVERIFY(fixture.openSample());
    QCOMPARE(fixture.window->currentPanel(), QStringLiteral("requests"));
    QVERIFY(
        fixture.window->windowTitle().contains(QString::fromStdString(fixture.services.workspace().workspace().name)));
}

void TestShellWindow::showsPagesByShortcut_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QString>("panel");
    const auto row = [](const char* panel, Qt::Key key, Qt::KeyboardModifier modifier) {
        QTest::newRow(panel) << static_cast<int>(key) << static_cast<int>(modifier) << QString::fromLatin1(panel);
    };
    row("tokens", Qt::Key_2, Qt::AltModifier);
    row("gateway", Qt::Key_3, Qt::AltModifier);
    row("traffic", Qt::Key_4, Qt::AltModifier);
    row("identity", Qt::Key_5, Qt::AltModifier);
    row("runner", Qt::Key_6, Qt::AltModifier);
    row("settings", Qt::Key_Comma, Qt::ControlModifier);
}

void TestShellWindow::showsPagesByShortcut()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(QString, panel);
    Fixture fixture;
    QVERIFY(fixture.openSample());
    QVERIFY(fixture.show());
    QTest::keyClick(fixture.window.get(), static_cast<Qt::Key>(key), static_cast<Qt::KeyboardModifiers>(modifiers));
    QCOMPARE(fixture.window->currentPanel(), panel);
    auto* rail = fixture.window->findChild<QAbstractButton*>(QStringLiteral("rail.") + panel);
    QVERIFY(rail && rail->isChecked());
}

void TestShellWindow::buildsPagesWhenFirstShown()
{
    Fixture fixture;
    QVERIFY(fixture.openSample());
    QVERIFY(!fixture.window->findChild<QWidget*>(QStringLiteral("panel.tokens")));
    fixture.window->showPanel(QStringLiteral("tokens"));
    QPointer<QWidget> page = fixture.window->findChild<QWidget*>(QStringLiteral("panel.tokens"));
    QVERIFY(page);
    fixture.window->showPanel(QStringLiteral("requests"));
    fixture.window->showPanel(QStringLiteral("tokens"));
    QCOMPARE(fixture.window->findChild<QWidget*>(QStringLiteral("panel.tokens")), page.data());
}

void TestShellWindow::paletteRunsACommand()
{
    Fixture fixture;
    QVERIFY(fixture.openSample());
    QVERIFY(fixture.show());
    QTest::keyClick(fixture.window.get(), Qt::Key_K, Qt::ControlModifier);
    auto* palette = fixture.window->findChild<QWidget*>(QStringLiteral("palette"));
    QVERIFY(palette && palette->isVisible());
    auto* field = palette->findChild<QLineEdit*>();
    QTest::keyClicks(field, QStringLiteral("show traffic"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!palette->isVisible());
    QCOMPARE(fixture.window->currentPanel(), QStringLiteral("traffic"));
}

void TestShellWindow::paletteRunsACommandOfAnotherPanel()
{
    Fixture fixture;
    QVERIFY(fixture.openSample());
    QVERIFY(fixture.show());
    QCOMPARE(fixture.window->currentPanel(), QStringLiteral("requests"));
    QTest::keyClick(fixture.window.get(), Qt::Key_K, Qt::ControlModifier);
    auto* field = fixture.window->findChild<QWidget*>(QStringLiteral("palette"))->findChild<QLineEdit*>();
    QTest::keyClicks(field, QStringLiteral("key sets"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(fixture.window->currentPanel(), QStringLiteral("tokens"));
    auto* page = fixture.window->findChild<QWidget*>(QStringLiteral("jwksPage"));
    QVERIFY(page && page->isVisible());
}

void TestShellWindow::otherKeysRunACommand()
{
    Fixture fixture;
    QVERIFY(fixture.openSample());
    QVERIFY(fixture.show());
    fixture.window->actions().find(QStringLiteral("help.shortcuts"))->trigger();
    auto* table = fixture.window->findChild<QTableView*>(QStringLiteral("shortcuts"));
    QVERIFY(table && table->isVisible());
    const auto found =
        table->model()->match(table->model()->index(0, 0), Qt::DisplayRole, QStringLiteral("Show Traffic"), 1);
    QVERIFY(!found.isEmpty());
    table->setCurrentIndex(found.front());
    QTest::keyClick(table, Qt::Key_F2);
    auto* editor = table->findChild<QKeySequenceEdit*>();
    QVERIFY(editor);
    QTest::keyClick(editor, Qt::Key_J, Qt::ControlModifier | Qt::AltModifier);
    QTRY_VERIFY(!table->findChild<QKeySequenceEdit*>());
    const QList keys{QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_J)};
    QCOMPARE(fixture.window->actions().shortcuts(QStringLiteral("view.traffic")), keys);
    QVERIFY(fixture.settings.contains(QStringLiteral("keyboard/view.traffic")));
    QTest::keyClick(fixture.window.get(), Qt::Key_J, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(fixture.window->currentPanel(), QStringLiteral("traffic"));
}

void TestShellWindow::foldsWhenNarrow()
{
    Fixture fixture;
    QVERIFY(fixture.openSample());
    QVERIFY(fixture.show());
    auto* rail = fixture.window->findChild<QAbstractButton*>(QStringLiteral("rail.tokens"));
    const int wide = rail->parentWidget()->width();
    fixture.window->resize(1024, 680);
    QTRY_VERIFY(rail->parentWidget()->width() < wide);
    QVERIFY(!fixture.window->findChild<QMenuBar*>()->isVisible());
    fixture.window->resize(1440, 900);
    QTRY_COMPARE(rail->parentWidget()->width(), wide);
    QVERIFY(fixture.window->findChild<QMenuBar*>()->isVisible());
}

void TestShellWindow::remembersThePage()
{
    Fixture fixture;
    QVERIFY(fixture.openSample());
    QVERIFY(fixture.show());
    fixture.window->showPanel(QStringLiteral("traffic"));
    fixture.window->close();
    fixture.window =
        std::make_unique<MainWindow>([&fixture](Navigator& navigator) { return fixture.services.context(navigator); },
                                     allPanels(), fixture.opener, fixture.settings);
    fixture.window->showFirstPage();
    QCOMPARE(fixture.window->currentPanel(), QStringLiteral("traffic"));
}

void TestShellWindow::saysWhyAFolderDoesNotOpen()
{
    Fixture fixture;
    const auto result = waitForOpening([&](WorkspaceOpener::Done done) {
        fixture.opener.open(fixture.folder.filePath(QStringLiteral("nothing")), std::move(done));
    });
    QVERIFY(!result.hasValue());
    QVERIFY(!fixture.services.workspace().isOpen());
    QVERIFY(fixture.opener.recent().isEmpty());
}

void TestShellWindow::everyControlHasAName_data()
{
    QTest::addColumn<QString>("panel");
    QTest::newRow("welcome") << QString();
    for (const PanelDescriptor& descriptor : allPanels())
        QTest::newRow(qPrintable(descriptor.id)) << descriptor.id;
    QTest::newRow("settings") << QStringLiteral("settings");
}

void TestShellWindow::everyControlHasAName()
{
    QFETCH(QString, panel);
    Fixture fixture;
    if (panel.isEmpty()) {
        fixture.window->showFirstPage();
    } else {
        QVERIFY(fixture.openSample());
        fixture.window->showPanel(panel);
    }
    QVERIFY(fixture.show());
    const QStringList found = nameless(QAccessible::queryAccessibleInterface(fixture.window.get()));
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QStringLiteral("; "))));
}

void TestShellWindow::themeSwitchEqualsFreshStart()
{
    const auto picture = [](Fixture& fixture) {
        for (const char* panel : {"settings", "runner"})
            fixture.window->showPanel(QLatin1String(panel));
        if (!fixture.show())
            return QImage();
        if (QWidget* focus = QApplication::focusWidget())
            focus->clearFocus();
        QCoreApplication::sendPostedEvents();
        return fixture.window->grab().toImage();
    };
    Fixture switched;
    picture(switched);
    setScheme(Appearance::Scheme::Dark);
    const QImage after = picture(switched);
    switched.window->hide();
    Fixture fresh;
    const QImage expected = picture(fresh);
    setScheme(Appearance::Scheme::Light);
    QVERIFY(!expected.isNull());
    QCOMPARE(after, expected);
}

int main(int argc, char** argv)
{
    // Before the first widget, as in the program.
    installAccessibleFactory();
    QApplication application(argc, argv);
    TestShellWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_shell_window.moc"

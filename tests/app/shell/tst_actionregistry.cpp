// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/actionregistry.h"
#include "shell/windowactions.h"
#include "support/testing.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>

using namespace claimsmith::app;

class TestActionRegistry final : public QObject
{
    Q_OBJECT

private slots:
    void panelCommandsWorkOnTheirPageOnly();
    void disabledStaysDisabledOnItsPage();
    void windowCommandsHaveUniqueIdsAndShortcuts();
    void menusListTheirCommands();
};

void TestActionRegistry::panelCommandsWorkOnTheirPageOnly()
{
    QWidget window;
    ActionRegistry actions(&window);
    const QAction* save =
        actions.add({QStringLiteral("requests.duplicate"), QStringLiteral("Duplicate")}, QStringLiteral("requests"));
    QVERIFY(!save->isEnabled());
    actions.setCurrentPanel(QStringLiteral("requests"));
    QVERIFY(save->isEnabled());
    actions.setCurrentPanel(QStringLiteral("tokens"));
    QVERIFY(!save->isEnabled());
}

void TestActionRegistry::disabledStaysDisabledOnItsPage()
{
    QWidget window;
    ActionRegistry actions(&window);
    const QAction* push =
        actions.add({QStringLiteral("gateway.push"), QStringLiteral("Push")}, QStringLiteral("gateway"));
    actions.setEnabled(QStringLiteral("gateway.push"), false);
    actions.setCurrentPanel(QStringLiteral("gateway"));
    QVERIFY(!push->isEnabled());
    actions.setEnabled(QStringLiteral("gateway.push"), true);
    QVERIFY(push->isEnabled());
}

void TestActionRegistry::windowCommandsHaveUniqueIdsAndShortcuts()
{
    QSet<QString> ids;
    QSet<QKeySequence> keys;
    for (const ActionSpec& spec : windowActions()) {
        QVERIFY2(!ids.contains(spec.id), qPrintable(spec.id));
        ids.insert(spec.id);
        QVERIFY2(!spec.text.isEmpty(), qPrintable(spec.id));
        for (const QKeySequence& sequence : spec.shortcuts) {
            QVERIFY2(!keys.contains(sequence), qPrintable(spec.id));
            keys.insert(sequence);
        }
    }
}

void TestActionRegistry::menusListTheirCommands()
{
    QWidget window;
    ActionRegistry actions(&window);
    for (const ActionSpec& spec : windowActions())
        actions.add(spec);
    QMenuBar bar;
    fillMenuBar(bar, actions);
    QStringList titles;
    for (const QAction* menu : bar.actions())
        titles.append(menu->text());
    // Nothing is in Tools yet, so it is left out.
    const QStringList expected{QStringLiteral("&File"),    QStringLiteral("&Edit"),    QStringLiteral("&View"),
                               QStringLiteral("&Request"), QStringLiteral("&Gateway"), QStringLiteral("&Help")};
    QCOMPARE(titles, expected);
    QVERIFY(bar.actions().at(0)->menu()->actions().contains(actions.find(QStringLiteral("workspace.open"))));
}

QTEST_MAIN(TestActionRegistry)
#include "tst_actionregistry.moc"

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/services.h"
#include "bridge/workspacesession.h"
#include "panels/all.h"
#include "shell/appearancesettings.h"
#include "shell/firstframe.h"
#include "shell/folderopener.h"
#include "shell/mainwindow.h"
#include "text/englishplurals.h"
#include "theme/icons.h"
#include "theme/theme.h"
#include "widgets/accessible.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QSettings>
#include <QStandardPaths>

#include <cstdio>
#include <optional>

namespace {

using namespace claimsmith::app;

struct Arguments
{
    QString workspace;
    QString sample;
    std::optional<Appearance::Scheme> scheme;
    QSize size;
};

std::optional<QSize> parseSize(const QString& text)
{
    const QStringList parts = text.split(QLatin1Char('x'));
    const QSize size = parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
    return size.width() > 0 && size.height() > 0 ? std::optional(size) : std::nullopt;
}

/// Ends the program with status 2 and a sentence where an argument makes no sense.
[[noreturn]] void refuse(const QString& sentence)
{
    std::fprintf(stderr, "claimsmith: %s\n", qPrintable(sentence));
    std::exit(2);
}

Arguments parseArguments(const QApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("Main", "Test APIs, make and check tokens, and see what a gateway does with both."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption workspace(QStringLiteral("workspace"),
                                       QApplication::translate("Main", "Opens this workspace."),
                                       QStringLiteral("folder"));
    const QCommandLineOption sample(QStringLiteral("sample"),
                                    QApplication::translate("Main", "Opens a new copy of a sample, e.g. login_server."),
                                    QStringLiteral("name"));
    const QCommandLineOption theme(QStringLiteral("theme"),
                                   QApplication::translate("Main", "light, dark or system; for this run."),
                                   QStringLiteral("scheme"));
    const QCommandLineOption geometry(QStringLiteral("geometry"),
                                      QApplication::translate("Main", "Size of the window, e.g. 1440x900."),
                                      QStringLiteral("size"));
    parser.addOptions({workspace, sample, theme, geometry});
    parser.process(application);

    Arguments arguments;
    arguments.workspace = parser.value(workspace);
    arguments.sample = parser.value(sample);
    if (parser.isSet(theme)) {
        const QString scheme = parser.value(theme);
        if (scheme == QLatin1String("light"))
            arguments.scheme = Appearance::Scheme::Light;
        else if (scheme == QLatin1String("dark"))
            arguments.scheme = Appearance::Scheme::Dark;
        else if (scheme == QLatin1String("system"))
            arguments.scheme = Appearance::Scheme::System;
        else
            refuse(QApplication::translate("Main", "--theme is light, dark or system, not \"%1\"").arg(scheme));
    }
    if (parser.isSet(geometry)) {
        const auto size = parseSize(parser.value(geometry));
        if (!size)
            refuse(QApplication::translate("Main", "--geometry is a size such as 1440x900, not \"%1\"")
                       .arg(parser.value(geometry)));
        arguments.size = *size;
    }
    return arguments;
}

/// Opens what comes first: as told, else the workspace of the last time. The very first start opens a sample. False
/// when there is nothing to open.
bool openFirst(const Arguments& arguments, FolderOpener& opener, QSettings& settings, WorkspaceOpener::Done done)
{
    const auto startedKey = QStringLiteral("window/started");
    const bool firstStart = !settings.value(startedKey, false).toBool();
    settings.setValue(startedKey, true);
    const QStringList recent = opener.recent();
    if (!arguments.workspace.isEmpty())
        opener.open(QDir(arguments.workspace).absolutePath(), std::move(done));
    else if (!arguments.sample.isEmpty())
        opener.openFreshSample(arguments.sample, true, std::move(done));
    else if (firstStart)
        opener.openSample(QStringLiteral("login_server"), std::move(done));
    else if (!recent.isEmpty())
        opener.open(recent.first(), std::move(done));
    else
        return false;
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    installAccessibleFactory();
    QApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("claimsmith"));
    QApplication::setApplicationName(QStringLiteral("claimsmith"));
    QApplication::setApplicationVersion(QStringLiteral(CLAIMSMITH_VERSION));
    QApplication::setWindowIcon(themedIcon(QLatin1String("claimsmith")));
    EnglishPlurals plurals;
    QApplication::installTranslator(&plurals);
    const Arguments arguments = parseArguments(application);

    QSettings settings;
    Appearance appearance = loadAppearance(settings);
    if (arguments.scheme)
        appearance.scheme = *arguments.scheme;
    Theme::instance().install(appearance);

    const QString dataFolder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    QDir().mkpath(dataFolder);
    Services services({.dataFolder = dataFolder});
    FolderOpener opener(services.workspace(), services.secrets(), settings);
    MainWindow window([&services](Navigator& navigator) { return services.context(navigator); }, allPanels(), opener,
                      settings);
    if (arguments.size.isValid())
        window.resize(arguments.size);

    window.show();
    afterFirstFrame(window, [&] {
        const bool opens = openFirst(arguments, opener, settings, [&](const claimsmith::Result<void>& opened) {
            if (!services.workspace().isOpen())
                window.showFirstPage();
            window.teller()(opened);
        });
        if (!opens)
            window.showFirstPage();
    });
    return QApplication::exec();
}

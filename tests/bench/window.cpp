// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The desktop as a user meets it: how soon the first frame is there, how much memory is resident with the gateway
// running, and how long the event loop ever stalls while 5,000 requests a second pass the gateway and Traffic counts
// them. One line a figure.
#include "bridge/gatewaysession.h"
#include "bridge/services.h"
#include "panels/all.h"
#include "platform/secretstore.h"
#include "shell/firstframe.h"
#include "shell/folderopener.h"
#include "shell/mainwindow.h"
#include "theme/theme.h"
#include "widgets/accessible.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSettings>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace claimsmith::app;

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int connections = 4;
constexpr int rate = 5000; ///< requests a second, over all connections
constexpr auto loadTime = 6s;

/// Time since the kernel made this process: from /proc, in ticks of 10 ms, so that loading libraries counts.
double sinceProcessStart()
{
    std::ifstream stat("/proc/self/stat");
    std::string line;
    std::getline(stat, line);
    std::vector<std::string> fields;
    for (std::size_t at = line.rfind(')') + 2; at < line.size();) {
        const std::size_t end = std::min(line.find(' ', at), line.size());
        fields.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    const double ticks = std::stod(fields.at(19)); // starttime, field 22 of proc(5)
    double up = 0;
    std::ifstream("/proc/uptime") >> up;
    return (up - ticks / static_cast<double>(sysconf(_SC_CLK_TCK))) * 1000;
}

double residentMegabytes()
{
    long pages = 0;
    long resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

/// Tells when the window was painted for the first time.
class FirstFrame final : public QObject
{
public:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const bool handled = QObject::eventFilter(watched, event);
        if (event->type() == QEvent::Paint && !m_seen) {
            m_seen = true;
            // After this paint has gone to the screen.
            QTimer::singleShot(0, [this] { at = sinceProcessStart(); });
        }
        return handled;
    }

    double at = 0;

private:
    bool m_seen = false;
};

/// Sends at a fixed rate over one kept connection until told to stop.
void load(const std::string& host, quint16 port, std::atomic<bool>& stop, std::atomic<quint64>& done)
{
    QTcpSocket socket;
    socket.connectToHost(QString::fromStdString(host), port);
    if (!socket.waitForConnected(2000))
        return;
    const QByteArray request = "GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const auto begin = Clock::now();
    for (quint64 sent = 1; !stop; ++sent) {
        socket.write(request);
        socket.waitForBytesWritten(1000);
        QByteArray answer;
        while (!answer.contains("\r\n\r\n") || !answer.endsWith('}')) {
            if (!socket.waitForReadyRead(1000))
                return;
            answer += socket.readAll();
        }
        ++done;
        std::this_thread::sleep_until(begin + sent * std::chrono::microseconds(1'000'000 * connections / rate));
    }
}

/// Asks the event loop for an answer again and again; remembers the longest it took.
void watch(QObject* target, std::atomic<bool>& stop, std::atomic<qint64>& longest)
{
    while (!stop) {
        std::atomic<bool> answered = false;
        const auto asked = Clock::now();
        QMetaObject::invokeMethod(
            target, [&answered] { answered = true; }, Qt::QueuedConnection);
        while (!answered)
            std::this_thread::sleep_for(200us);
        const qint64 took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - asked).count();
        longest = std::max(longest.load(), took);
        std::this_thread::sleep_for(2ms);
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir folder;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.filePath(QStringLiteral("settings")));
    qputenv("XDG_DATA_HOME", folder.filePath(QStringLiteral("data")).toUtf8());

    installAccessibleFactory();
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("claimsmith"));
    QApplication::setApplicationName(QStringLiteral("claimsmith"));
    QSettings settings;
    Theme::instance().install({});

    FirstFrame frame;
    Services::Options options;
    options.dataFolder = folder.filePath(QStringLiteral("data"));
    options.freePorts = true;
    options.keychain = [](const QString&) { return std::make_unique<SessionStore>(); };
    Services services(options);
    FolderOpener opener(services.workspace(), services.secrets(), settings);
    MainWindow window([&services](Navigator& navigator) { return services.context(navigator); }, allPanels(), opener,
                      settings);
    window.installEventFilter(&frame);
    window.show();
    afterFirstFrame(window, [&opener] {
        opener.openSample(QStringLiteral("login_server"), [](const claimsmith::Result<void>& opened) {
            if (opened)
                return;
            std::fprintf(stderr, "%s\n", opened.error().toString().c_str());
            QApplication::exit(1);
        });
    });

    std::atomic<bool> stop = false;
    std::atomic<quint64> done = 0;
    std::atomic<qint64> longest = 0;
    std::vector<std::thread> threads;
    QTimer::singleShot(3s, &application, [&] {
        std::printf("first frame            %7.0f ms after the process began (goal 250)\n", frame.at);
        std::printf("resident, gateway on   %7.1f MB (goal 90)\n", residentMegabytes());
        const QString address = services.gateway().proxyAddress();
        const QStringList parts = address.split(QLatin1Char(':'));
        if (parts.size() != 2) {
            std::fprintf(stderr, "the gateway does not run\n");
            QApplication::exit(1);
            return;
        }
        window.showPanel(QStringLiteral("traffic"));
        threads.emplace_back(watch, &window, std::ref(stop), std::ref(longest));
        for (int i = 0; i < connections; ++i)
            threads.emplace_back(load, parts[0].toStdString(), static_cast<quint16>(parts[1].toUInt()), std::ref(stop),
                                 std::ref(done));
        QTimer::singleShot(loadTime, &application, [] { QApplication::exit(0); });
    });
    const int status = QApplication::exec();
    stop = true;
    // The watcher waits for an answer of the event loop: give it one.
    QApplication::processEvents();
    for (std::thread& thread : threads)
        thread.join();
    if (status == 0) {
        const double seconds = std::chrono::duration<double>(loadTime).count();
        std::printf("requests passed        %7.0f a second (aimed at %d)\n", static_cast<double>(done) / seconds, rate);
        std::printf("longest stall          %7.1f ms of the event loop meanwhile\n",
                    static_cast<double>(longest) / 1000);
        std::printf("resident after load    %7.1f MB\n", residentMegabytes());
    }
    return status;
}

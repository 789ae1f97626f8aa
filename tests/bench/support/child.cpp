// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/support/child.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

namespace claimsmith::bench {
namespace {

using namespace std::chrono_literals;

/// A socket of the loopback address, closed at the end.
class Socket final
{
public:
    Socket() noexcept : m_handle(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
    ~Socket() { ::close(m_handle); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    bool connect(std::uint16_t port) const noexcept
    {
        const sockaddr_in address = loopback(port);
        return ::connect(m_handle, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }

    std::uint16_t bindAnywhere() const noexcept
    {
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        if (::bind(m_handle, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
            ::getsockname(m_handle, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            return 0;
        return ntohs(address.sin_port);
    }

private:
    static sockaddr_in loopback(std::uint16_t port) noexcept
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        return address;
    }

    int m_handle;
};

std::filesystem::path find(const std::string& program)
{
    if (program.find('/') != std::string::npos)
        return program;
    const char* path = std::getenv("PATH");
    std::istringstream folders(std::string(path ? path : "") + ":/usr/sbin:/sbin");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (auto file = std::filesystem::path(folder) / program; ::access(file.c_str(), X_OK) == 0)
            return file;
    return {};
}

} // namespace

std::unique_ptr<Child> Child::start(const std::vector<std::string>& arguments, const std::filesystem::path& log)
{
    const std::string program = find(arguments.front()).string();
    if (program.empty())
        return nullptr;
    std::vector<std::string> texts = arguments;
    std::vector<char*> argv;
    for (std::string& text : texts)
        argv.push_back(text.data());
    argv.push_back(nullptr);
    const pid_t process = ::fork();
    if (process == 0) {
        const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(out, STDOUT_FILENO);
        ::dup2(out, STDERR_FILENO);
        ::execv(program.c_str(), argv.data());
        std::_Exit(127);
    }
    return process > 0 ? std::unique_ptr<Child>(new Child(process)) : nullptr;
}

Child::~Child()
{
    ::kill(m_process, SIGTERM);
    ::waitpid(m_process, nullptr, 0);
}

bool Child::waitForPort(std::uint16_t port) const
{
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (std::chrono::steady_clock::now() < end) {
        if (Socket().connect(port))
            return true;
        siginfo_t info{};
        if (::waitid(P_PID, static_cast<id_t>(m_process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0)
            return false;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

std::uint64_t Child::processorTime() const
{
    std::uint64_t sum = 0;
    std::error_code error;
    const auto tasks = std::filesystem::path("/proc") / std::to_string(m_process) / "task";
    for (const auto& task : std::filesystem::directory_iterator(tasks, error)) {
        std::uint64_t time = 0;
        std::ifstream(task.path() / "schedstat") >> time;
        sum += time;
    }
    return sum;
}

std::size_t Child::residentBytes() const
{
    std::size_t total = 0;
    std::size_t resident = 0;
    std::ifstream("/proc/" + std::to_string(m_process) + "/statm") >> total >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

bool isInstalled(const std::string& program)
{
    return !find(program).empty();
}

std::uint16_t freePort()
{
    return Socket().bindAnywhere();
}

} // namespace claimsmith::bench

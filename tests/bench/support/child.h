// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace claimsmith::bench {

/// A program that runs beside the bench and is measured from outside. Ends with this object.
class Child final
{
public:
    /// Starts the program, found along PATH; what it prints goes to `log`. Null when it cannot be started.
    static std::unique_ptr<Child> start(const std::vector<std::string>& arguments, const std::filesystem::path& log);
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child();

    /// Waits until somebody listens on the port of the loopback address; false when the program ends or 10 s pass.
    bool waitForPort(std::uint16_t port) const;
    /// User and system time of all its threads so far, in nanoseconds.
    std::uint64_t processorTime() const;
    std::size_t residentBytes() const;

private:
    explicit Child(pid_t process) noexcept : m_process(process) {}

    pid_t m_process;
};

/// Whether a program of this name is along PATH or where Debian keeps servers.
bool isInstalled(const std::string& program);

/// A port of the loopback address that nobody uses at this moment.
std::uint16_t freePort();

} // namespace claimsmith::bench

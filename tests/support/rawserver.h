// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace claimsmith::test {

/// A TCP server that answers with exact bytes, whatever they are: one connection after the other, one answer for each
/// request head (with its Content-Length body). When the answers are used up, and after an answer that announces no
/// length, it closes.
class RawServer final
{
public:
    enum Manner {
        Answering,
        Silent, ///< accepts and reads, never answers
        Hasty,  ///< answers one head a connection at once, then reads no more and leaves the connection open
    };

    explicit RawServer(std::vector<std::string> answers, Manner manner = Answering);
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;
    ~RawServer();

    std::uint16_t port() const noexcept { return m_port; }
    /// Everything it has read so far.
    std::string received() const;
    /// How many connections it has accepted.
    int connections() const noexcept { return m_connections; }

private:
    void run();
    void serve(int connection);
    /// Waits for input; false when the server should stop.
    bool waitFor(int descriptor) const;

    std::vector<std::string> m_answers;
    Manner m_manner;
    int m_listener = -1;
    int m_wake[2] = {-1, -1};
    std::uint16_t m_port = 0;
    std::size_t m_next = 0;
    std::vector<int> m_left; ///< open connections that nobody reads
    std::atomic<int> m_connections{0};
    mutable std::mutex m_mutex;
    std::string m_received;
    std::thread m_thread;
};

} // namespace claimsmith::test

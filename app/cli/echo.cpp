// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/io.h"
#include "cli/signals.h"
#include "http/echo/echoserver.h"

#include <cstdio>

namespace claimsmith::cli {

Command echoCommand();

namespace {

constexpr std::chrono::seconds drainTime{5};

int runEcho(const Arguments& arguments)
{
    const auto listen = http::parseAuthority(arguments.valueOr("--listen", "127.0.0.1:3000"));
    if (!listen)
        return fail(WrongUsage, "--listen: " + listen.error().detail);
    Signals signals;
    const auto server = http::EchoServer::start(*listen);
    if (!server)
        return fail(Environment, server.error());
    writeLine("ready listen=" + (*server)->address().toString());
    std::fflush(stdout); // whoever waits for the line reads it through a pipe
    while (signals.wait() != Signals::Event::Stop) {
    }
    (*server)->stop(drainTime);
    return Success;
}

} // namespace

Command echoCommand()
{
    return {"echo",
            "",
            "answer each request with a JSON description of it",
            {{"--listen", "HOST:PORT", "where to listen; 127.0.0.1:3000 unless given"}},
            runEcho};
}

} // namespace claimsmith::cli

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/node.h"

#include "base/random.h"

#include <boost/asio/ip/host_name.hpp>

#ifdef _WIN32
#include <process.h>
#else
#include <unistd.h>
#endif

namespace claimsmith::gateway {
namespace {

int currentProcess() noexcept
{
#ifdef _WIN32
    return _getpid();
#else
    return getpid();
#endif
}

NodeIdentity makeIdentity()
{
    boost::system::error_code error;
    return {randomUuid(), boost::asio::ip::host_name(error), currentProcess()};
}

} // namespace

const NodeIdentity& nodeIdentity()
{
    static const NodeIdentity identity = makeIdentity();
    return identity;
}

} // namespace claimsmith::gateway

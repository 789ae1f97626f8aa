// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/folderopener.h"

#include <QTest>

#include <optional>

namespace claimsmith::app {

/// Runs `start`, which is given what to call when it is done, and waits for that. Fails when it takes too long.
template <class Start>
Result<void> waitForOpening(const Start& start)
{
    std::optional<Result<void>> result;
    start([&result](const Result<void>& opened) { result = opened; });
    constexpr int patience = 20'000; // milliseconds, for machines under load
    if (!QTest::qWaitFor([&result] { return result.has_value(); }, patience))
        qFatal("the workspace was neither opened nor refused");
    return *result;
}

inline Result<void> openFreshSample(FolderOpener& opener, const QString& name)
{
    return waitForOpening([&](WorkspaceOpener::Done done) { opener.openFreshSample(name, true, std::move(done)); });
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace claimsmith::app {

/// The translation context of the Gateway panel.
struct GatewayTr
{
    Q_DECLARE_TR_FUNCTIONS(Gateway)
};

} // namespace claimsmith::app

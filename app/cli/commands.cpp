// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

namespace claimsmith::cli {

Command gatewayCommand();
Command echoCommand();
Command idpCommand();
Command jwtSignCommand();
Command jwtVerifyCommand();
Command jwtDecodeCommand();
Command jwtEncryptCommand();
Command jwtDecryptCommand();
Command jwtForgeCommand();
Command jwtAttackCommand();
Command jwtLintCommand();
Command jwtExplainCommand();
Command jwtCompareCommand();
Command jwkGenerateCommand();
Command jwkConvertCommand();
Command jwkPublicCommand();
Command jwkThumbprintCommand();
Command jwkSetCommand();
Command jwkInspectCommand();
Command sendCommand();
Command testCommand();

const std::vector<Command>& commands()
{
    // clang-format off
    static const std::vector<Command> list{
        gatewayCommand(),
        echoCommand(),
        idpCommand(),
        jwtSignCommand(),
        jwtVerifyCommand(),
        jwtDecodeCommand(),
        jwtEncryptCommand(),
        jwtDecryptCommand(),
        jwtForgeCommand(),
        jwtAttackCommand(),
        jwtLintCommand(),
        jwtExplainCommand(),
        jwtCompareCommand(),
        jwkGenerateCommand(),
        jwkConvertCommand(),
        jwkPublicCommand(),
        jwkThumbprintCommand(),
        jwkSetCommand(),
        jwkInspectCommand(),
        sendCommand(),
        testCommand(),
    };
    // clang-format on
    return list;
}

} // namespace claimsmith::cli

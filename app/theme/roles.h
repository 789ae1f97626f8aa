// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace claimsmith::app {

/// What a colour is for. Code never names a colour, only its role; the values of both themes are in
/// resources/theme/tokens.json under the names that roleName() gives.
enum class Role {
    BgWindow,
    BgRail,
    BgPanel,
    BgSurface,
    BgRaised,
    BgSunken,
    BgHover,
    BgPressed,
    BgSelected,
    BgSelectedInactive,
    BgControl,
    BgChip,
    LineSubtle,
    Line,
    LineStrong,
    LineControl,
    LineFocus,
    Text,
    Text2,
    Text3,
    TextDisabled,
    TextOnAccent,
    Accent,
    AccentHover,
    AccentPressed,
    AccentText,
    AccentBg,
    Ok,
    OkBg,
    OkSolid,
    Warn,
    WarnBg,
    WarnSolid,
    Bad,
    BadBg,
    BadSolid,
    Info,
    InfoBg,
    InfoSolid,
    DiffAddBg,
    DiffChangeBg,
    DiffRemoveBg,
    JwtHeader,
    JwtPayload,
    JwtSignature,
    JwtHeaderBg,
    JwtPayloadBg,
    JwtSignatureBg,
    MGet,
    MPost,
    MPut,
    MPatch,
    MDelete,
    MOther,
    SynKey,
    SynString,
    SynNumber,
    SynConst,
    SynPunct,
    SynComment,
    SynGutter,
};

inline constexpr std::size_t roleCount = static_cast<std::size_t>(Role::SynGutter) + 1;

/// The role's name in tokens.json: "bg-window" for Role::BgWindow.
std::string_view roleName(Role role) noexcept;

} // namespace claimsmith::app

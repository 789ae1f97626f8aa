// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Sizes in device-independent pixels. Those that also stand in resources/theme/tokens.json are held equal by a test.
namespace claimsmith::app::metrics {

inline constexpr int topBar = 40;
inline constexpr int statusBar = 28;
inline constexpr int rail = 72;
inline constexpr int railNarrow = 48;
inline constexpr int railItem = 56;
inline constexpr int tabBar = 36;
inline constexpr int panelHeader = 40;
inline constexpr int toolbar = 52;

inline constexpr int row = 28;
inline constexpr int rowCompact = 24;
inline constexpr int rowRelaxed = 32;
inline constexpr int tableHeader = 28;

inline constexpr int control = 28;
inline constexpr int controlSmall = 24;
inline constexpr int controlLarge = 36;
inline constexpr int iconButton = 28;
inline constexpr int iconButtonSmall = 24;
inline constexpr int chip = 20;
inline constexpr int indent = 16;

inline constexpr int splitter = 5;
inline constexpr int splitterGrab = 9;
inline constexpr int scrollBar = 10;
inline constexpr int scrollThumb = 6;

inline constexpr int pagePadding = 16;
inline constexpr int cardPadding = 12;
inline constexpr int cardGap = 16;
inline constexpr int cardHeader = 36;

inline constexpr int radiusChip = 4;
inline constexpr int radiusControl = 6;
inline constexpr int radiusMessage = 6;
inline constexpr int radiusCard = 8;
inline constexpr int radiusDialog = 10;

inline constexpr int iconRail = 20;
inline constexpr int iconRow = 16;
inline constexpr int iconField = 14;
inline constexpr int iconChip = 12;
inline constexpr int iconEmpty = 32;

} // namespace claimsmith::app::metrics

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

#include <functional>
#include <vector>

namespace claimsmith::app {

/// One line that the palette can offer.
struct PaletteEntry
{
    enum class Group { Actions, Requests, Tokens, Gateway, Consumers, Traffic };

    Group group = Group::Actions;
    QString title;
    QString detail = {};
    QLatin1String icon = {};
    QString method = {}; ///< in place of the icon
    QKeySequence keys = {};
    std::function<void()> run = {};
};

struct TextRange
{
    qsizetype start;
    qsizetype length;
    friend bool operator==(const TextRange&, const TextRange&) = default;
};

/// An entry that matched, with the ranges of the query's words for bold type.
struct PaletteHit
{
    const PaletteEntry* entry; ///< into the searched list; valid as long as that
    QList<TextRange> inTitle;
    QList<TextRange> inDetail;
};

/// Finds entries in which every word of `query` occurs, in title or detail, without regard to case. A leading ">" asks
/// for commands only, "#" for entities, "@" for consumers. Hits are grouped as PaletteEntry::Group orders; within a
/// group those whose title starts with the query come first, then titles with words that start so, then the rest; equal
/// ones keep their order. At most `limit` hits a group.
std::vector<PaletteHit> searchPalette(const std::vector<PaletteEntry>& entries, const QString& query, int limit = 8);

} // namespace claimsmith::app

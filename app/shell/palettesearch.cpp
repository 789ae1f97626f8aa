// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/palettesearch.h"

#include <algorithm>
#include <optional>

namespace claimsmith::app {
namespace {

using Group = PaletteEntry::Group;

struct Query
{
    std::optional<std::vector<Group>> groups;
    QStringList words;
    QString text;
};

Query parse(const QString& typed)
{
    Query query;
    query.text = typed.trimmed();
    if (query.text.startsWith(QLatin1Char('>')))
        query.groups = {Group::Actions};
    else if (query.text.startsWith(QLatin1Char('#')))
        query.groups = {Group::Gateway, Group::Consumers};
    else if (query.text.startsWith(QLatin1Char('@')))
        query.groups = {Group::Consumers};
    if (query.groups)
        query.text = query.text.mid(1).trimmed();
    query.words = query.text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return query;
}

bool atWordStart(const QString& text, qsizetype position)
{
    return position == 0 || !text.at(position - 1).isLetterOrNumber();
}

/// The best place of a word: where a word of the text starts so, else the first.
qsizetype placeOf(const QString& word, const QString& text)
{
    const qsizetype first = text.indexOf(word, 0, Qt::CaseInsensitive);
    for (qsizetype place = first; place >= 0; place = text.indexOf(word, place + 1, Qt::CaseInsensitive))
        if (atWordStart(text, place))
            return place;
    return first;
}

enum class Rank { StartsWithQuery, WordsStart, Contained };

struct Ranked
{
    Rank rank;
    PaletteHit hit;
};

std::optional<Ranked> match(const PaletteEntry& entry, const Query& query)
{
    Ranked result{Rank::WordsStart, {&entry, {}, {}}};
    for (const QString& word : query.words) {
        const qsizetype title = placeOf(word, entry.title);
        const qsizetype detail = placeOf(word, entry.detail);
        if (title < 0 && detail < 0)
            return std::nullopt;
        if (title >= 0)
            result.hit.inTitle.append({title, word.size()});
        else
            result.hit.inDetail.append({detail, word.size()});
        if (title < 0 || !atWordStart(entry.title, title))
            result.rank = Rank::Contained;
    }
    if (!query.text.isEmpty() && entry.title.startsWith(query.text, Qt::CaseInsensitive))
        result.rank = Rank::StartsWithQuery;
    const auto byStart = [](const TextRange& a, const TextRange& b) { return a.start < b.start; };
    std::sort(result.hit.inTitle.begin(), result.hit.inTitle.end(), byStart);
    std::sort(result.hit.inDetail.begin(), result.hit.inDetail.end(), byStart);
    return result;
}

} // namespace

std::vector<PaletteHit> searchPalette(const std::vector<PaletteEntry>& entries, const QString& typed, int limit)
{
    const Query query = parse(typed);
    std::vector<Ranked> ranked;
    for (const PaletteEntry& entry : entries) {
        if (query.groups && std::find(query.groups->begin(), query.groups->end(), entry.group) == query.groups->end())
            continue;
        if (auto found = match(entry, query))
            ranked.push_back(std::move(*found));
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
        return std::pair(a.hit.entry->group, a.rank) < std::pair(b.hit.entry->group, b.rank);
    });
    std::vector<PaletteHit> hits;
    int inGroup = 0;
    for (Ranked& one : ranked) {
        inGroup = !hits.empty() && hits.back().entry->group == one.hit.entry->group ? inGroup + 1 : 1;
        // Once the limit is reached the group's last shown hit stays the newest, so the count goes on.
        if (inGroup <= limit)
            hits.push_back(std::move(one.hit));
    }
    return hits;
}

} // namespace claimsmith::app

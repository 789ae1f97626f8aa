// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/compare.h"

#include "document/json.h"
#include "jose/jws.h"

#include <algorithm>
#include <array>

namespace claimsmith::jose {
namespace {

using document::Array;
using document::Object;
using document::Value;

bool isTime(std::string_view pointer) noexcept
{
    constexpr std::array<std::string_view, 5> times{"/exp", "/nbf", "/iat", "/auth_time", "/updated_at"};
    return std::ranges::find(times, pointer) != times.end();
}

std::optional<std::int64_t> shiftOf(std::string_view pointer, const Value& before, const Value& after)
{
    if (!isTime(pointer) || before.asNumber() == nullptr || after.asNumber() == nullptr)
        return std::nullopt;
    const auto from = before.asNumber()->toInteger();
    const auto to = after.asNumber()->toInteger();
    constexpr std::int64_t bound = std::int64_t{1} << 60; // no time, and the difference might not fit
    if (!from || !to || *from > bound || *from < -bound || *to > bound || *to < -bound)
        return std::nullopt;
    return *to - *from;
}

/// Whether two lists hold the same values, whatever their order.
bool isPermutation(const Value& before, const Value& after)
{
    const Array* a = before.asArray();
    const Array* b = after.asArray();
    constexpr std::size_t largest = 256; // the comparison is quadratic
    return a != nullptr && b != nullptr && a->size() == b->size() && a->size() <= largest &&
           std::is_permutation(a->begin(), a->end(), b->begin());
}

void compareInto(std::vector<MemberDifference>& list, const std::string& pointer, const Object& before,
                 const Object& after);

void compareValues(std::vector<MemberDifference>& list, const std::string& pointer, const Value& before,
                   const Value& after)
{
    if (before.asObject() != nullptr && after.asObject() != nullptr && !(before == after))
        return compareInto(list, pointer, *before.asObject(), *after.asObject());
    const bool isReordered = !(before == after) && isPermutation(before, after);
    list.push_back({.pointer = pointer,
                    .change = before == after || isReordered ? MemberChange::Same : MemberChange::Changed,
                    .before = before,
                    .after = after,
                    .shift = shiftOf(pointer, before, after),
                    .isReordered = isReordered});
}

void compareInto(std::vector<MemberDifference>& list, const std::string& pointer, const Object& before,
                 const Object& after)
{
    for (const document::Member& member : before) {
        const std::string at = document::joinPointer(pointer, member.name);
        if (const Value* other = after.find(member.name))
            compareValues(list, at, member.value, *other);
        else
            list.push_back({.pointer = at, .change = MemberChange::Removed, .before = member.value});
    }
    for (const document::Member& member : after) {
        if (!before.contains(member.name))
            list.push_back({.pointer = document::joinPointer(pointer, member.name),
                            .change = MemberChange::Added,
                            .after = member.value});
    }
}

Result<Jws> readCounted(std::string_view token, const char* which)
{
    auto jws = readJws(token);
    if (jws)
        return jws;
    Error error = std::move(jws).error();
    error.parameters.emplace_back("token", which);
    return error;
}

} // namespace

std::vector<MemberDifference> compareMembers(const Object& before, const Object& after)
{
    std::vector<MemberDifference> list;
    compareInto(list, "", before, after);
    return list;
}

Result<TokenComparison> compareTokens(std::string_view before, std::string_view after)
{
    CLAIMSMITH_TRY(const Jws first, readCounted(before, "1"));
    CLAIMSMITH_TRY(const Jws second, readCounted(after, "2"));
    const JwsSignature& a = first.signatures.front();
    const JwsSignature& b = second.signatures.front();
    TokenComparison comparison{.header = compareMembers(a.protectedMembers, b.protectedMembers),
                               .claims = {},
                               .samePayload = first.payload.octets == second.payload.octets,
                               .sameSignature = a.signature.octets == b.signature.octets};
    const auto firstClaims = document::parseJson(first.payload.octets);
    const auto secondClaims = document::parseJson(second.payload.octets);
    if (firstClaims && secondClaims && firstClaims->asObject() != nullptr && secondClaims->asObject() != nullptr)
        comparison.claims = compareMembers(*firstClaims->asObject(), *secondClaims->asObject());
    return comparison;
}

std::string_view toString(MemberChange change) noexcept
{
    constexpr std::array<std::string_view, 4> names{"same", "changed", "removed", "added"};
    return names[static_cast<std::size_t>(change)];
}

} // namespace claimsmith::jose

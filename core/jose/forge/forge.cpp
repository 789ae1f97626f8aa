// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/forge/forge.h"

#include "jose/forge/groups.h"
#include "jose/forge/subject.h"

#include <algorithm>

namespace claimsmith::jose::forge {

std::vector<const Variant*> variants()
{
    std::vector<const Variant*> all;
    for (const auto group : {&unsignedVariants, &confusionVariants, &headerKeyVariants, &structureVariants,
                             &headerVariants, &claimVariants, &encryptedVariants}) {
        for (const Variant& variant : group())
            all.push_back(&variant);
    }
    return all;
}

const Variant* findVariant(std::string_view id)
{
    const std::vector<const Variant*> all = variants();
    const auto found = std::ranges::find(all, id, [](const Variant* variant) { return variant->id; });
    return found == all.end() ? nullptr : *found;
}

Result<std::vector<ForgedVariant>> forge(std::string_view token, const Knowledge& knowledge,
                                         const std::vector<const Variant*>& chosen)
{
    CLAIMSMITH_TRY(Jws jws, readJws(token));
    if (const Error* problem = jws.firstProblem())
        return *problem;
    if (jws.serialization != Serialization::Compact)
        return Error{.code = JoseErrorCode::SerializationMixed, .detail = "a compact token is needed"};
    const Subject subject(token, std::move(jws), knowledge.now);
    std::vector<ForgedVariant> forged;
    for (const Variant* variant : chosen)
        forged.push_back({.variant = variant, .forgeries = variant->make(subject, knowledge)});
    return forged;
}

} // namespace claimsmith::jose::forge

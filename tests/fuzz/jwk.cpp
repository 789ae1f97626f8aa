// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jwk.h"
#include "document/json.h"
#include "jose/keytext.h"

#include <cstdint>
#include <cstdlib>

using namespace claimsmith;
using namespace claimsmith::jose;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// A key that was read is written and read again as the same key, and its public form tells nothing private.
void checkKey(const Key& key)
{
    const document::Value written = writeJwk(key, KeyParts::Private);
    const auto again = readJwk(written);
    require(again.hasValue());
    require(writeJwk(*again, KeyParts::Private) == written);
    require(again->thumbprint() == key.thumbprint() && again->canSign() == key.canSign());

    const document::Value open = writeJwk(key, KeyParts::Public);
    for (const std::string_view member : {"k", "d", "p", "q", "dp", "dq", "qi"})
        require(open.find(member) == nullptr);
    require(key.publicPart().has_value() == (key.secret() == nullptr));
    for (const Algorithm algorithm : algorithmsFor(key))
        require(info(algorithm).keyType == key.type());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto keys = readKeys(text)) {
        for (const Key& key : keys->set.keys)
            checkKey(key);
    }
    return 0;
}

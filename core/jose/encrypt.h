// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "document/value.h"
#include "jose/encryption.h"
#include "jose/key.h"
#include "jose/segment.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::jose {

/// Encrypts to one recipient (RFC 7516 §5.1). The header has to be a JSON object; its "alg" and "enc" decide and the
/// key has to suit them; "zip" DEF compresses. It is kept exactly as it is typed unless the algorithm adds members
/// (epk, iv, tag, p2s, p2c), which then stand at its end. An "apu", "apv" or "p2c" that is there is honoured. Fails
/// with the reasons of jose, among them those of checkSuitable(). PBES2 takes tenths of a second, or as long as p2c (at
/// most 10 million) asks.
Result<std::string> encryptCompact(std::string_view header, BytesView plaintext, const Key& key);

/// The same for a value, written without white space.
Result<std::string> encryptCompact(const document::Object& header, BytesView plaintext, const Key& key);

struct EncryptionRecipient
{
    Key key;
    document::Object header = {}; ///< what is his alone; not protected
};

/// A JSON serialisation of a JWE that is to be made.
struct JsonEncryption
{
    document::Object protectedHeader = {};
    document::Object sharedHeader = {}; ///< "unprotected"
    std::vector<EncryptionRecipient> recipients;
    std::optional<Bytes> additionalData = {};    ///< "aad"
    Serialization form = Serialization::General; ///< Flattened for one recipient
};

/// Encrypts once for all recipients; each has its "alg" in one of the three headers, "enc" is the same for all (RFC
/// 7516 §7.2). With several of them dir and ECDH-ES are refused: their key can't be shared. What an algorithm adds goes
/// to the recipient's header, or to the protected one when there is one recipient.
Result<std::string> encryptJson(const JsonEncryption& encryption, BytesView plaintext);

/// {"alg":…,"enc":…} and "kid" when the key has one: what a new token starts with.
document::Object defaultEncryptionHeader(const Key& key, KeyManagement algorithm, ContentEncryption encryption);

} // namespace claimsmith::jose

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "document/value.h"
#include "jose/jws.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::app {

/// How a token is written down (RFC 7515 §7, appendix F).
struct TokenForm
{
    jose::Serialization serialization = jose::Serialization::Compact;
    bool detached = false; ///< the payload is left out and travels apart

    friend bool operator==(const TokenForm&, const TokenForm&) = default;
};

/// A token being made or taken apart: its encoded text, its header and its payload, which follow each other. Each is
/// edited as text. While an edited text is broken, the other two keep the last good value; it stays as it was typed,
/// with its error. A plain value.
///
/// What is signed is what was typed: order of keys, digits, escapes, duplicates, and white space too where the text has
/// its own. A text without any is laid out for reading, and that layout is not signed. Either way the octets are those
/// of signedText(), which a recipe keeps. A pasted token keeps its very octets until its header or payload is edited.
///
/// A header with `cty` says that the payload is something else than claims, such as another token (RFC 7519 §5.2): then
/// any text is taken as it stands. With `b64` false and critical, the payload is signed without encoding (RFC 7797).
class TokenDraft final
{
public:
    enum class Pane { Encoded, Header, Payload };

    /// An unsigned token.
    explicit TokenDraft(std::string_view header = R"({"alg":"HS256","typ":"JWT"})", std::string_view payload = "{}");

    /// Takes a compact token, one behind "Bearer ", or a JSON serialisation (RFC 7515 §7.2), of which the first
    /// signature is taken over. Errors are of jose; their offsets count in the text.
    void typeEncoded(std::string text);
    void typeHeader(std::string text);
    void typePayload(std::string text);

    const TokenForm& form() const noexcept { return m_form; }
    void setForm(const TokenForm& form);

    /// Edits of single members, in place in the texts. They do nothing while the text is broken; false tells so.
    bool setHeaderMember(std::string_view name, std::string_view json);
    bool removeHeaderMember(std::string_view name);
    bool setClaim(std::string_view name, std::string_view json);
    bool removeClaim(std::string_view name);
    bool renameClaim(std::string_view name, std::string_view newName);

    /// Whether the white space of header or payload is signed as it stands. Follows from a token or text that is taken
    /// over; what is typed keeps to it.
    bool signsSpaces(Pane pane) const noexcept { return m_signsSpaces[static_cast<std::size_t>(pane)]; }
    void setSignsSpaces(Pane pane, bool signs);
    /// Takes over a header or payload as a recipe has it: white space of its own is signed.
    void takeText(Pane pane, std::string_view json);
    /// The octets of header or payload that are signed.
    std::string signedText(Pane pane) const;

    /// The text of a pane as it is shown: the typed one while it is broken.
    const std::string& text(Pane pane) const noexcept { return m_texts[static_cast<std::size_t>(pane)]; }
    const std::optional<Error>& error(Pane pane) const noexcept { return m_errors[static_cast<std::size_t>(pane)]; }
    bool isWhole() const noexcept;

    /// The last good value, written as form() says.
    std::string token() const;
    /// "header.payload", encoded (RFC 7515 §5.1 step 8).
    std::string signingInput() const;
    bool hasSignature() const noexcept { return !m_signature.empty(); }
    void setSignature(BytesView octets);
    /// What has to travel beside token(); nothing unless the payload is detached.
    std::optional<std::string> detachedPayload() const;

    /// The last good values.
    const document::Object& header() const noexcept { return m_header; }
    const document::Object& claims() const noexcept { return m_claims; }
    /// "alg" of the header; empty when it has none that is a string.
    std::string_view algorithm() const noexcept;
    /// The payload is signed without base64url: `b64` false, and critical (RFC 7797 §3, §6).
    bool isUnencoded() const noexcept;
    /// Whether the payload is something else than claims: the header has `cty`.
    bool carriesOctets() const noexcept;

    /// The same texts and parts; errors follow from them.
    friend bool operator==(const TokenDraft& a, const TokenDraft& b) noexcept;

private:
    std::string& textOf(Pane pane) noexcept { return m_texts[static_cast<std::size_t>(pane)]; }
    std::optional<Error>& errorOf(Pane pane) noexcept { return m_errors[static_cast<std::size_t>(pane)]; }
    Result<void> take(std::string_view text);
    void takePayload(Bytes octets);
    std::string shown(Pane pane, std::string_view json);
    std::string octetsOf(Pane pane) const;
    void encodePayload(std::string octets);
    void followHeader(bool wasUnencoded, bool carriedOctets);
    void refreshEncoded();
    bool type(Pane pane, Result<std::string> text);

    std::array<std::string, 3> m_texts;
    std::array<std::optional<Error>, 3> m_errors;
    std::array<bool, 3> m_signsSpaces{};
    std::string m_headerPart;  ///< encoded, as is the signature
    std::string m_payloadPart; ///< as it is signed: in base64url unless isUnencoded()
    std::string m_signature;
    TokenForm m_form;
    document::Object m_header;
    document::Object m_claims;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokendraft.h"

#include "base/base64.h"
#include "base/text.h"
#include "document/json.h"
#include "jose/jws.h"
#include "panels/tokens/jsontext.h"

#include <algorithm>
#include <memory>

namespace claimsmith::app {

namespace {

using jose::JoseErrorCode;

constexpr std::string_view bearer = "bearer ";

Error errorAt(JoseErrorCode code, std::size_t offset)
{
    Error error{.code = code};
    error.place.offset = offset;
    return error;
}

/// Duplicates are kept: a forged token is shown as it is.
Result<document::Value> readLenient(std::string_view json)
{
    document::JsonOptions options;
    options.allowDuplicateKeys = true;
    return document::parseJson(json, options);
}

Result<document::Object> readObject(std::string_view json, JoseErrorCode notAnObject)
{
    CLAIMSMITH_TRY(document::Value value, readLenient(json));
    if (!value.asObject())
        return errorAt(notAnObject, 0);
    return std::move(*value.asObject());
}

/// Without what comes with a copied token: blanks, quotes, the scheme of the Authorization header.
std::string_view withoutWrapping(std::string_view text)
{
    text = trimmed(text);
    constexpr std::string_view header = "authorization:";
    if (equalIgnoringCase(text.substr(0, header.size()), header))
        text = trimmed(text.substr(header.size()));
    while (equalIgnoringCase(text.substr(0, bearer.size()), bearer))
        text = trimmed(text.substr(bearer.size()));
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        text = trimmed(text.substr(1, text.size() - 2));
    return text;
}

/// RFC 7515 §7.2.1 and §7.2.2, with one signature.
std::string jsonToken(const TokenForm& form, const std::string& payload, const std::string& header,
                      const std::string& signature)
{
    document::Object object;
    if (!form.detached)
        object.set("payload", payload);
    document::Object parts{{"protected", header}, {"signature", signature}};
    if (form.serialization == jose::Serialization::General)
        object.set("signatures", document::Array{document::Value(std::move(parts))});
    else
        for (document::Member& part : parts)
            object.set(part.name, std::move(part.value));
    return document::toJson(document::Value(std::move(object)));
}

} // namespace

TokenDraft::TokenDraft(std::string_view header, std::string_view payload)
{
    m_headerPart = toBase64Url("{}");
    m_payloadPart = toBase64Url("{}");
    typeHeader(indentedJson(header));
    typePayload(indentedJson(payload));
}

bool operator==(const TokenDraft& a, const TokenDraft& b) noexcept
{
    return a.m_texts == b.m_texts && a.m_signsSpaces == b.m_signsSpaces && a.m_headerPart == b.m_headerPart &&
           a.m_payloadPart == b.m_payloadPart && a.m_signature == b.m_signature && a.m_form == b.m_form;
}

bool TokenDraft::isWhole() const noexcept
{
    return std::none_of(m_errors.begin(), m_errors.end(), [](const auto& error) { return error.has_value(); });
}

std::string TokenDraft::signingInput() const
{
    return m_headerPart + '.' + m_payloadPart;
}

std::string TokenDraft::token() const
{
    const std::string payload = m_form.detached ? std::string() : m_payloadPart;
    if (m_form.serialization == jose::Serialization::Compact)
        return m_headerPart + '.' + payload + '.' + m_signature;
    return jsonToken(m_form, payload, m_headerPart, m_signature);
}

void TokenDraft::setForm(const TokenForm& form)
{
    m_form = form;
    refreshEncoded();
}

std::optional<std::string> TokenDraft::detachedPayload() const
{
    return m_form.detached ? std::optional(signedText(Pane::Payload)) : std::nullopt;
}

bool TokenDraft::isUnencoded() const noexcept
{
    const auto* b64 = m_header.find("b64");
    const auto* encodes = b64 ? b64->asBoolean() : nullptr;
    const auto* critical = m_header.find("crit");
    const auto* names = critical ? critical->asArray() : nullptr;
    return encodes && !*encodes && names && std::any_of(names->begin(), names->end(), [](const auto& name) {
               const std::string* text = name.asString();
               return text && *text == "b64";
           });
}

bool TokenDraft::carriesOctets() const noexcept
{
    const auto* type = m_header.find("cty");
    const auto* name = type ? type->asString() : nullptr;
    return name && !name->empty();
}

std::string_view TokenDraft::algorithm() const noexcept
{
    const auto* name = m_header.find("alg");
    const auto* text = name ? name->asString() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

void TokenDraft::setSignature(BytesView octets)
{
    m_signature = toBase64Url(octets);
    refreshEncoded();
}

void TokenDraft::refreshEncoded()
{
    textOf(Pane::Encoded) = token();
    errorOf(Pane::Encoded).reset();
}

void TokenDraft::typeHeader(std::string text)
{
    auto object = readObject(text, JoseErrorCode::HeaderNotObject);
    textOf(Pane::Header) = std::move(text);
    if (!object) {
        errorOf(Pane::Header) = std::move(object).error();
        return;
    }
    errorOf(Pane::Header).reset();
    const bool wasUnencoded = isUnencoded();
    const bool carriedOctets = carriesOctets();
    m_header = std::move(object).value();
    m_headerPart = toBase64Url(octetsOf(Pane::Header));
    followHeader(wasUnencoded, carriedOctets);
    refreshEncoded();
}

/// What the header says about the payload decides how it is read and written.
void TokenDraft::followHeader(bool wasUnencoded, bool carriedOctets)
{
    if (wasUnencoded != isUnencoded())
        encodePayload(wasUnencoded ? m_payloadPart : fromBase64Url(m_payloadPart).value_or(std::string()));
    if (carriedOctets != carriesOctets())
        typePayload(text(Pane::Payload));
}

void TokenDraft::encodePayload(std::string octets)
{
    m_payloadPart = isUnencoded() ? std::move(octets) : toBase64Url(octets);
}

void TokenDraft::typePayload(std::string text)
{
    auto object = carriesOctets() ? document::Object() : readObject(text, JoseErrorCode::PayloadNotObject);
    textOf(Pane::Payload) = std::move(text);
    if (!object) {
        errorOf(Pane::Payload) = std::move(object).error();
        return;
    }
    errorOf(Pane::Payload).reset();
    m_claims = std::move(object).value();
    encodePayload(octetsOf(Pane::Payload));
    refreshEncoded();
}

/// The octets that the text of a pane stands for.
std::string TokenDraft::octetsOf(Pane pane) const
{
    const bool asTyped = signsSpaces(pane) || (pane == Pane::Payload && carriesOctets());
    return asTyped ? text(pane) : compactJson(text(pane));
}

std::string TokenDraft::signedText(Pane pane) const
{
    if (pane == Pane::Payload && isUnencoded())
        return m_payloadPart;
    return fromBase64Url(pane == Pane::Header ? m_headerPart : m_payloadPart).value_or(std::string());
}

/// The text for the pane of a part with these octets, which also decide whether white space counts.
std::string TokenDraft::shown(Pane pane, std::string_view json)
{
    const bool hasSpaces = compactJson(json).size() != json.size();
    m_signsSpaces[static_cast<std::size_t>(pane)] = hasSpaces;
    return hasSpaces ? std::string(json) : indentedJson(json);
}

void TokenDraft::takeText(Pane pane, std::string_view json)
{
    // What is not JSON goes in as it is: the pane then shows the error at its place.
    const bool isJson = !(pane == Pane::Payload && carriesOctets()) && document::parseJson(json).hasValue();
    std::string text = isJson ? shown(pane, json) : std::string(json);
    pane == Pane::Header ? typeHeader(std::move(text)) : typePayload(std::move(text));
}

void TokenDraft::setSignsSpaces(Pane pane, bool signs)
{
    m_signsSpaces[static_cast<std::size_t>(pane)] = signs;
    std::string text = this->text(pane);
    pane == Pane::Header ? typeHeader(std::move(text)) : typePayload(std::move(text));
}

void TokenDraft::typeEncoded(std::string text)
{
    textOf(Pane::Encoded) = text;
    errorOf(Pane::Encoded).reset();
    const std::string_view wrapped = text;
    const std::string_view content = withoutWrapping(wrapped);
    auto taken = take(content);
    if (taken) {
        refreshEncoded();
        return;
    }
    Error error = std::move(taken).error();
    if (error.place.offset != Place::npos)
        error.place.offset += static_cast<std::size_t>(content.data() - wrapped.data());
    errorOf(Pane::Encoded) = std::move(error);
}

Result<void> TokenDraft::take(std::string_view text)
{
    // Unused bits that are set are the verdict's business: the token can be shown.
    CLAIMSMITH_TRY(const jose::Jws jws, jose::readJws(text, {.base64 = Base64Rule::Lenient}));
    const jose::JwsSignature& first = jws.signatures.front();
    // Appendix F: the payload travels apart, so the one that is here stays.
    const bool detached = jws.payload.text.empty() && !first.signature.text.empty();
    for (const jose::Segment* part : {&first.protectedHeader, &jws.payload, &first.signature}) {
        if (part->problem && !(detached && part == &jws.payload))
            return *part->problem;
    }
    auto object = readObject(first.protectedHeader.octets, JoseErrorCode::HeaderNotObject);
    if (!object) {
        Error error = errorAt(JoseErrorCode::HeaderNotJson, first.protectedHeader.offset);
        error.cause = std::make_shared<const Error>(std::move(object).error());
        return error;
    }
    const bool wasUnencoded = isUnencoded();
    m_header = std::move(object).value();
    m_headerPart = first.protectedHeader.text;
    m_signature = first.signature.text;
    m_form.detached = detached;
    textOf(Pane::Header) = shown(Pane::Header, first.protectedHeader.octets);
    errorOf(Pane::Header).reset();
    if (detached) {
        followHeader(wasUnencoded, carriesOctets());
        return {};
    }
    m_payloadPart = jws.payload.text;
    takePayload(jws.payload.octets);
    return {};
}

/// What is no JSON object is shown as it is, with the reason: such a token is no JWT, but a JWS all the same.
void TokenDraft::takePayload(Bytes octets)
{
    errorOf(Pane::Payload).reset();
    if (carriesOctets()) {
        m_claims = {};
        textOf(Pane::Payload) = std::move(octets);
        return;
    }
    auto object = readObject(octets, JoseErrorCode::PayloadNotObject);
    if (object) {
        m_claims = std::move(object).value();
        textOf(Pane::Payload) = shown(Pane::Payload, octets);
        return;
    }
    m_claims = {};
    errorOf(Pane::Payload) = std::move(object).error();
    textOf(Pane::Payload) = std::move(octets);
}

bool TokenDraft::type(Pane pane, Result<std::string> text)
{
    if (error(pane) || !text || (pane == Pane::Payload && carriesOctets()))
        return false;
    pane == Pane::Header ? typeHeader(std::move(text).value()) : typePayload(std::move(text).value());
    return true;
}

bool TokenDraft::setHeaderMember(std::string_view name, std::string_view json)
{
    return type(Pane::Header, withMember(text(Pane::Header), name, json));
}

bool TokenDraft::removeHeaderMember(std::string_view name)
{
    return type(Pane::Header, withoutMember(text(Pane::Header), name));
}

bool TokenDraft::setClaim(std::string_view name, std::string_view json)
{
    return type(Pane::Payload, withMember(text(Pane::Payload), name, json));
}

bool TokenDraft::removeClaim(std::string_view name)
{
    return type(Pane::Payload, withoutMember(text(Pane::Payload), name));
}

bool TokenDraft::renameClaim(std::string_view name, std::string_view newName)
{
    return type(Pane::Payload, withRenamedMember(text(Pane::Payload), name, newName));
}

} // namespace claimsmith::app

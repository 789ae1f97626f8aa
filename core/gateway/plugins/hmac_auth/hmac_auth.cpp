// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/hmac_auth/hmac_auth.h"

#include "base/base64.h"
#include "base/secret.h"
#include "crypto/digest.h"
#include "gateway/fieldrules.h"
#include "gateway/plugins/authorization.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/hmac_auth/checks.h"
#include "gateway/plugins/hmac_auth/credentials.h"
#include "gateway/plugins/hmac_auth/explain.h"
#include "gateway/plugins/hmac_auth/signedrequest.h"
#include "gateway/plugins/identity.h"
#include "gateway/plugins/making.h"
#include "http/date.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace claimsmith::gateway {

using document::Array;
using hmacauth::HmacCredential;
using hmacauth::HmacCredentials;
using hmacauth::SignatureFields;

namespace {

constexpr std::string_view unverifiable = "HMAC signature cannot be verified";
constexpr std::string_view mismatch = "HMAC signature does not match";
constexpr std::string_view undated =
    "HMAC signature cannot be verified, a valid date or x-date header is required for HMAC Authentication";

/// What Kong keeps of a body in memory; it does not read on in the file behind it.
constexpr std::size_t largestBodyOfKong = 8192;

Array algorithmNames()
{
    Array names;
    for (const auto& algorithm : hmacauth::algorithms)
        names.emplace_back(algorithm.name);
    return names;
}

const Schema& schema()
{
    static const Schema hmacAuth{
        .fields =
            {
                forbiddenConsumerField(),
                httpProtocolsField(),
                recordField(
                    "config",
                    {
                        booleanField("hide_credentials")
                            .describe("An optional boolean value telling the plugin to show or hide the credential "
                                      "from the upstream service.")
                            .hint("Take the signature out before the request goes on.")
                            .require()
                            .defaultTo(false),
                        numberField("clock_skew")
                            .describe("Clock skew in seconds to prevent replay attacks.")
                            .hint("How far the request's date may be from the gateway's clock.")
                            .measuredIn("s")
                            .defaultTo(300)
                            .exceed(0),
                        stringField("anonymous")
                            .describe("An optional string (Consumer UUID or username) value to use as an “anonymous” "
                                      "consumer if authentication fails.")
                            .hint("Consumer used when authentication fails, instead of 401.")
                            .as(Format::ConsumerName),
                        booleanField("validate_request_body")
                            .describe("A boolean value telling the plugin to enable body validation.")
                            .hint("Compare the body with the Digest header.")
                            .require()
                            .defaultTo(false),
                        arrayField("enforce_headers", stringField())
                            .describe(
                                "A list of headers that the client should at least use for HTTP signature creation.")
                            .hint("Headers that have to be signed. Capitals count.")
                            .defaultTo(Array{}),
                        arrayField("algorithms", stringField().oneOf(algorithmNames()))
                            .describe("A list of HMAC digest algorithms that the user wants to support. Allowed values "
                                      "are `hmac-sha1`, `hmac-sha256`, `hmac-sha384`, and `hmac-sha512`")
                            .hint("Algorithms that are accepted.")
                            .defaultTo(algorithmNames()),
                        stringField("realm")
                            .describe("When authentication fails the plugin sends `WWW-Authenticate` header with "
                                      "`realm` attribute value.")
                            .hint("Realm that a refusal names in WWW-Authenticate.")
                            .annotate("required", false),
                    })
                    .require(),
            },
        .checks = {},
    };
    return hmacAuth;
}

std::int64_t secondsOf(TimePoint time)
{
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

class HmacAuthPlugin final : public Plugin
{
public:
    HmacAuthPlugin(const PluginContext& context, const HmacCredentials& credentials)
        : m_hides(flagSetting(context.config, "hide_credentials")),
          m_skew(numberSetting(context.config, "clock_skew", 300)),
          m_readsBody(flagSetting(context.config, "validate_request_body")),
          m_enforced(textsSetting(context.config, "enforce_headers")),
          m_algorithms(textsSetting(context.config, "algorithms")), m_challenge("hmac"), m_pointer(context.pointer),
          m_conduct(context.conduct), m_rule(context.config), m_credentials(credentials)
    {
        if (const auto realm = textSetting(context.config, "realm"))
            m_challenge += " realm=\"" + *realm + "\"";
    }

    bool needsRequestBody(const ClientRequest&) const noexcept override { return m_readsBody; }

    Decision access(Exchange& exchange) const override
    {
        if (m_rule.passes(exchange))
            return Continue{};
        Findings findings(exchange.step(), hmacauth::all);
        const std::string_view failure = check(exchange, findings);
        findings.closeUnchecked();
        return failure.empty() ? Continue{} : m_rule.refuse(exchange, refusal(exchange, failure));
    }

private:
    /// The message of the refusal; empty when the request is signed by somebody known.
    std::string_view check(Exchange& exchange, Findings& findings) const
    {
        const http::HeaderMap& headers = exchange.upstream.headers;
        const bool isSent = headers.contains("Authorization") || headers.contains("Proxy-Authorization");
        if (findings)
            findings.record(isSent, {.check = std::string(hmacauth::headerFound),
                                     .expected = "header Proxy-Authorization, header Authorization",
                                     .pointer = m_pointer});
        if (!isSent)
            return "Unauthorized";
        if (!checkDate(exchange, findings))
            return undated;
        const auto fields = readFields(exchange, findings);
        if (!fields || !checkHeaders(*fields, findings) || !checkAlgorithm(*fields, findings))
            return unverifiable;
        const HmacCredential* credential = m_credentials.find(fields->username);
        if (findings)
            noteUser(findings, fields->username, credential);
        if (!credential)
            return unverifiable;
        if (!checkSignature(exchange, *fields, *credential, findings) || !checkBody(exchange, *fields, findings))
            return mismatch;
        authenticate(exchange, *credential->consumer, *credential->entity, credential->entity->text("username"));
        return {};
    }

    /// X-Date first; Date when that one is not near enough.
    bool checkDate(const Exchange& exchange, Findings& findings) const
    {
        const std::int64_t now = secondsOf(exchange.clock.now());
        Finding date{.check = std::string(hmacauth::dateNear),
                     .expected = document::Number(m_skew).text(),
                     .pointer = document::joinPointer(m_pointer, "clock_skew"),
                     .parameters = {{"problem", "absent"}}};
        bool isNear = false;
        for (const std::string_view name : {"X-Date", "Date"}) {
            const auto text = exchange.upstream.headers.find(name);
            if (!text || isNear)
                continue;
            const auto time = http::parseHttpDate(*text);
            const std::int64_t distance = time ? secondsOf(*time) - now : 0;
            isNear = time && std::abs(static_cast<double>(distance)) <= m_skew;
            if (findings) {
                date.found = *text;
                date.parameters = {{"problem", isNear ? ""
                                               : time ? "far"
                                                      : "unreadable"},
                                   {"distance", std::to_string(distance)},
                                   {"header", std::string(name)}};
            }
        }
        findings.record(isNear, std::move(date));
        return isNear;
    }

    std::optional<SignatureFields> readFields(Exchange& exchange, Findings& findings) const
    {
        http::HeaderMap& headers = exchange.upstream.headers;
        Finding reads{.check = std::string(hmacauth::headerReads), .expected = "hmac"};
        for (const std::string_view name : {"Proxy-Authorization", "Authorization"}) {
            const auto value = headers.find(name);
            if (!value)
                continue;
            auto fields = m_conduct == Conduct::Kong ? hmacauth::readAsKong(*value) : hmacauth::readStrictly(*value);
            if (findings)
                describe(reads, *value, fields.has_value());
            if (!fields)
                continue;
            if (m_hides)
                headers.remove(name);
            findings.passed(std::move(reads));
            return fields;
        }
        findings.failed(std::move(reads));
        return std::nullopt;
    }

    void describe(Finding& reads, std::string_view value, bool isRead) const
    {
        reads.found = schemeOf(value);
        reads.quirk.clear();
        const bool isStrict = hmacauth::readStrictly(value).has_value();
        if (m_conduct == Conduct::Kong && isRead != isStrict)
            reads.quirk = isRead ? hmacauth::laxHeader : hmacauth::fixedOrder;
    }

    bool checkHeaders(const SignatureFields& fields, Findings& findings) const
    {
        const auto missing = std::ranges::find_if(m_enforced, [&](const std::string& name) {
            return std::ranges::find(fields.headers, name) == fields.headers.end();
        });
        if (findings && !m_enforced.empty())
            findings.record(missing == m_enforced.end(),
                            {.check = std::string(hmacauth::headersSigned),
                             .expected = joined(m_enforced),
                             .found = missing == m_enforced.end() ? joined(fields.headers) : *missing,
                             .pointer = document::joinPointer(m_pointer, "enforce_headers")});
        return missing == m_enforced.end();
    }

    bool checkAlgorithm(const SignatureFields& fields, Findings& findings) const
    {
        const bool isAllowed = std::ranges::find(m_algorithms, fields.algorithm) != m_algorithms.end();
        if (findings)
            findings.record(isAllowed, {.check = std::string(hmacauth::algorithmAllowed),
                                        .expected = joined(m_algorithms),
                                        .found = fields.algorithm,
                                        .pointer = document::joinPointer(m_pointer, "algorithms")});
        return isAllowed;
    }

    static void noteUser(Findings& findings, const std::string& username, const HmacCredential* credential)
    {
        findings.record(credential != nullptr, {.check = std::string(hmacauth::userKnown),
                                                .found = username,
                                                .pointer = credential ? credential->entity->pointer : std::string()});
    }

    bool checkSignature(const Exchange& exchange, const SignatureFields& fields, const HmacCredential& credential,
                        Findings& findings) const
    {
        const std::string text = hmacauth::signingText(exchange, fields.headers);
        const auto algorithm = std::ranges::find(hmacauth::algorithms, fields.algorithm, &hmacauth::Algorithm::name);
        const auto index = static_cast<std::size_t>(algorithm - hmacauth::algorithms.begin());
        const auto code =
            m_conduct == Conduct::Kong ? fromBase64BeforePadding(fields.signature) : fromBase64(fields.signature);
        const bool matches =
            code && index < hmacauth::algorithms.size() && credential.keys.at(index).verify(text, *code);
        if (findings)
            findings.record(matches, {.check = std::string(hmacauth::signatureMatches),
                                      .pointer = credential.entity->pointer,
                                      .parameters = {{"user", fields.username}, {"signed", text}}});
        return matches;
    }

    bool checkBody(const Exchange& exchange, const SignatureFields& fields, Findings& findings) const
    {
        if (!m_readsBody)
            return true;
        const Bytes& body = exchange.request.body ? *exchange.request.body : emptyBody();
        const auto sent = exchange.upstream.headers.find("Digest");
        const std::string right = "SHA-256=" + toBase64(crypto::digest(crypto::DigestKind::Sha256, body));
        const bool isTooLarge = m_conduct == Conduct::Kong && body.size() > largestBodyOfKong;
        const bool matches = !isTooLarge && (sent ? equalInConstantTime(*sent, right) : body.empty());
        const bool isSigned = std::ranges::find(fields.headers, "digest") != fields.headers.end();
        if (m_conduct == Conduct::Strict && matches && sent && !isSigned) {
            noteBody(findings, right, sent, isSigned, false, {});
            return false;
        }
        noteBody(findings, right, sent, isSigned, matches,
                 isTooLarge                     ? hmacauth::largeBody
                 : matches && sent && !isSigned ? hmacauth::unsignedDigest
                                                : std::string_view());
        return matches;
    }

    void noteBody(Findings& findings, const std::string& right, std::optional<std::string_view> sent, bool isSigned,
                  bool matches, std::string_view quirk) const
    {
        if (findings)
            findings.record(matches, {.check = std::string(hmacauth::digestMatches),
                                      .expected = right,
                                      .found = std::string(sent.value_or("")),
                                      .pointer = document::joinPointer(m_pointer, "validate_request_body"),
                                      .quirk = std::string(quirk),
                                      .parameters = {{"signed", isSigned ? "true" : "false"}}});
    }

    static const Bytes& emptyBody()
    {
        static const Bytes empty;
        return empty;
    }

    static std::string joined(const std::vector<std::string>& texts)
    {
        std::string list;
        for (const std::string& text : texts)
            list += (list.empty() ? "" : ", ") + text;
        return list;
    }

    Answer refusal(const Exchange& exchange, std::string_view message) const
    {
        Answer answer = errorAnswer(exchange.request.head.headers, exchange.requestId, 401, message);
        answer.headers.set("WWW-Authenticate", m_challenge);
        return answer;
    }

    bool m_hides;
    double m_skew;
    bool m_readsBody;
    std::vector<std::string> m_enforced;
    std::vector<std::string> m_algorithms;
    std::string m_challenge;
    std::string m_pointer;
    Conduct m_conduct;
    AuthenticationRule m_rule;
    const HmacCredentials& m_credentials;
};

} // namespace

PluginDescriptor hmacAuthPlugin()
{
    return {
        .name = "hmac-auth",
        .priority = 1030,
        .phases = {Phase::Access},
        .schema = schema,
        .entities = {&hmacauth::hmacAuthCredentialType()},
        .prepare = prepareData<HmacCredentials>,
        .create = makePluginWith<HmacAuthPlugin, HmacCredentials>,
        .explain = hmacauth::explainRefusal,
    };
}

} // namespace claimsmith::gateway

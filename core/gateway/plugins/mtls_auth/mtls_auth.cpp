// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/mtls_auth/mtls_auth.h"

#include "base/log.h"
#include "crypto/certificate.h"
#include "crypto/tls.h"
#include "gateway/fieldrules.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/identity.h"
#include "gateway/plugins/making.h"
#include "gateway/plugins/mtls_auth/checks.h"
#include "gateway/plugins/mtls_auth/explain.h"
#include "gateway/plugins/mtls_auth/mappings.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace claimsmith::gateway {

using document::Array;
using mtlsauth::Mappings;
using mtlsauth::Owner;
using mtlsauth::SubjectNames;

namespace {

constexpr std::string_view notSent = "No required TLS certificate was sent";
constexpr std::string_view notVerified = "TLS certificate failed verification";

Field uuidField()
{
    return stringField().as(Format::Uuid);
}

const Schema& schema()
{
    static const Schema mtlsAuth{
        .fields =
            {
                forbiddenConsumerField(),
                httpProtocolsField(),
                recordField(
                    "config",
                    {
                        stringField("anonymous")
                            .hint("Consumer used when no certificate is sent, instead of 401.")
                            .as(Format::ConsumerName),
                        arrayField("consumer_by", stringField().oneOf({"username", "custom_id"}))
                            .hint("Fields of consumers that are compared with the names of the certificate.")
                            .defaultTo(Array{"username", "custom_id"}),
                        arrayField("ca_certificates", uuidField())
                            .hint("Ids of the authorities that are trusted.")
                            .require(),
                        numberField("cache_ttl")
                            .hint("How long Kong remembers who it found.")
                            .measuredIn("s")
                            .require()
                            .defaultTo(60),
                        booleanField("skip_consumer_lookup")
                            .hint("Any trusted certificate will do; its names go to the upstream.")
                            .require()
                            .defaultTo(false),
                        booleanField("allow_partial_chain")
                            .hint("Trust an intermediate authority without its root.")
                            .require()
                            .defaultTo(false),
                        stringField("authenticated_group_by")
                            .hint("What becomes the group when no consumer is looked up.")
                            .oneOf({"CN", "DN"})
                            .defaultTo("CN"),
                        stringField("revocation_check_mode")
                            .hint("Whether authorities are asked if they revoked the certificate. They are not asked "
                                  "here.")
                            .oneOf({"SKIP", "IGNORE_CA_ERROR", "STRICT"})
                            .defaultTo("IGNORE_CA_ERROR"),
                        numberField("http_timeout").hint("For asking an authority.").measuredIn("ms").defaultTo(30000),
                        numberField("cert_cache_ttl")
                            .hint("How long an authority's answer counts.")
                            .measuredIn("ms")
                            .defaultTo(60000),
                        booleanField("send_ca_dn").hint("Tell clients which authorities are trusted.").defaultTo(false),
                        stringField("http_proxy_host").hint("Proxy for asking over HTTP."),
                        portField("http_proxy_port"),
                        stringField("https_proxy_host").hint("Proxy for asking over HTTPS."),
                        portField("https_proxy_port"),
                        stringField("default_consumer")
                            .hint("Consumer of trusted certificates that belong to nobody.")
                            .as(Format::ConsumerName),
                    })
                    .require(),
            },
        .checks = {},
    };
    return mtlsAuth;
}

/// An authority that the plugin trusts.
struct Authority
{
    std::string id;
    crypto::Certificate certificate;
};

struct Authorities
{
    std::vector<Authority> known;
    std::string missing; ///< id of one that the configuration lacks; empty: it has all
};

/// Kong takes ids of authorities that it does not have, as exports of a part of a configuration name them, and breaks
/// when somebody is verified.
Result<Authorities> readAuthorities(const PluginContext& context)
{
    Authorities authorities;
    for (const std::string& id : textsSetting(context.config, "ca_certificates")) {
        const Entity* entity = context.snapshot.entities().find("ca_certificates", id);
        if (!entity) {
            log(LogLevel::Warning, "gateway", "mtls-auth: there is no CA certificate " + id);
            authorities.missing = id;
            continue;
        }
        CLAIMSMITH_TRY(const auto certificates, crypto::Certificate::fromPem(entity->text("cert")));
        authorities.known.push_back({id, certificates.front()});
    }
    return authorities;
}

crypto::TrustStore storeOf(const std::vector<Authority>& authorities)
{
    std::vector<crypto::Certificate> certificates;
    for (const Authority& authority : authorities)
        certificates.push_back(authority.certificate);
    return crypto::TrustStore(certificates);
}

std::string joined(const std::vector<std::string>& texts)
{
    std::string list;
    for (const std::string& text : texts)
        list += (list.empty() ? "" : ", ") + text;
    return list;
}

class MtlsAuthPlugin final : public Plugin
{
public:
    MtlsAuthPlugin(const PluginContext& context, const Mappings& mappings, Authorities authorities)
        : m_authorities(std::move(authorities.known)), m_missing(std::move(authorities.missing)),
          m_trust(storeOf(m_authorities)), m_consumerBy(textsSetting(context.config, "consumer_by")),
          m_skipsLookup(flagSetting(context.config, "skip_consumer_lookup")),
          m_groupsByName(textSetting(context.config, "authenticated_group_by").value_or("CN") == "CN"),
          m_isPartial(flagSetting(context.config, "allow_partial_chain")),
          m_revocation(textSetting(context.config, "revocation_check_mode").value_or("SKIP")),
          m_pointer(context.pointer), m_rule(context.config), m_mappings(mappings)
    {
        if (const auto consumer = textSetting(context.config, "default_consumer"))
            m_defaultConsumer = context.snapshot.findAnonymous(*consumer);
    }

    Decision access(Exchange& exchange) const override
    {
        if (m_rule.passes(exchange))
            return Continue{};
        Findings findings(exchange.step(), mtlsauth::all);
        Decision decision = decide(exchange, findings);
        findings.closeUnchecked();
        return decision;
    }

private:
    Decision decide(Exchange& exchange, Findings& findings) const
    {
        const auto& tls = exchange.request.tls;
        const bool isSent = tls && !tls->certificates.empty();
        if (findings)
            findings.record(isSent, {.check = std::string(mtlsauth::certificateSent),
                                     .found = isSent ? tls->certificates.front().info().subject : std::string(),
                                     .parameters = {{"tls", tls ? "true" : "false"}}});
        if (!isSent)
            return m_rule.refuse(exchange, refusal(exchange, notSent));
        const auto chain = verify(exchange, tls->certificates, findings);
        if (!chain || !checkRevocation(findings))
            return refusal(exchange, notVerified);
        if (m_skipsLookup) {
            tellUpstream(exchange, chain->front());
            return Continue{};
        }
        const SubjectNames names = mtlsauth::namesOf(chain->front());
        const Owner owner = findOwner(names, *chain);
        if (findings)
            noteOwner(findings, names, owner);
        if (!owner.consumer)
            return m_rule.refuse(exchange, refusal(exchange, notVerified));
        authenticate(exchange, *owner.consumer, *owner.credential, owner.name);
        return Continue{};
    }

    /// The chain to an authority, by the gateway's clock.
    std::optional<std::vector<crypto::Certificate>>
    verify(const Exchange& exchange, const std::vector<crypto::Certificate>& sent, Findings& findings) const
    {
        if (!m_missing.empty())
            throw Fault{"there is no CA certificate " + m_missing};
        crypto::VerifyOptions options;
        options.purpose = crypto::CertificatePurpose::TlsClient;
        options.now = exchange.clock.now();
        options.partialChains = m_isPartial;
        auto chain = m_trust.verify(sent, options);
        if (findings)
            noteTrust(findings, exchange, sent.front().info(), chain.hasValue() ? nullptr : &chain.error());
        return chain ? std::optional(std::move(*chain)) : std::nullopt;
    }

    void noteTrust(Findings& findings, const Exchange& exchange, const crypto::CertificateInfo& info,
                   const Error* error) const
    {
        const auto seconds = [&](TimePoint limit) {
            return std::chrono::floor<std::chrono::seconds>(limit - exchange.clock.now()).count();
        };
        Finding trust{.check = std::string(mtlsauth::trusted),
                      .found = info.subject,
                      .pointer = document::joinPointer(m_pointer, "ca_certificates"),
                      .standard = "RFC 5280 §6",
                      .parameters = {{"issuer", info.issuer}}};
        if (error) {
            const bool isExpired = error->code == ErrorCode(crypto::CertificateErrorCode::Expired);
            const bool isEarly = error->code == ErrorCode(crypto::CertificateErrorCode::NotYetValid);
            trust.parameters.emplace_back("problem", isExpired ? "expired" : isEarly ? "not-yet-valid" : "untrusted");
            trust.parameters.emplace_back(
                "distance", std::to_string(isEarly ? seconds(info.notBefore) + 1 : seconds(info.notAfter)));
        }
        findings.record(!error, std::move(trust));
    }

    /// Nobody is asked here: whoever insists on an answer gets a refusal.
    bool checkRevocation(Findings& findings) const
    {
        const bool isStrict = m_revocation == "STRICT";
        Finding revoked{.check = std::string(mtlsauth::notRevoked),
                        .expected = m_revocation,
                        .pointer = document::joinPointer(m_pointer, "revocation_check_mode")};
        isStrict ? findings.failed(std::move(revoked)) : findings.notAsked(std::move(revoked));
        return !isStrict;
    }

    Owner findOwner(const SubjectNames& names, const std::vector<crypto::Certificate>& chain) const
    {
        Owner owner = m_mappings.findMapping(names, authorityOf(chain));
        if (!owner.consumer)
            owner = m_mappings.findConsumer(names, m_consumerBy);
        if (!owner.consumer && m_defaultConsumer)
            owner = {m_defaultConsumer, m_defaultConsumer->entity, m_defaultConsumer->username};
        return owner;
    }

    /// The id of the authority that the chain leads to.
    std::string authorityOf(const std::vector<crypto::Certificate>& chain) const
    {
        const auto known = std::ranges::find_if(m_authorities, [&](const Authority& authority) {
            return std::ranges::find(chain, authority.certificate) != chain.end();
        });
        return known == m_authorities.end() ? std::string() : known->id;
    }

    void noteOwner(Findings& findings, const SubjectNames& names, const Owner& owner) const
    {
        findings.record(
            owner.consumer != nullptr,
            {.check = std::string(mtlsauth::consumerFound),
             .expected = joined(m_consumerBy),
             .found = owner.consumer ? std::string(owner.consumer->entity->name()) : joined(names.all()),
             .pointer = owner.credential ? owner.credential->pointer : document::joinPointer(m_pointer, "consumer_by"),
             .parameters = {{"name", names.all().empty() ? std::string() : names.all().front()}}});
    }

    void tellUpstream(Exchange& exchange, const crypto::Certificate& certificate) const
    {
        const SubjectNames names = mtlsauth::namesOf(certificate);
        const std::string subject = certificate.info().subject;
        http::HeaderMap& headers = exchange.upstream.headers;
        headers.set("X-Client-Cert-Dn", subject);
        headers.set("X-Client-Cert-San", joined(names.alternative));
        exchange.shared.set("authenticated_groups", Array{m_groupsByName ? names.common : subject});
    }

    static Answer refusal(const Exchange& exchange, std::string_view message)
    {
        return errorAnswer(exchange.request.head.headers, exchange.requestId, 401, message);
    }

    std::vector<Authority> m_authorities;
    std::string m_missing;
    crypto::TrustStore m_trust;
    std::vector<std::string> m_consumerBy;
    bool m_skipsLookup;
    bool m_groupsByName;
    bool m_isPartial;
    std::string m_revocation;
    std::string m_pointer;
    const Consumer* m_defaultConsumer = nullptr;
    AuthenticationRule m_rule;
    const Mappings& m_mappings;
};

Result<std::unique_ptr<const Plugin>> create(const PluginContext& context)
{
    CLAIMSMITH_TRY(auto authorities, readAuthorities(context));
    const auto& mappings = static_cast<const Mappings&>(*context.data);
    return std::unique_ptr<const Plugin>(
        std::make_unique<const MtlsAuthPlugin>(context, mappings, std::move(authorities)));
}

} // namespace

PluginDescriptor mtlsAuthPlugin()
{
    return {
        .name = "mtls-auth",
        .priority = 1600,
        .phases = {Phase::Access},
        .schema = schema,
        .entities = {&mtlsauth::mtlsAuthCredentialType()},
        .prepare = prepareData<Mappings>,
        .create = create,
        .explain = mtlsauth::explainRefusal,
        .asksForClientCertificate = true,
        .enterpriseOnly = true,
    };
}

} // namespace claimsmith::gateway

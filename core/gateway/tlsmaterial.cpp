// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/tlsmaterial.h"

#include "base/base64.h"
#include "crypto/digest.h"
#include "document/value.h"
#include "gateway/entities.h"
#include "gateway/snapshot.h"

namespace claimsmith::gateway {
namespace {

using document::Value;

/// nginx's proxy_ssl_verify_depth, which Kong leaves as it is.
constexpr int usualDepth = 1;

Error unusable(const Entity& entity, std::string_view field, const Error& cause)
{
    return {ConfigurationErrorCode::Refused,
            {.pointer = document::joinPointer(entity.pointer, field)},
            "the certificate can't be used",
            {},
            std::make_shared<const Error>(cause)};
}

/// A short text that tells certificates apart.
std::string fingerprint(const crypto::Certificate& certificate)
{
    return toHex(crypto::digest(crypto::DigestKind::Sha256, certificate.der()));
}

std::string_view withoutLastDot(std::string_view name) noexcept
{
    return name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
}

const Value* valueOf(const Entity& entity, std::string_view field) noexcept
{
    const Value* const value = entity.fields.find(field);
    return value == nullptr || value->isNull() ? nullptr : value;
}

} // namespace

Result<TlsMaterial> TlsMaterial::read(const Entities& entities)
{
    TlsMaterial material;
    for (const auto& entity : entities.all("certificates"))
        CLAIMSMITH_CHECK(material.addCertificate(*entity));
    for (const auto& entity : entities.all("snis")) {
        const auto found = material.m_certificates.find(entity->reference("certificate"));
        if (found != material.m_certificates.end())
            material.m_names.add(std::string(entity->text("name")), found->second);
    }
    for (const auto& entity : entities.all("ca_certificates")) {
        const auto read = crypto::Certificate::fromPem(entity->text("cert"));
        if (!read)
            return unusable(*entity, "cert", read.error());
        material.m_authorities.emplace(entity->id, read->front());
    }
    return material;
}

Result<void> TlsMaterial::addCertificate(const Entity& entity)
{
    auto own = crypto::TlsIdentity::fromPem(entity.text("cert"), entity.text("key"));
    if (!own)
        return unusable(entity, "cert", own.error());
    std::optional<crypto::TlsIdentity> alternative;
    if (!entity.text("cert_alt").empty()) {
        auto other = crypto::TlsIdentity::fromPem(entity.text("cert_alt"), entity.text("key_alt"));
        if (!other)
            return unusable(entity, "cert_alt", other.error());
        alternative = std::move(other).value();
    }
    m_certificates.emplace(entity.id,
                           std::make_shared<const Shown>(Shown{std::move(own).value(), std::move(alternative)}));
    return {};
}

crypto::TlsOffer TlsMaterial::offer(std::string_view serverName) const
{
    crypto::TlsOffer offer;
    if (const auto* const shown = m_names.find(serverName)) {
        offer.identity = &(*shown)->identity;
        offer.alternative = (*shown)->alternative ? &*(*shown)->alternative : nullptr;
    }
    offer.asksForCertificate = m_asking.find(serverName) != nullptr;
    return offer;
}

void TlsMaterial::askOn(const Route& route)
{
    if (route.snis.empty())
        m_asking.add("*", true);
    for (const std::string& name : route.snis)
        m_asking.add(std::string(withoutLastDot(name)), true);
}

Result<void> TlsMaterial::setTrust(const Entity& service, crypto::TlsClientOptions& options, std::string& key) const
{
    const Value* const verify = valueOf(service, "tls_verify");
    if (verify == nullptr || verify->asBoolean() == nullptr || !*verify->asBoolean())
        return {};
    const Value* const depth = valueOf(service, "tls_verify_depth");
    options.depth = depth != nullptr && depth->asNumber() != nullptr
                        ? static_cast<int>(depth->asNumber()->toInteger().value_or(usualDepth))
                        : usualDepth;
    key += " verify " + std::to_string(options.depth);
    const Value* const ids = valueOf(service, "ca_certificates");
    if (ids == nullptr || ids->asArray() == nullptr) {
        static const crypto::TrustStore system = crypto::TrustStore::system();
        options.trust = system;
        return {};
    }
    std::vector<crypto::Certificate> trusted;
    for (const Value& id : *ids->asArray()) {
        const auto found = m_authorities.find(id.asString() == nullptr ? std::string() : *id.asString());
        if (found == m_authorities.end())
            continue; // the document was refused if it mattered; Kong skips it too
        trusted.push_back(found->second);
        key += " ca " + fingerprint(found->second);
    }
    options.trust.emplace(trusted);
    return {};
}

Result<void> TlsMaterial::setIdentity(const Entity& service, crypto::TlsClientOptions& options, std::string& key) const
{
    const auto found = m_certificates.find(service.reference("client_certificate"));
    if (found == m_certificates.end())
        return {};
    options.identity = found->second->identity;
    key += " client " + fingerprint(found->second->identity.certificate());
    return {};
}

Result<std::shared_ptr<const UpstreamTls>> TlsMaterial::upstream(const Entity& service)
{
    crypto::TlsClientOptions options;
    std::string key = "tls";
    CLAIMSMITH_CHECK(setTrust(service, options, key));
    CLAIMSMITH_CHECK(setIdentity(service, options, key));
    const auto known = m_upstreams.find(key);
    if (known != m_upstreams.end())
        return known->second;
    auto context = crypto::TlsClientContext::create(options);
    if (!context)
        return unusable(service, "client_certificate", context.error());
    auto made =
        std::make_shared<const UpstreamTls>(UpstreamTls{std::move(context).value(), options.trust.has_value(), key});
    m_upstreams.emplace(std::move(key), made);
    return made;
}

} // namespace claimsmith::gateway

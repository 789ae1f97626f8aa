// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/mtls_auth/mappings.h"

#include "gateway/fieldrules.h"

namespace claimsmith::gateway::mtlsauth {
namespace {

const Schema& schema()
{
    static const Schema mapping = credentialSchema({
        stringField("subject_name").hint("Alternative or common name of the client's certificate.").require(),
        foreignField("ca_certificate", "ca_certificates").hint("The authority; empty: any that is trusted."),
    });
    return mapping;
}

} // namespace

std::vector<std::string> SubjectNames::all() const
{
    std::vector<std::string> names = alternative;
    if (!common.empty())
        names.push_back(common);
    return names;
}

std::vector<std::string> SubjectNames::preferred() const
{
    return alternative.empty() ? all() : alternative;
}

SubjectNames namesOf(const crypto::Certificate& certificate)
{
    SubjectNames names;
    for (const crypto::AlternativeName& name : certificate.alternativeNames())
        names.alternative.push_back(name.text);
    names.common = certificate.commonName();
    return names;
}

Mappings::Mappings(const Snapshot& snapshot) : m_snapshot(snapshot)
{
    for (const auto& entity : snapshot.entities().all(mtlsAuthCredentialType().name))
        m_mappings.emplace(Key(entity->text("subject_name"), entity->reference("ca_certificate")), entity.get());
    for (const auto& consumer : snapshot.consumers()) {
        m_consumers.emplace(Key("username", consumer->username), consumer.get());
        m_consumers.emplace(Key("custom_id", consumer->customId), consumer.get());
    }
}

Owner Mappings::findMapping(const SubjectNames& names, std::string_view authority) const
{
    for (const std::string_view by : {authority, std::string_view()})
        for (const std::string& name : names.all())
            if (const auto found = m_mappings.find(Key(name, by)); found != m_mappings.end())
                return {m_snapshot.findConsumer(found->second->reference("consumer")), found->second, name};
    return {};
}

Owner Mappings::findConsumer(const SubjectNames& names, const std::vector<std::string>& fields) const
{
    for (const std::string& name : names.preferred())
        for (const std::string& field : fields)
            if (const auto found = m_consumers.find(Key(field, name)); found != m_consumers.end())
                return {found->second, found->second->entity, name};
    return {};
}

const EntityType& mtlsAuthCredentialType()
{
    static const EntityType type{
        "mtls_auth_credentials", "mtls_auth_credential", {}, schema, "mtls-auths", "mtls-auth", true};
    return type;
}

} // namespace claimsmith::gateway::mtlsauth

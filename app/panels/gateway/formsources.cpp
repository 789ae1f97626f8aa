// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/formsources.h"

#include "base/random.h"
#include "bridge/appcontext.h"
#include "bridge/gatewaydocument.h"
#include "bridge/secretservice.h"
#include "panels/gateway/newentity.h"

namespace claimsmith::app {
namespace {

constexpr std::size_t secretLength = 32;

QStringList namesOfType(const ConfigOutline& outline, std::string_view type)
{
    QStringList names;
    for (const OutlineEntity& entity : outline.entities()) {
        if (entity.type->name == type && !entity.name.empty())
            names.append(QString::fromStdString(entity.name));
    }
    return names;
}

std::optional<SecretBytes> reveal(const SecretService& secrets, const QString& written)
{
    const auto name = referencedName(written.toStdString());
    const auto secret = name ? secrets.findSecret(*name) : std::nullopt;
    return secret ? std::optional<SecretBytes>(SecretBytes(*secret)) : std::nullopt;
}

/// Under the name that the field refers to already, else under one made from consumer and field.
QString keep(AppContext& context, const std::string& pointer, const std::string& field, SecretBytes secret)
{
    const document::Value* entity = context.gatewayDocument.value().at(pointer);
    const std::string* written = entity ? entity->findString(field) : nullptr;
    auto name = written ? referencedName(*written) : std::nullopt;
    if (!name)
        name = suggestedSecretName(context.gatewayDocument.lastGood(), pointer, field);
    context.secrets.setSecret(*name, std::move(secret));
    return QString::fromStdString(referenceTo(*name));
}

} // namespace

SchemaFormSources formSources(AppContext& context, std::function<std::string()> current)
{
    SchemaFormSources sources;
    sources.names = [&context](std::string_view type) {
        return namesOfType(context.gatewayDocument.lastGood().outline, type);
    };
    sources.referenceName = [](const QString& written) {
        const auto name = referencedName(written.toStdString());
        return name ? QString::fromStdString(*name) : QString();
    };
    sources.reveal = [&context](const QString& written) { return reveal(context.secrets, written); };
    sources.keep = [&context, current = std::move(current)](const std::string& field, SecretBytes secret) {
        return std::optional<QString>(keep(context, current(), field, std::move(secret)));
    };
    return sources;
}

std::string keepNewSecret(AppContext& context, const std::string& name)
{
    context.secrets.setSecret(name, SecretBytes(randomAlphanumeric(secretLength)));
    return referenceTo(name);
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/secretnames.h"

#include "workspace/variables.h"

#include "base/text.h"

namespace claimsmith::workspace {
namespace {

constexpr std::string_view secretPrefix = "secret:";

/// Gathers names from everything that may hold a reference.
class Collector final
{
public:
    std::set<std::string> names;

    void addText(std::string_view text)
    {
        for (const Reference& reference : findReferences(text)) {
            if (reference.name.starts_with(secretPrefix))
                names.insert(reference.name.substr(secretPrefix.size()));
        }
    }

    void addRows(const std::vector<Row>& rows)
    {
        for (const Row& row : rows) {
            addText(row.name);
            addText(row.value);
        }
    }

    void addRequest(const Request& request)
    {
        addText(request.url);
        addRows(request.params);
        addRows(request.headers);
        addText(request.body.text);
        addText(request.body.file);
        addRows(request.body.form);
        std::visit(*this, request.auth);
    }

    void addFolder(const Folder& folder)
    {
        for (const Request& request : folder.requests)
            addRequest(request);
        for (const Folder& inner : folder.folders)
            addFolder(inner);
    }

    void addRecipe(const TokenRecipe& recipe)
    {
        addText(recipe.header);
        addText(recipe.payload);
        std::visit(*this, recipe.key);
    }

    void operator()(const NoAuth&) {}
    void operator()(const BearerAuth& auth) { addText(auth.token); }
    void operator()(const BasicAuth& auth)
    {
        addText(auth.username);
        addText(auth.password);
    }
    void operator()(const ApiKeyAuth& auth) { addText(auth.value); }
    void operator()(const SignedTokenAuth&) {}

    void operator()(const CredentialKey& key)
    {
        if (!key.key.empty())
            names.insert("key/" + key.key);
    }
    void operator()(const KeyringKey& key) { names.insert("key/" + key.kid); }
    void operator()(const SecretKey& key) { names.insert(key.secret); }
};

} // namespace

std::set<std::string> secretNames(const Workspace& workspace)
{
    Collector collector;
    for (const Folder& folder : workspace.folders)
        collector.addFolder(folder);
    for (const Environment& environment : workspace.environments)
        collector.addText(environment.text);
    for (const TokenRecipe& recipe : workspace.tokens)
        collector.addRecipe(recipe);
    for (const StoredKey& key : workspace.keys) {
        if (key.hasPrivatePart)
            collector.names.insert("key/" + key.kid);
    }
    for (std::string& name : environmentReferences(workspace.kongYml))
        collector.names.insert(std::move(name));
    return std::move(collector.names);
}

std::vector<std::string> environmentReferences(std::string_view kongYml)
{
    std::vector<std::string> names;
    for (std::size_t begin = kongYml.find("${{"); begin != std::string_view::npos;
         begin = kongYml.find("${{", begin + 3)) {
        const std::size_t end = kongYml.find("}}", begin);
        if (end == std::string_view::npos)
            break;
        std::string_view call = trimmed(kongYml.substr(begin + 3, end - begin - 3));
        if (!call.starts_with("env"))
            continue;
        call = trimmed(call.substr(3));
        // In a double-quoted scalar the quotes around the name are escaped.
        const std::string_view quote = call.starts_with("\\\"") ? "\\\"" : "\"";
        if (call.size() > 2 * quote.size() && call.starts_with(quote) && call.ends_with(quote))
            names.emplace_back(call.substr(quote.size(), call.size() - 2 * quote.size()));
    }
    return names;
}

} // namespace claimsmith::workspace

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/variables.h"

#include "base/text.h"
#include "document/json.h"

#include <algorithm>
#include <array>

namespace claimsmith::workspace {
namespace {

constexpr std::string_view secretPrefix = "secret:";
constexpr std::string_view tokenPrefix = "token.";
constexpr std::size_t deepestNesting = 32;

using Found = std::map<std::string, Variable, std::less<>>;

void collect(const document::Object& object, const std::string& prefix, const std::string& origin, Found& found)
{
    for (const document::Member& member : object) {
        const std::string name = prefix + member.name;
        if (const document::Object* inner = member.value.asObject())
            collect(*inner, name + ".", origin, found);
        else if (const std::string* text = member.value.asString())
            found.insert_or_assign(name, Variable{*text, origin});
        else
            found.insert_or_assign(name, Variable{document::toJson(member.value), origin});
    }
}

/// The environment and those it refines, the most basic first.
Result<std::vector<const Environment*>> lineage(const Workspace& workspace, std::string_view name)
{
    std::vector<const Environment*> chain;
    while (!name.empty()) {
        const Environment* environment = workspace.findEnvironment(name);
        if (!environment)
            return Error{VariableErrorCode::UnknownEnvironment,
                         {},
                         "there is no environment named " + std::string(name),
                         {{"name", std::string(name)}}};
        if (std::ranges::find(chain, environment) != chain.end())
            return Error{VariableErrorCode::EnvironmentCycle,
                         {},
                         "the environment " + environment->name + " refines itself",
                         {{"name", environment->name}}};
        chain.push_back(environment);
        name = environment->parent;
    }
    std::ranges::reverse(chain);
    return chain;
}

class Resolver final
{
public:
    Resolver(const Variables& variables, const Providers& providers) : m_variables(variables), m_providers(providers) {}

    Resolution resolve(std::string_view text)
    {
        Resolution resolution{{}, findReferences(text)};
        std::size_t copied = 0;
        for (Reference& reference : resolution.references) {
            resolution.text += text.substr(copied, reference.begin - copied);
            const std::optional<std::string> value = valueOf(reference);
            resolution.text +=
                value ? *value : std::string(text.substr(reference.begin, reference.end - reference.begin));
            copied = reference.end;
        }
        resolution.text += text.substr(copied);
        return resolution;
    }

private:
    std::optional<std::string> valueOf(Reference& reference)
    {
        if (reference.name.starts_with(secretPrefix))
            return secret(reference);
        if (reference.name.starts_with(tokenPrefix))
            return token(reference);
        return variable(reference);
    }

    std::optional<std::string> secret(Reference& reference) const
    {
        reference.origin = "secret store";
        const std::string_view name = std::string_view(reference.name).substr(secretPrefix.size());
        const auto bytes = m_providers.secrets ? m_providers.secrets->findSecret(name) : std::nullopt;
        if (!bytes) {
            reference.state = Reference::State::SecretMissing;
            return std::nullopt;
        }
        return std::string(*bytes);
    }

    std::optional<std::string> token(Reference& reference) const
    {
        reference.origin = "token recipe";
        if (!m_providers.tokens) {
            reference.state = Reference::State::Unknown;
            return std::nullopt;
        }
        auto made = m_providers.tokens->makeToken(std::string_view(reference.name).substr(tokenPrefix.size()));
        if (!made) {
            reference.state = Reference::State::TokenFailed;
            reference.detail = made.error().toString();
            return std::nullopt;
        }
        reference.value = *made;
        return std::move(*made);
    }

    std::optional<std::string> variable(Reference& reference)
    {
        const Variable* found = m_variables.find(reference.name);
        if (!found) {
            reference.state = Reference::State::Unknown;
            return std::nullopt;
        }
        reference.origin = found->origin;
        if (std::ranges::find(m_open, reference.name) != m_open.end() || m_open.size() >= deepestNesting) {
            reference.state = Reference::State::Cyclic;
            return std::nullopt;
        }
        m_open.push_back(reference.name);
        Resolution inner = resolve(found->value);
        m_open.pop_back();
        if (const Reference* problem = inner.firstProblem()) {
            reference.state = problem->state;
            reference.detail = problem->detail.empty() ? problem->name : problem->detail;
            return std::nullopt;
        }
        const bool holdsSecret = std::ranges::any_of(inner.references, [](const Reference& used) {
            return used.name.starts_with(secretPrefix) || used.value.empty();
        });
        if (!holdsSecret)
            reference.value = inner.text;
        return std::move(inner.text);
    }

    const Variables& m_variables;
    const Providers& m_providers;
    std::vector<std::string> m_open; ///< names whose values are being resolved
};

} // namespace

const ErrorDomain& errorDomain(VariableErrorCode) noexcept
{
    static const ErrorDomain domain{"workspace.variables", [](int code) noexcept -> std::string_view {
                                        constexpr std::array<std::string_view, 3> names = {
                                            "unknown-environment", "environment-cycle", "not-an-object"};
                                        return names[static_cast<std::size_t>(code)];
                                    }};
    return domain;
}

Result<Variables> Variables::of(const Workspace& workspace, std::string_view environment)
{
    Variables variables;
    CLAIMSMITH_TRY(const std::vector<const Environment*> chain, lineage(workspace, environment));
    for (const Environment* member : chain) {
        const std::string file = "environments/" + member->name + ".json";
        document::JsonOptions options;
        options.allowComments = true;
        if (trimmed(member->text).empty())
            continue;
        auto parsed = document::parseJson(member->text, options);
        if (!parsed)
            return std::move(parsed).error().in(file);
        const document::Object* object = parsed->asObject();
        if (!object)
            return Error{VariableErrorCode::NotAnObject, {file, "", 0, 1, 1}, "an environment is a JSON object"};
        collect(*object, "", member->name, variables.m_variables);
    }
    return variables;
}

void Variables::addBuiltIn(std::string name, std::string value)
{
    m_variables.try_emplace(std::move(name), Variable{std::move(value), "built in"});
}

void Variables::set(std::string name, Variable variable)
{
    m_variables.insert_or_assign(std::move(name), std::move(variable));
}

const Variable* Variables::find(std::string_view name) const
{
    const auto found = m_variables.find(name);
    return found == m_variables.end() ? nullptr : &found->second;
}

bool Resolution::isComplete() const noexcept
{
    return firstProblem() == nullptr;
}

const Reference* Resolution::firstProblem() const noexcept
{
    const auto found =
        std::ranges::find_if(references, [](const Reference& r) { return r.state != Reference::State::Resolved; });
    return found == references.end() ? nullptr : &*found;
}

std::vector<Reference> findReferences(std::string_view text)
{
    std::vector<Reference> references;
    std::size_t from = 0;
    for (;;) {
        const std::size_t close = text.find("}}", from);
        if (close == std::string_view::npos)
            return references;
        // The innermost opening: "{{ {{name}}" refers to name.
        const std::size_t open = text.substr(0, close).rfind("{{");
        if (open != std::string_view::npos && open >= from) {
            const std::string_view name = trimmed(text.substr(open + 2, close - open - 2));
            if (!name.empty() && name.find_first_of("\r\n\"") == std::string_view::npos) {
                Reference reference;
                reference.begin = open;
                reference.end = close + 2;
                reference.name = name;
                references.push_back(std::move(reference));
            }
        }
        from = close + 2;
    }
}

Resolution resolve(std::string_view text, const Variables& variables, const Providers& providers)
{
    return Resolver(variables, providers).resolve(text);
}

} // namespace claimsmith::workspace

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/scenario/scenario.h"

#include "base/file.h"
#include "base/text.h"
#include "document/json.h"
#include "document/yaml.h"
#include "http/message.h"
#include "runner/scenario/expectation.h"
#include "runner/scenario/outcome.h"
#include "workspace/format.h"
#include "workspace/lookup.h"
#include "workspace/memberreader.h"
#include "workspace/recipe.h"
#include "workspace/secretnames.h"
#include "workspace/storage.h"

#include <algorithm>
#include <array>

namespace claimsmith::runner {
namespace {

namespace fs = std::filesystem;
using document::Value;
using workspace::MemberReader;
using workspace::StorageErrorCode;

constexpr std::array<std::string_view, 4> codeNames{"unreadable", "no-room", "configuration", "undeliverable"};
constexpr int mostTimes = 10'000;

Error unreadable(const fs::path& file, Error cause)
{
    Error error{ScenarioErrorCode::Unreadable, {file.string()}};
    error.cause = std::make_shared<Error>(std::move(cause));
    return error;
}

struct Text
{
    Value value;
    document::SourceMap places;
};

/// JSON by its name, else YAML, of which most JSON is a part.
Result<Text> parse(const fs::path& file, std::string_view text)
{
    Text parsed;
    auto value = file.extension() == ".json" ? document::parseJson(text, {.allowComments = true}, &parsed.places)
                                             : document::parseYaml(text, {}, &parsed.places);
    if (!value)
        return unreadable(file, std::move(value).error());
    parsed.value = std::move(*value);
    return parsed;
}

/// Header names in lower case: that is how an outcome has them.
Value withLowerNames(const Value& pattern)
{
    if (!pattern.asObject())
        return pattern;
    document::Object lowered;
    for (const document::Member& member : *pattern.asObject())
        lowered.append(toLower(member.name), member.value);
    return lowered;
}

void lowerHeaderNames(Value& expectation)
{
    for (const std::string_view pointer : {"/headers", "/upstream/headers"}) {
        if (Value* headers = expectation.at(pointer))
            *headers = withLowerNames(*headers);
    }
}

/// Reads the members of a scenario's file.
class ScenarioReader final
{
public:
    ScenarioReader(const fs::path& file, Text text)
        : m_file(file), m_in(std::move(text.value), std::move(text.places), file.string())
    {
        m_scenario.file = file.string();
    }

    Result<Scenario> read()
    {
        m_in.refuseOthers({"name", "configuration", "workspace", "environment", "edition", "conduct", "echo", "secrets",
                           "tokens", "steps"});
        m_scenario.name = m_in.text("name", m_file.stem().string());
        m_scenario.environment = m_in.text("environment");
        m_scenario.edition = m_in.word<gateway::Edition>(
            "edition", {{"oss", gateway::Edition::OpenSource}, {"enterprise", gateway::Edition::Enterprise}},
            gateway::Edition::Enterprise);
        m_scenario.conduct = m_in.word<gateway::Conduct>(
            "conduct", {{"kong", gateway::Conduct::Kong}, {"strict", gateway::Conduct::Strict}},
            gateway::Conduct::Kong);
        if (m_in.has("echo"))
            m_scenario.echoes = m_in.texts("echo");
        CLAIMSMITH_CHECK(readWorkspace());
        CLAIMSMITH_CHECK(readConfiguration());
        CLAIMSMITH_CHECK(readProvider());
        readTokens();
        readSteps();
        readSecrets();
        if (auto error = m_in.takeError())
            return std::move(*error);
        return std::move(m_scenario);
    }

private:
    fs::path beside(const std::string& path) const { return m_file.parent_path() / path; }

    Result<void> readWorkspace()
    {
        m_scenario.folder =
            m_in.has("workspace") ? beside(m_in.text("workspace")) : workspace::findWorkspaceFolder(m_file);
        if (m_scenario.folder.empty())
            return {};
        auto storage = workspace::Storage::open(m_scenario.folder);
        if (!storage)
            return unreadable(m_file, std::move(storage).error());
        if (!storage->problems().empty())
            return unreadable(m_file, storage->problems().front());
        m_scenario.workspace = storage->workspace();
        return {};
    }

    Result<void> readConfiguration()
    {
        const Value* given = m_in.value("configuration");
        m_scenario.configurationFile = m_scenario.file;
        if (given && given->asObject()) {
            m_scenario.configuration = document::toJson(*given);
        } else if (given) {
            const fs::path path = beside(m_in.text("configuration"));
            auto text = readFile(path);
            if (!text)
                return unreadable(m_file, std::move(text).error());
            m_scenario.configuration = std::move(*text);
            m_scenario.configurationFile = path.string();
        } else {
            m_scenario.configuration = m_scenario.workspace.kongYml;
            m_scenario.configurationFile = (m_scenario.folder / "gateway" / "kong.yml").string();
            if (m_scenario.configuration.empty())
                m_in.required("configuration");
        }
        return {};
    }

    Result<void> readProvider()
    {
        const fs::path path = m_scenario.folder / "identity" / "provider.json";
        std::error_code none;
        if (m_scenario.folder.empty() || !fs::exists(path, none))
            return {};
        auto text = readFile(path);
        if (!text)
            return unreadable(m_file, std::move(text).error());
        CLAIMSMITH_TRY(m_scenario.provider, identity::readConfiguration(*text, path.string()));
        return {};
    }

    void readSecrets()
    {
        const Value* given = m_in.value("secrets");
        if (given && given->asArray()) {
            for (std::string& name : m_in.texts("secrets"))
                m_scenario.madeUpSecrets.insert(std::move(name));
        } else if (given && m_in.word<bool>("secrets", {{"made-up", true}}, false)) {
            m_scenario.madeUpSecrets = secretNames(m_scenario);
            std::erase_if(m_scenario.madeUpSecrets, [](const auto& name) { return name.starts_with("key/"); });
        }
    }

    void readTokens()
    {
        m_in.enterEach("tokens", [this] {
            m_in.refuseOthers({"id", "name", "algorithm", "header", "payload", "key"});
            workspace::TokenRecipe recipe = workspace::readTokenRecipe(m_in);
            std::erase_if(m_scenario.workspace.tokens,
                          [&recipe](const auto& each) { return each.name == recipe.name; });
            m_scenario.workspace.tokens.push_back(std::move(recipe));
        });
    }

    void readSteps()
    {
        m_in.enterEach("steps", [this] {
            m_in.refuseOthers(
                {"name", "request", "token", "auth", "headers", "body", "clock", "times", "expect", "capture"});
            ScenarioStep step;
            step.line = m_in.line();
            step.name = m_in.text("name", "step " + std::to_string(m_scenario.steps.size() + 1));
            step.request = readRequest();
            addAuth(step.request);
            addHeaders(step.request);
            addBody(step.request);
            step.clock = readClock();
            step.times = readTimes();
            step.expectation = readExpectation();
            step.captures = readCaptures();
            m_scenario.steps.push_back(std::move(step));
        });
        if (m_scenario.steps.empty())
            m_in.fail(StorageErrorCode::MissingMember, "steps", "a scenario needs steps", {{"name", "steps"}});
    }

    /// One of the workspace by its name, else "GET /api" as it is.
    workspace::Request readRequest()
    {
        const std::string text = m_in.required("request");
        if (const workspace::Request* named = workspace::findRequestByPath(m_scenario.workspace, text))
            return *named;
        const std::size_t space = std::min(text.find(' '), text.size());
        const std::string_view rest = trimmed(std::string_view(text).substr(space));
        workspace::Request request;
        request.name = text;
        request.method = text.substr(0, space);
        request.url = rest;
        request.via = rest.starts_with('/') ? workspace::Via::Gateway : workspace::Via::Direct;
        if (!http::isToken(request.method) || (!rest.starts_with('/') && rest.find("://") == std::string_view::npos))
            m_in.fail(StorageErrorCode::UnknownValue, "request",
                      "neither the name of one request of the workspace nor \"METHOD /path\"", {{"value", text}});
        return request;
    }

    void addAuth(workspace::Request& request)
    {
        if (m_in.has("auth"))
            request.auth = workspace::readAuth(m_in);
        if (!m_in.has("token"))
            return;
        const std::string recipe = m_in.text("token");
        if (!m_scenario.workspace.findToken(recipe))
            m_in.fail(StorageErrorCode::UnknownValue, "token", "there is no token recipe of this name",
                      {{"value", recipe}});
        request.auth = workspace::SignedTokenAuth{recipe};
    }

    void addHeaders(workspace::Request& request)
    {
        m_in.enter("headers", [&] {
            for (const document::Member& member : *m_in.object()) {
                std::erase_if(request.headers,
                              [&member](const auto& row) { return equalIgnoringCase(row.name, member.name); });
                if (!member.value.isNull()) // null: not this one of the workspace's request
                    request.headers.push_back({true, member.name, m_in.text(member.name), {}});
            }
        });
    }

    void addBody(workspace::Request& request)
    {
        const Value* body = m_in.value("body");
        if (!body)
            return;
        request.body = {};
        request.body.kind = body->asString() ? workspace::BodyKind::Text : workspace::BodyKind::Json;
        request.body.text = body->asString() ? *body->asString() : document::toJson(*body);
    }

    std::chrono::seconds readClock()
    {
        const std::string text = m_in.text("clock", "now");
        const auto shift = workspace::parseRelativeTime(text);
        if (!shift)
            m_in.fail(StorageErrorCode::UnknownValue, "clock", "expected a time such as now+15m", {{"value", text}});
        return std::chrono::seconds(shift.value_or(0));
    }

    int readTimes()
    {
        const std::int64_t times = m_in.integer("times").value_or(1);
        if (times < 1 || times > mostTimes)
            m_in.fail(StorageErrorCode::UnknownValue, "times", "expected a number from 1 to 10000",
                      {{"value", std::to_string(times)}});
        return static_cast<int>(std::clamp<std::int64_t>(times, 1, mostTimes));
    }

    std::map<std::string, std::string> readCaptures()
    {
        std::map<std::string, std::string> captures;
        m_in.enter("capture", [&] {
            for (const document::Member& member : *m_in.object())
                captures.insert_or_assign(member.name, m_in.text(member.name));
        });
        return captures;
    }

    Value readExpectation()
    {
        const Value* given = m_in.value("expect");
        if (!given) {
            m_in.required("expect");
            return document::Object();
        }
        if (const auto checked = checkPattern(*given); !checked)
            m_in.fail(StorageErrorCode::UnknownValue, "expect",
                      checked.error().place.pointer + ": " + checked.error().detail);
        m_in.enter("expect", [this] { m_in.refuseOthers(outcomeMembers()); });
        Value expectation = *given;
        lowerHeaderNames(expectation);
        return expectation;
    }

    const fs::path m_file;
    MemberReader m_in;
    Scenario m_scenario;
};

} // namespace

const ErrorDomain& errorDomain(ScenarioErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"scenario",
                                        [](int code) noexcept { return codeNames[static_cast<std::size_t>(code)]; }};
    return domain;
}

std::set<std::string> secretNames(const Scenario& scenario)
{
    workspace::Workspace whole = scenario.workspace;
    whole.kongYml = scenario.configuration;
    std::set<std::string> names = workspace::secretNames(whole);
    if (scenario.provider)
        names.merge(identity::secretNames(*scenario.provider));
    return names;
}

Result<Scenario> readScenario(const fs::path& file)
{
    auto text = readFile(file);
    if (!text)
        return unreadable(file, std::move(text).error());
    CLAIMSMITH_TRY(Text parsed, parse(file, *text));
    return ScenarioReader(file, std::move(parsed)).read();
}

} // namespace claimsmith::runner

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "workspace/model.h"
#include "workspace/sources.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::workspace {

enum class VariableErrorCode {
    UnknownEnvironment, ///< no environment has this name; parameter "name"
    EnvironmentCycle,   ///< an environment refines itself through its parents
    NotAnObject,        ///< the file is JSON, but no object
};
const ErrorDomain& errorDomain(VariableErrorCode) noexcept;

struct Variable
{
    std::string value;  ///< a string as it is, anything else as JSON text; may hold further `{{…}}`
    std::string origin; ///< name of the environment that gives it, or "built in"
    friend bool operator==(const Variable&, const Variable&) = default;
};

/// The variables that hold in an environment: its own, over those of the environments it refines, over the built-in
/// ones. Members of objects are reached with dots: `{"api": {"host": "x"}}` gives `api.host`. A plain value.
class Variables final
{
public:
    Variables() = default;
    /// Reads the environment and its parents. An empty name gives no variables. A file that is not JSON (comments are)
    /// gives the reader's error, with the file's name in its place.
    static Result<Variables> of(const Workspace& workspace, std::string_view environment);

    /// Adds a variable below all environments.
    void addBuiltIn(std::string name, std::string value);

    /// Sets a variable over all environments.
    void set(std::string name, Variable variable);

    const Variable* find(std::string_view name) const;
    auto begin() const { return m_variables.begin(); }
    auto end() const { return m_variables.end(); }

private:
    std::map<std::string, Variable, std::less<>> m_variables;
};

/// A `{{…}}` in a text.
struct Reference
{
    enum class State {
        Resolved,
        Unknown,       ///< no such variable, secret or recipe
        Cyclic,        ///< its value leads back to itself
        SecretMissing, ///< named as a secret, and the store has none or is locked
        TokenFailed,   ///< the recipe could not be signed; `detail` says why
    };
    std::size_t begin = 0; ///< byte offset of "{{"
    std::size_t end = 0;   ///< behind "}}"
    std::string name;      ///< "gateway", "secret:api-key", "token.admin"
    State state = State::Resolved;
    std::string value; ///< what it stands for; empty for secrets
    std::string origin;
    std::string detail;
};

struct Resolution
{
    std::string text;                  ///< unresolved references stay as they were written
    std::vector<Reference> references; ///< those of the text itself, in order
    bool isComplete() const noexcept;
    /// The first reference that is not resolved, or null.
    const Reference* firstProblem() const noexcept;
};

/// Who else may be asked; null: such references stay unresolved.
struct Providers
{
    const SecretSource* secrets = nullptr; ///< {{secret:NAME}}
    const TokenSource* tokens = nullptr;   ///< {{token.NAME}}
};

/// Where `{{…}}` stand in a text, for editors: names and offsets, nothing looked up.
std::vector<Reference> findReferences(std::string_view text);

/// Puts values in the place of `{{name}}`, also inside values. Blanks around a name are ignored. The text may hold
/// secrets and tokens afterwards: it is for the wire, not for a log.
Resolution resolve(std::string_view text, const Variables& variables, const Providers& providers = {});

} // namespace claimsmith::workspace

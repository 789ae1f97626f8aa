// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "bridge/configedit.h"
#include "bridge/configoutline.h"
#include "document/sourcemap.h"
#include "document/value.h"
#include "gateway/snapshot.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::app {

/// Something to say about a place of kong.yml.
struct ConfigProblem
{
    enum class Severity { Error, Warning };
    Severity severity = Severity::Error;
    /// Of an error: as the engine found it, with Kong's text. Of a warning: `message` is the rule's id, which app/text
    /// knows. Line and column count from 1; 0 where the place is not known.
    gateway::Problem problem;
    std::optional<ConfigEdit> fix = {}; ///< the one obvious change that mends it, when there is one
};

/// What a text of kong.yml says. A plain value, made on any thread.
struct ConfigAnalysis
{
    std::string text;
    /// The text is neither JSON nor YAML; then it is the one problem, and nothing else below holds anything.
    std::optional<Error> parseFailure;
    document::Value document;                          ///< as it is written, references unresolved
    document::SourceMap places;                        ///< of `document` in `text`
    ConfigOutline outline;                             ///< of `document`
    std::vector<ConfigProblem> problems;               ///< in the order of the text
    std::shared_ptr<const gateway::Snapshot> snapshot; ///< null when the engine refuses the document

    bool parses() const noexcept { return !parseFailure.has_value(); }
    std::size_t count(ConfigProblem::Severity severity) const noexcept;
    /// The worst that is said about the value at the pointer or anything inside it.
    std::optional<ConfigProblem::Severity> severityIn(std::string_view pointer) const noexcept;
    /// The line that a reader should look at for this pointer, counted from 1; 0 when the text has none.
    std::size_t lineOf(std::string_view pointer) const;
    /// What of the text to underline for a problem there: a plain value in one line itself, else the name it goes by.
    /// Without length when the text has no such place.
    document::Span spanOf(const Place& place) const;
};

/// Reads and validates. The name that places carry is "kong.yml".
ConfigAnalysis analyse(std::string text, const gateway::BuildOptions& options);

/// Only the reading: document, places and outline, without snapshot and what the engine finds wrong.
ConfigAnalysis readConfig(std::string text);

} // namespace claimsmith::app

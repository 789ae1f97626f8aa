// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::document {

/// What a plain scalar without a tag means to lyaml 6, the binding that Kong reads with: YAML 1.1 with yes/no/on/off
/// and numbers in base 2, 8, 10, 16 and 60, but neither y/n nor timestamps. Numbers that JSON can write keep their
/// text, the others become decimal.
Value resolvePlainScalar(std::string_view text);

/// What a scalar with one of the tags bool, float, int, null or str of YAML's own repository means; nothing when the
/// text does not fit the tag. `tag` is the part behind "tag:yaml.org,2002:"; for other tags as without one.
std::optional<Value> resolveTaggedScalar(std::string_view tag, std::string_view text);

enum class YamlContext {
    Block,
    Flow, ///< within [] or {}, where commas and brackets end a plain scalar
};

/// A string as one line of YAML: plain where no reader would take it for something else, else quoted, as go-yaml
/// (decK's library) chooses.
std::string toYamlString(std::string_view text, YamlContext context);

/// A number as YAML, which has its own words for those that JSON lacks.
std::string toYamlNumber(const Number& number);

/// Whether a string of several lines reads well, and reads back, as a literal block scalar ("|"). Those that end with
/// empty lines do not: they would run into the empty lines that follow.
bool fitsLiteralBlock(std::string_view text);

} // namespace claimsmith::document

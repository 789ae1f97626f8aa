// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/schema.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace claimsmith::app {

/// Between what a field's control holds, which is text, and the value that a document holds.

QString toText(const std::string& text);
/// A string as it is, everything else as compact JSON; null is empty.
QString textOf(const document::Value& value);
/// The texts of a list's elements; a value that is no list counts as one with a single element.
QStringList textsOf(const document::Value& value);

/// What a typed text means for a field of this type. Text that is of no use for the type stays a string, so that it is
/// kept and the schema says what is wrong with it. Nothing for an empty text, unless the field allows one.
std::optional<document::Value> valueFromText(const gateway::Field& field, const QString& text);
/// The same for a list, element by element; an empty one is nothing, unless the default has elements to get rid of.
std::optional<document::Value> valueFromTexts(const gateway::Field& list, const QStringList& texts);

} // namespace claimsmith::app

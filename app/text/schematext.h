// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace claimsmith::gateway {
struct Field;
}

namespace claimsmith::app {

/// Words around a schema: what a form, a tree and a menu say about fields and kinds of entities. Names of fields and
/// plugins are never translated; they are looked up in files and manuals.

/// The first sentence of the field's description, with a full stop. Empty when it has none.
QString helpText(const gateway::Field& field);

/// What a number means to a reader: "366 days" for 31622400 in "s", "1 min" for 60000 in "ms", "64 kB" for "bytes".
/// Empty where it says no more than the number itself.
QString numberReading(double value, std::string_view unit);
/// Unit and reading, as they stand at the end of a number's field: "s, 366 days", "ms".
QString unitText(double value, std::string_view unit);

/// "Services", "Consumers", "JWT credentials": the heading of all entities of a kind.
QString kindHeading(std::string_view entityType);
/// "service", "JWT credential": one of them, inside a sentence.
QString kindName(std::string_view entityType);
/// How the tree marks a credential before its key: "jwt", "key-auth". Empty for other kinds.
QString kindPrefix(std::string_view entityType);

/// What an empty list field asks for: "Add a header", "Add a cookie", "Add a value".
QString addElementText(const gateway::Field& list);

} // namespace claimsmith::app

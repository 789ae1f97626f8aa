// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <string>
#include <string_view>

namespace claimsmith::identity {

/// Text for an element or a quoted attribute: nothing in it is markup any more.
std::string escapeHtml(std::string_view text);

/// A page of the provider: no script, no frame, nothing from elsewhere, forms only to the provider and, where a form's
/// answer leads there, to `formTarget`'s origin (browsers hold redirects after a form to that rule). `title` is text,
/// `body` markup.
http::Response page(int status, std::string_view title, const std::string& body, std::string_view formTarget = {});

/// "<input type=hidden name=… value=…>", both escaped.
std::string hiddenField(std::string_view name, std::string_view value);

} // namespace claimsmith::identity

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/model.h"

#include <string>
#include <string_view>
#include <vector>

/// The two faces of a request's query: the text in the URL field and the rows of the Params tab. What is typed into the
/// field is sent byte by byte; a row that is switched off leaves the URL and waits in `Request::params`.
namespace claimsmith::app {

/// What the URL field shows: the URL with the parameters that are on, percent-encoded where they have to be.
std::string displayedUrl(const workspace::Request& request);

/// The request with this URL as typed. Parameters that were on are now part of it.
workspace::Request withDisplayedUrl(workspace::Request request, std::string_view url);

/// What the Params tab shows: the arguments of the URL, decoded, then the parameters that are off.
std::vector<workspace::Row> paramRows(const workspace::Request& request);

/// The request with these parameters. Arguments that were not changed keep their bytes in the URL.
workspace::Request withParamRows(workspace::Request request, const std::vector<workspace::Row>& rows);

} // namespace claimsmith::app

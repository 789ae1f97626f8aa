// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QString>

#include <string>

class QUndoStack;

namespace claimsmith::app {

class GatewayDocument;
class GatewaySession;
class HistoryStore;
class RequestSender;
class SecretService;
class WorkspaceSession;

/// Ways from one panel to another, which know nothing of each other. The shell implements it.
class Navigator
{
public:
    virtual ~Navigator() = default;
    /// Shows the entity at this JSON pointer of kong.yml in the Gateway panel, at one of its fields if the pointer goes
    /// on.
    virtual void openEntity(const std::string& pointer) = 0;
    /// Shows a token in the Tokens panel.
    virtual void openToken(const std::string& token) = 0;
    /// Shows the recipe with this name in the Tokens panel.
    virtual void openRecipe(const std::string& recipe) = 0;
    /// Sets the authentication of the request shown last to this recipe and shows it in the Requests panel.
    virtual void useRecipeInRequest(const std::string& recipe, bool send) = 0;
    virtual void showPanel(const QString& id) = 0;

protected:
    Navigator() = default;
    Navigator(const Navigator&) = default;
    Navigator& operator=(const Navigator&) = default;
};

/// What panels work with. Everything outlives the panels and lives on the GUI thread.
struct AppContext
{
    WorkspaceSession& workspace;
    SecretService& secrets;
    GatewayDocument& gatewayDocument;
    GatewaySession& gateway;
    RequestSender& sender;
    HistoryStore& history;
    ShiftedClock& clock;
    Navigator& navigator;
};

} // namespace claimsmith::app

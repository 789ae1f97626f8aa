// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "panels/tokens/tokendocument.h"
#include "panels/tokens/verdict.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::app {

class WorkspaceSession;

/// A token of the side list.
struct TokenEntry
{
    workspace::Id id;
    QString name;
    std::string algorithm;
    LifeState life;
    bool isOpen = false; ///< its times are concrete; otherwise a relative life of `life.distance` seconds
    bool isSaved = true;
};

/// The tokens there are: recipes of the workspace and pasted ones that are only looked at, which of them are open, and
/// which one is shown. Changes of saved tokens go into the workspace by themselves. GUI thread.
class TokenShelf final : public QObject
{
    Q_OBJECT

public:
    /// Both have to outlive it. Shows nothing before takeWorkspace().
    TokenShelf(WorkspaceSession& workspace, const Clock& clock, QObject* parent = nullptr);
    ~TokenShelf() override;

    /// Signs documents when they are opened or edited. Set it before the first token is shown.
    void setSigner(TokenDocument::Signer signer) { m_signer = std::move(signer); }
    /// Reads the workspace's recipes again: what was changed elsewhere replaces what is open.
    void takeWorkspace();

    std::vector<TokenEntry> entries() const;
    /// Null while there is no token at all.
    TokenDocument* current() const noexcept { return m_current; }
    void select(const workspace::Id& id);
    bool selectByName(std::string_view name);

    /// Puts a recipe into the workspace under an id of its own and a name that is free, and shows it.
    void add(workspace::TokenRecipe recipe);
    /// Shows a token that came from elsewhere. It joins the workspace only when it is saved.
    void paste(const std::string& token);
    /// Shows a new token of this recipe, signed; it joins the workspace only when it is saved.
    void look(workspace::TokenRecipe recipe);
    void duplicate(const workspace::Id& id);
    void remove(const workspace::Id& id);
    /// Brings back what remove() took last.
    void undoRemove();
    void rename(const workspace::Id& id, const QString& name);
    /// Puts a pasted token into the workspace; does nothing for others.
    void save();

signals:
    void listChanged();
    /// Another token is shown.
    void currentChanged();
    /// The shown token says something else, or has another name.
    void currentEdited();

private:
    using Documents = std::map<workspace::Id, std::unique_ptr<TokenDocument>>;

    TokenDocument* open(const workspace::TokenRecipe& recipe, bool saved);
    void show(TokenDocument* document);
    void dropGone();
    void dropChangedElsewhere();
    bool isKnown(const workspace::Id& id) const;
    void saveRecipe(TokenDocument& document);
    std::string freeName(const std::string& wanted) const;

    WorkspaceSession& m_workspace;
    const Clock& m_clock;
    TokenDocument::Signer m_signer;
    Documents m_documents;
    std::vector<workspace::Id> m_pasted; ///< unsaved ones, newest first
    TokenDocument* m_current = nullptr;
    std::optional<workspace::TokenRecipe> m_removed;
    std::size_t m_removedAt = 0;
    bool m_saving = false;
};

} // namespace claimsmith::app

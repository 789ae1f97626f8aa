// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/signingkey.h"
#include "panels/tokens/tokendraft.h"

#include <QObject>
#include <QUndoStack>

#include <functional>
#include <map>
#include <string>

namespace claimsmith::app {

/// Everything about a token that can be undone. A plain value.
struct TokenState
{
    TokenDraft draft;
    KeyChoice key;
    bool resigns = true;    ///< sign again after each edit
    bool setsIssuer = true; ///< `iss` follows the credential's key
    /// Times that are saved relative to the time of signing, as seconds from then: exp 600 becomes "now+600s".
    std::map<std::string, std::int64_t, std::less<>> relativeTimes;

    friend bool operator==(const TokenState&, const TokenState&) = default;
};

/// The state for a recipe as of now: relative times become NumericDates. Not signed.
TokenState stateOf(const workspace::TokenRecipe& recipe, std::int64_t now);
/// The recipe that makes this state again; id, name and a key that recipes can't name stay those of `base`.
workspace::TokenRecipe recipeOf(const TokenState& state, const workspace::TokenRecipe& base);

/// Sets a time and lets the recipe follow: relative to the time of signing, which is `now`.
void setTime(TokenState& state, std::string_view claim, std::int64_t instant, std::int64_t now);
/// Keeps relative times in step with an edit that moved them from what they were in `before`.
void followTimes(TokenState& state, const TokenState& before);

/// A token that is open: its state, its undo steps, the keys typed for it.
class TokenDocument final : public QObject
{
    Q_OBJECT

public:
    /// Gives the state a new signature when there is a key for it; what it does is part of the step.
    using Signer = std::function<void(TokenState&, const TypedKeys&)>;

    TokenDocument(workspace::TokenRecipe recipe, TokenState state, QObject* parent = nullptr);

    /// Id and name; its other members are those last saved.
    const workspace::TokenRecipe& recipe() const noexcept { return m_recipe; }
    void setRecipe(workspace::TokenRecipe recipe);
    /// Whether the workspace has it. A pasted token is only looked at until it is saved.
    bool isSaved() const noexcept { return m_saved; }
    void setSaved(bool saved) { m_saved = saved; }

    const TokenState& state() const noexcept { return m_state; }
    const TypedKeys& typedKeys() const noexcept { return m_typed; }
    QUndoStack* undoStack() noexcept { return &m_undoStack; }

    void setSigner(Signer signer) { m_signer = std::move(signer); }

    enum class Resign {
        IfWanted, ///< when the state re-signs while editing
        Never,    ///< the edit brought its own signature, or none is wanted
        Always,
    };
    /// One undoable step; none when the state stays the same. Steps in a row with the same `mergeKey` become one, until
    /// endGesture().
    void change(const QString& label, const QString& mergeKey, Resign resign,
                const std::function<void(TokenState&)>& edit);
    void endGesture() { ++m_gesture; }
    /// Not undoable: a typed key is no part of the token.
    void setTypedKeys(TypedKeys typed);
    /// Puts a signature on without a step: what was opened, or its key, makes another one now.
    void refreshSignature();

signals:
    void changed();
    /// A step was made, undone or redone, as opposed to a new signature of the same content.
    void stepped();

private:
    class Step;
    void setState(const TokenState& state);

    workspace::TokenRecipe m_recipe;
    TokenState m_state;
    TypedKeys m_typed;
    QUndoStack m_undoStack;
    Signer m_signer;
    int m_gesture = 0;
    bool m_saved = true;
};

} // namespace claimsmith::app

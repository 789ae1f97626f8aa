// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/appcontext.h"
#include "panels/tokens/craft/tokentemplates.h"
#include "panels/tokens/jwks/keysetstore.h"
#include "panels/tokens/keylist.h"
#include "panels/tokens/tokenautopsy.h"
#include "panels/tokens/tokenlint.h"
#include "panels/tokens/tokenshelf.h"
#include "panels/tokens/verdict.h"
#include "widgets/claimmodel.h"
#include "widgets/timeruler.h"

#include <QObject>
#include <QTimeZone>
#include <QTimer>

#include <optional>
#include <string>
#include <vector>

namespace claimsmith::app {

/// What the Tokens panel knows about the token that is shown: what it says, with which key it was checked and how.
/// Widgets show it and forward intentions. GUI thread.
class TokenBench final : public QObject
{
    Q_OBJECT

public:
    explicit TokenBench(AppContext& context, QObject* parent = nullptr);
    ~TokenBench() override;

    AppContext& context() const noexcept { return m_context; }
    const QTimeZone& zone() const noexcept { return m_zone; }
    void setZone(const QTimeZone& zone);
    std::int64_t now() const noexcept { return m_context.clock.unixSeconds(); }

    /// The tokens there are, and which one is shown.
    TokenShelf& shelf() noexcept { return m_shelf; }
    std::vector<KeyEntry> keys() const;
    /// Sets of keys that were fetched since the program started.
    KeySetStore& keySets() noexcept { return m_keySets; }

    /// Null while there is no token at all.
    TokenDocument* current() const noexcept { return m_shelf.current(); }
    /// A new recipe of the workspace for the first credential, living ten minutes.
    void createToken();
    /// A new recipe of the workspace, for the first key that suits the template.
    void createFrom(const TokenTemplate& chosen);
    /// Shows a new token that carries the shown one and is signed in turn (RFC 7519 §5.2).
    void nest();
    /// Whether the payload is a token itself, and shows that one.
    bool carriesToken() const;
    void openInner();

    // What the shown token says.
    const ChosenKeys& chosenKeys() const noexcept { return m_keys; }
    const Verdict& verdict() const noexcept { return m_verdict; }
    const std::vector<LintNote>& notes() const noexcept { return m_notes; }
    std::vector<ClaimRow> claimRows() const;
    TokenTimes times() const;
    /// Why the signature fails and what to do about it; nothing while it holds or is being examined.
    const std::optional<AutopsyAdvice>& autopsyAdvice() const noexcept { return m_autopsy.advice(); }
    void runAutopsyFix();
    /// Why signing failed the last time, until something changes.
    const std::optional<Error>& signingProblem() const noexcept { return m_signingProblem; }

    /// Where the chosen credential stands in kong.yml; empty when there is none.
    std::string credentialPointer() const;

    // The routes to judge by.
    std::vector<GuardedRoute> routes() const;
    /// Empty: the verification ladder.
    const std::string& route() const noexcept { return m_route; }
    void setRoute(const std::string& id);
    /// Where the route's jwt plugin stands in kong.yml; empty when it has none.
    std::string guardPointer(const std::string& route) const;
    /// The claim that names the credential for that route, and whether it belongs into the header.
    std::string keyClaim() const;

    // Edits; each is a step that can be undone.
    void typeEncoded(const QString& text);
    void typeHeader(const QString& text);
    void typePayload(const QString& text);
    void layOutPayload();
    /// Whether white space of header or payload is signed as typed, or left out.
    void setSignsSpaces(TokenDraft::Pane pane, bool signs);
    void setAlgorithm(const std::string& name);
    void setClaim(const std::string& name, const std::string& json);
    /// Sets a time: `follows` keeps its distance from the moment of signing in the recipe.
    void setInstant(const std::string& claim, std::int64_t instant, bool follows);
    /// Takes expressions such as "now+10m" that were typed into the payload for times.
    void settleTimes();
    void addClaim(const std::string& name);
    void removeClaim(const std::string& name);
    void renameClaim(const std::string& name, const std::string& newName);
    void moveTime(TimeClaim claim, std::int64_t instant);
    void endGesture();
    void runClaimAction(const std::string& claim, ClaimAction action);
    /// Issued now, expires so many seconds later; not above 0: expired already.
    void setLifetime(std::int64_t seconds);
    /// Issued now, expires in ten minutes, signed, whatever the token's settings are.
    void renew();
    void setHeader(const std::string& name, const std::string& json);
    /// How the token is written down, and whether its payload is signed without base64url.
    void setForm(const TokenForm& form);
    void setUnencoded(bool unencoded);
    /// Takes the signature away and says "none": only ever on request.
    void makeUnsecured();
    void runLintAction(const LintNote& note);
    void setKey(const KeyChoice& choice);
    /// Signs the shown token with a key of the keyring, by its algorithm.
    void useStoredKey(const std::string& kid, const std::string& algorithm);
    void setTypedKeys(TypedKeys typed);
    void setResigns(bool resigns);
    void setSetsIssuer(bool sets);
    /// Signs now; signingProblem() tells when that failed.
    bool sign();

signals:
    /// Another token is shown.
    void currentChanged();
    /// The shown token, its key or what is said about them changed.
    void changed();
    /// A second has passed: texts about times are new, the token is not.
    void ticked();

private:
    void edit(const QString& label, const QString& mergeKey, const std::function<void(TokenState&)>& change,
              TokenDocument::Resign resign = TokenDocument::Resign::IfWanted);
    void resign(TokenState& state, const TypedKeys& typed);
    KeySources sources() const;
    void followCredential(TokenState& state) const;
    static void followKey(TokenState& state, const ChosenKeys& keys);
    void refresh();
    void judge();
    void examineSignature();
    void readSecretAs(workspace::SecretEncoding encoding);
    KeyChoice judgedKey() const;
    void tick();

    AppContext& m_context;
    QTimeZone m_zone = QTimeZone::systemTimeZone();
    TokenShelf m_shelf;
    KeySetStore m_keySets;
    ChosenKeys m_keys;
    Verdict m_verdict;
    TokenAutopsy m_autopsy;
    std::vector<LintNote> m_notes;
    std::optional<Error> m_signingProblem;
    std::string m_route;
    bool m_routeChosen = false;
    QTimer m_second;
};

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/variableedit.h"
#include "workspace/model.h"

#include <QWidget>

#include <functional>
#include <vector>

class QComboBox;
class QGridLayout;

namespace claimsmith::app {

class RequestDocument;

/// What the form may choose from; asked whenever it is shown anew.
struct AuthChoices
{
    std::vector<workspace::TokenRecipe> recipes;
    std::vector<workspace::CredentialKey> credentials; ///< JWT credentials of the gateway's configuration
};

/// The left half of the Auth tab: the kind of authentication and its fields. For signed tokens also the recipe behind
/// them, so that key, claims and life of a token can be changed where it is used.
class AuthEditor final : public QWidget
{
    Q_OBJECT

public:
    AuthEditor(RequestDocument& document, std::function<AuthChoices()> choices, VariableEdit::Resolver resolver,
               QWidget* parent = nullptr);

    /// Shows the document's request as it is now.
    void refresh();
    void setNames(const QStringList& names);

signals:
    void openRecipeRequested(const QString& recipe);
    /// The user typed a secret to sign with: keep it under this name. `secret` is UTF-8.
    void secretEntered(const QString& name, const QByteArray& secret);

private:
    using Read = std::function<std::string(const workspace::Request&)>;
    using Write = std::function<void(workspace::Request&, const std::string&)>;

    void rebuild();
    void chooseKind(int kind);
    void addBearer();
    void addBasic();
    void addApiKey();
    void addSignedToken();
    void addRecipeChoice();
    void addRecipe(const std::string& name);
    void addKeyChoice(const std::string& recipe);
    void addSecretField(const std::string& recipe);
    void addClaims(const std::string& recipe);
    VariableEdit* addField(const QString& label, const QString& objectName, const Read& read, const Write& write);
    void addRow(const QString& label, QWidget* field);
    /// What the shown fields depend on beyond their texts: when it changes they are built anew.
    std::string shape() const;

    RequestDocument& m_document;
    std::function<AuthChoices()> m_choices;
    VariableEdit::Resolver m_resolver;
    QStringList m_names;
    QComboBox* m_kind;
    QWidget* m_fields = nullptr;
    QGridLayout* m_grid = nullptr;
    std::vector<std::function<void()>> m_updates; ///< bring the shown fields up to date
    std::string m_shape;
};

} // namespace claimsmith::app

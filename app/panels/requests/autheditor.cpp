// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/autheditor.h"

#include "panels/requests/requestdocument.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/codeeditor.h"
#include "widgets/label.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

using Field = RequestDocument::Field;
using workspace::Request;
using workspace::TokenRecipe;

constexpr int labelWidth = 88;
constexpr int fieldWidth = 400;
constexpr int kindWidth = 200;
constexpr int claimsHeight = 132;
constexpr int rowGap = 8;

struct KindText
{
    const char* name;
    const char* note;
};

/// In the order of workspace::Auth.
constexpr KindText kinds[] = {
    {QT_TRANSLATE_NOOP("claimsmith::app::AuthEditor", "None"), ""},
    {QT_TRANSLATE_NOOP("claimsmith::app::AuthEditor", "Bearer token"), "RFC 6750"},
    {QT_TRANSLATE_NOOP("claimsmith::app::AuthEditor", "Basic"), "RFC 7617"},
    {QT_TRANSLATE_NOOP("claimsmith::app::AuthEditor", "API key"), ""},
    {QT_TRANSLATE_NOOP("claimsmith::app::AuthEditor", "Signed JWT"), "RFC 7519"},
};

workspace::Auth emptyAuth(int kind, const AuthChoices& choices)
{
    switch (kind) {
    case 1:
        return workspace::BearerAuth{};
    case 2:
        return workspace::BasicAuth{};
    case 3:
        return workspace::ApiKeyAuth{};
    case 4:
        return workspace::SignedTokenAuth{choices.recipes.empty() ? std::string() : choices.recipes.front().name};
    default:
        return workspace::NoAuth{};
    }
}

QString qstring(const std::string& text)
{
    return QString::fromStdString(text);
}

QString keyLabel(const workspace::CredentialKey& key)
{
    return AuthEditor::tr("Credential of %1").arg(qstring(key.consumer));
}

} // namespace

AuthEditor::AuthEditor(RequestDocument& document, std::function<AuthChoices()> choices, VariableEdit::Resolver resolver,
                       QWidget* parent)
    : QWidget(parent), m_document(document), m_choices(std::move(choices)), m_resolver(std::move(resolver)),
      m_kind(new QComboBox)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::pagePadding, 12, metrics::pagePadding, 12);
    layout->setSpacing(rowGap);
    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    auto* label = new Label(tr("Type"), TextStyle::Small, Role::Text2);
    label->setFixedWidth(labelWidth);
    label->setBuddy(m_kind);
    m_kind->setObjectName(QStringLiteral("authKind"));
    m_kind->setAccessibleName(tr("Type of authentication"));
    m_kind->setFixedWidth(kindWidth);
    for (const KindText& kind : kinds)
        m_kind->addItem(tr(kind.name));
    auto* note = new Label({}, TextStyle::Small, Role::Text3);
    head->addWidget(label);
    head->addWidget(m_kind);
    head->addWidget(note);
    head->addStretch();
    layout->addLayout(head);
    m_fields = new QWidget;
    layout->addWidget(m_fields);
    layout->addStretch();
    connect(m_kind, &QComboBox::currentIndexChanged, note,
            [note](int kind) { note->setText(QString::fromLatin1(kind < 0 ? "" : kinds[kind].note)); });
    connect(m_kind, &QComboBox::activated, this, &AuthEditor::chooseKind);
    refresh();
}

void AuthEditor::setNames(const QStringList& names)
{
    m_names = names;
    for (auto* field : findChildren<VariableEdit*>())
        field->setNames(names);
}

std::string AuthEditor::shape() const
{
    const workspace::Auth& auth = m_document.request().auth;
    std::string shape = std::to_string(auth.index());
    const auto* token = std::get_if<workspace::SignedTokenAuth>(&auth);
    if (token == nullptr)
        return shape;
    shape += token->recipe;
    const AuthChoices choices = m_choices();
    for (const auto& recipe : choices.recipes)
        shape += '\n' + recipe.name;
    for (const auto& key : choices.credentials)
        shape += '\n' + key.consumer + '\t' + key.key;
    if (const auto recipe = m_document.recipe(token->recipe); recipe)
        shape += '\n' + std::to_string(recipe->key.index());
    return shape;
}

void AuthEditor::refresh()
{
    m_kind->setCurrentIndex(static_cast<int>(m_document.request().auth.index()));
    if (auto now = shape(); now != m_shape || m_grid == nullptr) {
        m_shape = std::move(now);
        rebuild();
    }
    for (const auto& update : m_updates)
        update();
}

void AuthEditor::chooseKind(int kind)
{
    if (static_cast<std::size_t>(kind) == m_document.request().auth.index())
        return;
    m_document.endStep();
    m_document.change(Field::Auth, tr("Change authentication"),
                      [&](Request& request) { request.auth = emptyAuth(kind, m_choices()); });
    m_document.endStep();
}

void AuthEditor::rebuild()
{
    m_updates.clear();
    auto* fields = new QWidget;
    m_grid = new QGridLayout(fields);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(rowGap);
    m_grid->setColumnMinimumWidth(0, labelWidth);
    m_grid->setColumnStretch(1, 100); // up to the fields' greatest width
    m_grid->setColumnStretch(2, 1);
    delete layout()->replaceWidget(m_fields, fields);
    m_fields->hide();
    m_fields->deleteLater();
    m_fields = fields;
    switch (m_document.request().auth.index()) {
    case 1:
        addBearer();
        break;
    case 2:
        addBasic();
        break;
    case 3:
        addApiKey();
        break;
    case 4:
        addSignedToken();
        break;
    default:
        m_grid->setColumnMinimumWidth(0, labelWidth + m_grid->horizontalSpacing()); // an empty column has no gap
        m_grid->addWidget(new Label(tr("The request is sent without credentials."), TextStyle::Small, Role::Text3), 0,
                          1, 1, 2);
        break;
    }
    setNames(m_names);
}

void AuthEditor::addRow(const QString& text, QWidget* field)
{
    const int row = m_grid->rowCount();
    auto* label = new Label(text, TextStyle::Small, Role::Text2);
    label->setFixedWidth(labelWidth);
    label->setFixedHeight(metrics::control);
    label->setBuddy(field);
    field->setAccessibleName(text);
    field->setMinimumWidth(160);
    field->setMaximumWidth(fieldWidth);
    m_grid->addWidget(label, row, 0, Qt::AlignTop);
    m_grid->addWidget(field, row, 1);
}

VariableEdit* AuthEditor::addField(const QString& label, const QString& objectName, const Read& read,
                                   const Write& write)
{
    auto* field = new VariableEdit;
    field->setObjectName(objectName);
    field->setResolver(m_resolver);
    addRow(label, field);
    connect(field, &VariableEdit::textEdited, this, [this, label, write](const QString& text) {
        m_document.change(Field::Auth, tr("Edit %1").arg(label.toLower()),
                          [&](Request& request) { write(request, text.toStdString()); });
    });
    m_updates.push_back([this, field, read] {
        field->setText(qstring(read(m_document.request())));
        field->refresh();
    });
    return field;
}

namespace {

/// Reads and writes one member of one kind of Auth; other kinds are left alone.
template <class Kind>
auto reader(std::string Kind::*member)
{
    return [member](const Request& request) {
        const auto* auth = std::get_if<Kind>(&request.auth);
        return auth == nullptr ? std::string() : auth->*member;
    };
}

template <class Kind>
auto writer(std::string Kind::*member)
{
    return [member](Request& request, const std::string& text) {
        if (auto* auth = std::get_if<Kind>(&request.auth); auth != nullptr)
            auth->*member = text;
    };
}

} // namespace

void AuthEditor::addBearer()
{
    using Auth = workspace::BearerAuth;
    auto* token = addField(tr("Token"), QStringLiteral("bearerToken"), reader(&Auth::token), writer(&Auth::token));
    token->setPlaceholderText(tr("A token, or {{token.name}}"));
    addField(tr("Prefix"), QStringLiteral("bearerPrefix"), reader(&Auth::prefix), writer(&Auth::prefix));
}

void AuthEditor::addBasic()
{
    using Auth = workspace::BasicAuth;
    addField(tr("Username"), QStringLiteral("basicUsername"), reader(&Auth::username), writer(&Auth::username));
    auto* password =
        addField(tr("Password"), QStringLiteral("basicPassword"), reader(&Auth::password), writer(&Auth::password));
    password->setMasked(true);
    password->setPlaceholderText(tr("{{secret:name}} keeps it out of the files"));
    auto* eye = new IconButton(QLatin1String("eye"), tr("Show password"));
    eye->setSmall();
    eye->setCheckable(true);
    connect(eye, &QToolButton::toggled, password, [password](bool shown) { password->setMasked(!shown); });
    password->setTrailing(eye);
}

void AuthEditor::addApiKey()
{
    using Auth = workspace::ApiKeyAuth;
    addField(tr("Name"), QStringLiteral("apiKeyName"), reader(&Auth::name), writer(&Auth::name));
    addField(tr("Key"), QStringLiteral("apiKeyValue"), reader(&Auth::value), writer(&Auth::value));
    auto* place = new QComboBox;
    place->setObjectName(QStringLiteral("apiKeyPlace"));
    place->addItems({tr("In a header"), tr("In the query")});
    addRow(tr("Sent"), place);
    connect(place, &QComboBox::activated, this, [this](int index) {
        m_document.change(Field::Auth, tr("Change where the key is sent"), [&](Request& request) {
            if (auto* auth = std::get_if<Auth>(&request.auth); auth != nullptr)
                auth->inQuery = index == 1;
        });
    });
    m_updates.push_back([this, place] {
        const auto* auth = std::get_if<Auth>(&m_document.request().auth);
        place->setCurrentIndex(auth != nullptr && auth->inQuery ? 1 : 0);
    });
}

void AuthEditor::addSignedToken()
{
    using Auth = workspace::SignedTokenAuth;
    addRecipeChoice();
    const auto* auth = std::get_if<Auth>(&m_document.request().auth);
    if (auth != nullptr && m_document.recipe(auth->recipe))
        addRecipe(auth->recipe);
    addField(tr("Header"), QStringLiteral("tokenHeader"), reader(&Auth::header), writer(&Auth::header));
    addField(tr("Prefix"), QStringLiteral("tokenPrefix"), reader(&Auth::prefix), writer(&Auth::prefix));
}

void AuthEditor::addRecipeChoice()
{
    auto* recipes = new QComboBox;
    recipes->setObjectName(QStringLiteral("recipe"));
    for (const auto& recipe : m_choices().recipes)
        recipes->addItem(qstring(recipe.name));
    recipes->setPlaceholderText(tr("No token recipe yet: create one in Tokens"));
    addRow(tr("Recipe"), recipes);
    auto* open = new IconButton(QLatin1String("edit"), tr("Open in Tokens"));
    open->setObjectName(QStringLiteral("openRecipe"));
    m_grid->addWidget(open, m_grid->rowCount() - 1, 2, Qt::AlignLeft);
    connect(open, &QToolButton::clicked, this, [this, recipes] { emit openRecipeRequested(recipes->currentText()); });
    connect(recipes, &QComboBox::textActivated, this, [this](const QString& name) {
        m_document.change(Field::Auth, tr("Change token recipe"), [&](Request& request) {
            if (auto* auth = std::get_if<workspace::SignedTokenAuth>(&request.auth); auth != nullptr)
                auth->recipe = name.toStdString();
        });
    });
    m_updates.push_back([this, recipes] {
        const auto* auth = std::get_if<workspace::SignedTokenAuth>(&m_document.request().auth);
        recipes->setCurrentIndex(auth == nullptr ? -1 : recipes->findText(qstring(auth->recipe)));
    });
}

void AuthEditor::addRecipe(const std::string& name)
{
    addKeyChoice(name);
    if (const auto recipe = m_document.recipe(name); std::holds_alternative<workspace::SecretKey>(recipe->key))
        addSecretField(name);
    addClaims(name);
}

void AuthEditor::addKeyChoice(const std::string& name)
{
    auto* keys = new QComboBox;
    keys->setObjectName(QStringLiteral("signingKey"));
    const auto credentials = m_choices().credentials;
    for (const auto& credential : credentials)
        keys->addItem(keyLabel(credential));
    const int another = keys->count();
    keys->addItem(tr("Another secret"));
    addRow(tr("Signed with"), keys);
    connect(keys, &QComboBox::activated, this, [this, name, credentials](int index) {
        auto recipe = m_document.recipe(name);
        if (!recipe)
            return;
        if (index < static_cast<int>(credentials.size()))
            recipe->key = credentials[static_cast<std::size_t>(index)];
        else if (!std::holds_alternative<workspace::SecretKey>(recipe->key))
            recipe->key = workspace::SecretKey{"token/" + recipe->name, workspace::SecretEncoding::Text};
        m_document.endStep();
        m_document.setRecipe(*recipe, tr("Change signing key"));
        m_document.endStep();
    });
    m_updates.push_back([this, keys, name, credentials, another] {
        const auto recipe = m_document.recipe(name);
        if (!recipe)
            return;
        const auto* key = std::get_if<workspace::CredentialKey>(&recipe->key);
        const auto found =
            key == nullptr ? credentials.end()
                           : std::find_if(credentials.begin(), credentials.end(), [&](const auto& each) {
                                 return each.consumer == key->consumer && (key->key.empty() || each.key == key->key);
                             });
        if (found != credentials.end())
            keys->setCurrentIndex(static_cast<int>(found - credentials.begin()));
        else
            keys->setCurrentIndex(std::holds_alternative<workspace::SecretKey>(recipe->key) ? another : -1);
    });
}

void AuthEditor::addSecretField(const std::string& name)
{
    auto* secret = new QLineEdit;
    secret->setObjectName(QStringLiteral("signingSecret"));
    secret->setEchoMode(QLineEdit::Password);
    secret->setPlaceholderText(tr("Kept in the keychain, Enter to use it"));
    addRow(tr("Secret"), secret);
    connect(secret, &QLineEdit::editingFinished, this, [this, name, secret] {
        const auto recipe = m_document.recipe(name);
        const auto* key = recipe ? std::get_if<workspace::SecretKey>(&recipe->key) : nullptr;
        if (key == nullptr || !secret->isModified())
            return;
        emit secretEntered(qstring(key->secret), secret->text().toUtf8());
        secret->clear();
    });
}

void AuthEditor::addClaims(const std::string& name)
{
    auto* claims = new CodeEditor(CodeEditor::Language::Json);
    claims->setObjectName(QStringLiteral("claims"));
    claims->setLineNumbers(false);
    claims->setFixedHeight(claimsHeight);
    addRow(tr("Claims"), claims);
    connect(claims, &CodeEditor::edited, this, [this, name, claims] {
        auto recipe = m_document.recipe(name);
        if (!recipe)
            return;
        recipe->payload = claims->code().toStdString();
        m_document.setRecipe(*recipe, tr("Edit claims"));
    });
    m_updates.push_back([this, claims, name] {
        const auto recipe = m_document.recipe(name);
        if (recipe && claims->code().toStdString() != recipe->payload)
            claims->setCode(qstring(recipe->payload));
    });
}

} // namespace claimsmith::app

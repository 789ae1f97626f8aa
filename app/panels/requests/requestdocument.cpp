// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/requestdocument.h"

#include "bridge/workspacesession.h"

#include <QElapsedTimer>
#include <QUndoCommand>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr qint64 pauseBetweenSteps = 1500; // milliseconds without typing that end a step

const workspace::TokenRecipe* findRecipe(const workspace::Workspace& workspace, const workspace::Id& id)
{
    const auto found = std::find_if(workspace.tokens.begin(), workspace.tokens.end(),
                                    [&](const auto& recipe) { return recipe.id == id; });
    return found == workspace.tokens.end() ? nullptr : &*found;
}

/// `current` with those of the members that are as in `from` as in `to`: what was changed elsewhere since stays.
template <class T, class... Member>
T exchanged(T current, const T& from, const T& to, Member T::*... member)
{
    const auto exchange = [&](auto each) {
        if (current.*each == from.*each)
            current.*each = to.*each;
    };
    (exchange(member), ...);
    return current;
}

workspace::Request exchanged(const workspace::Request& current, const workspace::Request& from,
                             const workspace::Request& to)
{
    using R = workspace::Request;
    return exchanged(current, from, to, &R::name, &R::method, &R::url, &R::via, &R::params, &R::headers, &R::body,
                     &R::auth, &R::description);
}

workspace::TokenRecipe exchanged(const workspace::TokenRecipe& current, const workspace::TokenRecipe& from,
                                 const workspace::TokenRecipe& to)
{
    using R = workspace::TokenRecipe;
    return exchanged(current, from, to, &R::name, &R::algorithm, &R::header, &R::payload, &R::key);
}

/// Whether requests sign with the recipe.
bool isUsed(const std::string& recipe, const std::vector<workspace::Folder>& folders)
{
    const auto uses = [&](const workspace::Request& request) {
        const auto* token = std::get_if<workspace::SignedTokenAuth>(&request.auth);
        return token != nullptr && token->recipe == recipe;
    };
    return std::any_of(folders.begin(), folders.end(), [&](const workspace::Folder& folder) {
        return std::any_of(folder.requests.begin(), folder.requests.end(), uses) || isUsed(recipe, folder.folders);
    });
}

} // namespace

/// Puts what it changes of request and recipe as it was before or after; what was changed elsewhere since, in the tree,
/// on the Tokens page or on disk, stays.
class RequestDocument::Command final : public QUndoCommand
{
public:
    Command(RequestDocument& document, Field field, const QString& text, Edit edit)
        : QUndoCommand(text), m_document(document), m_field(field), m_step(document.m_step), m_edit(std::move(edit)),
          m_before(document.request())
    {
        m_time.start();
        if (m_edit.recipe) {
            const auto* known = findRecipe(document.m_session.workspace(), m_edit.recipe->id);
            if (known != nullptr)
                m_recipeBefore = *known;
        }
    }

    void redo() override
    {
        write([this](WorkspaceSession& session) {
            if (m_edit.request)
                session.putRequest(exchanged(m_document.request(), m_before, *m_edit.request));
            if (m_edit.recipe)
                putRecipe(session, m_recipeBefore.value_or(*m_edit.recipe), *m_edit.recipe);
        });
        if (m_edit.redo)
            m_edit.redo();
    }

    void undo() override
    {
        if (m_edit.undo)
            m_edit.undo();
        write([this](WorkspaceSession& session) {
            if (m_edit.request)
                session.putRequest(exchanged(m_document.request(), *m_edit.request, m_before));
            if (m_edit.recipe && m_recipeBefore)
                putRecipe(session, *m_edit.recipe, *m_recipeBefore);
            else if (m_edit.recipe)
                removeRecipe(session);
        });
    }

    int id() const override { return m_field == Field::Whole ? -1 : static_cast<int>(m_field); }

    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* next = static_cast<const Command*>(other);
        const bool plain = !m_edit.redo && !next->m_edit.redo;
        if (!plain || next->m_step != m_step || m_time.elapsed() > pauseBetweenSteps)
            return false;
        if (next->m_edit.request)
            m_edit.request = next->m_edit.request;
        if (next->m_edit.recipe) {
            if (m_edit.recipe && m_edit.recipe->id != next->m_edit.recipe->id)
                return false;
            m_edit.recipe = next->m_edit.recipe;
        }
        m_time.restart();
        return true;
    }

private:
    template <class Change>
    void write(const Change& change)
    {
        m_document.m_writing = true;
        change(m_document.m_session);
        m_document.m_writing = false;
        m_document.setModified(true);
        emit m_document.changed();
    }

    static void putRecipe(WorkspaceSession& session, const workspace::TokenRecipe& from,
                          const workspace::TokenRecipe& to)
    {
        const auto* known = findRecipe(session.workspace(), to.id);
        session.putToken(known == nullptr ? to : exchanged(*known, from, to));
    }

    /// The recipe that this step made goes, unless somebody edited it or uses it too.
    void removeRecipe(WorkspaceSession& session) const
    {
        const auto* known = findRecipe(session.workspace(), m_edit.recipe->id);
        if (known == nullptr || *known != *m_edit.recipe || isUsed(known->name, session.workspace().folders))
            return;
        session.edit(WorkspaceSession::Part::Tokens, [this](workspace::Workspace& all) {
            std::erase_if(all.tokens, [this](const auto& each) { return each.id == m_edit.recipe->id; });
        });
    }

    RequestDocument& m_document;
    Field m_field;
    quint64 m_step;
    Edit m_edit;
    workspace::Request m_before;
    std::optional<workspace::TokenRecipe> m_recipeBefore;
    QElapsedTimer m_time;
};

RequestDocument::RequestDocument(WorkspaceSession& session, workspace::Id id, QObject* parent)
    : QObject(parent), m_session(session), m_id(std::move(id))
{
    connect(&session, &WorkspaceSession::changed, this, [this](WorkspaceSession::Part part) {
        if (!m_writing && (part == WorkspaceSession::Part::Requests || part == WorkspaceSession::Part::Tokens))
            emit changed();
    });
    connect(&session, &WorkspaceSession::saved, this, [this] { setModified(false); });
    request();
}

bool RequestDocument::exists() const
{
    return m_session.workspace().findRequest(m_id) != nullptr;
}

const workspace::Request& RequestDocument::request() const
{
    if (const auto* current = m_session.workspace().findRequest(m_id); current != nullptr)
        m_last = *current;
    return m_last;
}

void RequestDocument::setModified(bool modified)
{
    if (m_modified == modified)
        return;
    m_modified = modified;
    emit modifiedChanged();
}

void RequestDocument::setRequest(Field field, const workspace::Request& request, const QString& text)
{
    if (request == this->request())
        return;
    Edit edit;
    edit.request = request;
    apply(field, text, std::move(edit));
}

void RequestDocument::change(Field field, const QString& text, const std::function<void(workspace::Request&)>& change)
{
    workspace::Request next = request();
    change(next);
    setRequest(field, next, text);
}

void RequestDocument::apply(Field field, const QString& text, Edit edit)
{
    m_undo.push(new Command(*this, field, text, std::move(edit)));
}

std::optional<workspace::TokenRecipe> RequestDocument::recipe(const std::string& name) const
{
    const auto* found = m_session.workspace().findToken(name);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

void RequestDocument::setRecipe(const workspace::TokenRecipe& recipe, const QString& text)
{
    const auto* known = findRecipe(m_session.workspace(), recipe.id);
    if (known != nullptr && *known == recipe)
        return;
    Edit edit;
    edit.recipe = recipe;
    apply(Field::Recipe, text, std::move(edit));
}

void RequestDocument::endStep()
{
    ++m_step;
}

} // namespace claimsmith::app

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

} // namespace

/// Puts request and recipe as they were before or after.
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
        put(m_edit.request, m_edit.recipe, {});
        if (m_edit.redo)
            m_edit.redo();
    }

    void undo() override
    {
        if (m_edit.undo)
            m_edit.undo();
        const bool made = m_edit.recipe && !m_recipeBefore;
        put(m_edit.request ? std::optional(m_before) : std::nullopt, m_recipeBefore,
            made ? m_edit.recipe->id : workspace::Id());
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
    void put(const std::optional<workspace::Request>& request, const std::optional<workspace::TokenRecipe>& recipe,
             const workspace::Id& removedRecipe)
    {
        WorkspaceSession& session = m_document.m_session;
        m_document.m_writing = true;
        if (recipe)
            session.putToken(*recipe);
        if (!removedRecipe.empty()) {
            session.edit(WorkspaceSession::Part::Tokens, [&](workspace::Workspace& all) {
                std::erase_if(all.tokens, [&](const auto& each) { return each.id == removedRecipe; });
            });
        }
        if (request)
            session.putRequest(*request);
        m_document.m_writing = false;
        m_document.setModified(true);
        emit m_document.changed();
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

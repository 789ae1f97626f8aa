// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configanalysis.h"
#include "widgets/schemaform.h"

#include <QWidget>

#include <optional>
#include <string>

class QHBoxLayout;
class QMenu;
class QScrollArea;
class QStackedLayout;

namespace claimsmith::gateway {
struct PluginDescriptor;
}

namespace claimsmith::app {

class EmptyState;
class GatewayDocument;
class IconButton;
class IconLabel;
class Label;
class MessageBar;
class Switch;

/// The middle of the Gateway panel: where the entity stands, its name and state, and the form of its schema. Every key
/// becomes an edit of the document; what the document makes of it comes back as values and complaints.
class EntityForm final : public QWidget
{
    Q_OBJECT

public:
    /// `document` has to outlive the form.
    EntityForm(GatewayDocument& document, const SchemaFormSources& sources, QWidget* parent = nullptr);

    /// Shows the entity at the pointer; with "", what stands for a heading of this kind.
    void showEntity(const std::string& pointer, const std::string& headingType = {});
    const std::string& pointer() const noexcept { return m_pointer; }
    /// Puts the focus on a field, by a pointer into the document.
    bool focusField(const std::string& pointer);
    /// The menu behind the three dots.
    QMenu* moreMenu() const noexcept { return m_moreMenu; }
    SchemaForm* form() const noexcept { return m_form; }

signals:
    void entityRequested(const std::string& pointer);
    void parseFailureRequested();

private:
    void refresh();
    void rebuild(const OutlineEntity& entity, const document::Value& value);
    void refreshHeader(const OutlineEntity& entity, const document::Value& value);
    void refreshBreadcrumb();
    void refreshMessage(const OutlineEntity* entity);
    void refreshFields();
    void edit(const std::string& field, const std::optional<document::Value>& value);
    QList<SchemaFormProblem> problemsOf(const std::string& field, const gateway::Field& rules) const;

    GatewayDocument& m_document;
    std::string m_pointer;
    std::string m_headingType;
    const void* m_schema = nullptr; ///< identity of the schema that the rows were made for
    std::string m_shownPointer;     ///< the entity that the rows were made for
    int m_editing = 0;              ///< counts visits of fields, so that each is a step of its own

    QStackedLayout* m_pages;
    EmptyState* m_empty;
    QHBoxLayout* m_breadcrumb;
    IconLabel* m_icon;
    Label* m_title;
    QHBoxLayout* m_chips;
    Label* m_enabledLabel;
    Switch* m_enabled;
    IconButton* m_more;
    QMenu* m_moreMenu;
    MessageBar* m_message;
    SchemaForm* m_form;
    QScrollArea* m_scroll;
};

} // namespace claimsmith::app

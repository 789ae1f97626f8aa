// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/gateway/addmenu.h"
#include "panels/gateway/newentity.h"
#include "shell/panel.h"

#include <string_view>
#include <vector>

namespace claimsmith::app {

class CodePane;
class EntityForm;
class EntityPane;
class GatewayNotices;
class GatewayToolbar;
class ProblemsPane;
class Splitter;
class UndoBar;

/// The Gateway page: entities, the form of the one that is selected, kong.yml beside it, problems below.
class GatewayPanel final : public Panel
{
    Q_OBJECT

public:
    /// `context` has to outlive the panel.
    explicit GatewayPanel(AppContext& context, QWidget* parent = nullptr);
    ~GatewayPanel() override;

    void focusMain() override;
    QString subject() const override;
    void runPrimary() override;
    void focusFilter() override;
    void openLink(const Link& link) override;
    void runAction(const QString& id) override;
    void setSideVisible(bool visible) override;
    bool isSideVisible() const override;
    QUndoStack* undoStack() const override;

    /// Replaces the text by a file's, as one step. Says what is wrong in a message when it cannot be read.
    void importFile(const QString& path);
    /// Writes the text to a file.
    void exportFile(const QString& path);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void layOut();
    void fillMoreMenu();
    void wireEntities();
    void wirePages();
    void wireDocument();
    void select(const std::string& pointer);
    void begin();
    void showCurrent();
    /// Puts the focus on the first of these fields that the entity has.
    void focusFirst(const std::vector<std::string_view>& fields);
    void goTo(const std::string& pointer, std::size_t line);
    void goToParseFailure();
    void showPage();
    void arrange();
    void carryOut(const EntityChange& change, const QString& label);
    void deleteCurrent();
    void duplicateCurrent();
    void toggleCurrent();
    void askForImport();
    void askForExport();

    AppContext& m_context;
    EntityPane* m_entities;
    EntityForm* m_form;
    CodePane* m_code;
    ProblemsPane* m_problems;
    GatewayToolbar* m_toolbar;
    GatewayNotices* m_notices;
    UndoBar* m_undo;
    AddMenu m_addMenu;
    Splitter* m_sideSplitter;
    Splitter* m_contentSplitter;
    Splitter* m_problemSplitter;
    bool m_beside = true;
    bool m_low = false;
    bool m_begun = false; ///< something was selected
};

/// How the shell knows the panel.
PanelDescriptor gatewayPanel();

} // namespace claimsmith::app

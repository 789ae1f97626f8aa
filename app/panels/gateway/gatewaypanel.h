// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configedit.h"
#include "panels/gateway/newentity.h"
#include "shell/panel.h"
#include "theme/paint.h"
#include "widgets/schemaformeditors.h"

class QMenu;
class QAbstractButton;

namespace claimsmith::app {

class CodePane;
class EntityForm;
class EntityPane;
class GatewayToolbar;
class MessageBar;
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
    SchemaFormSources formSources();
    std::optional<QString> keepSecret(const std::string& field, SecretBytes secret);
    void select(const std::string& pointer);
    void goTo(const std::string& pointer, std::size_t line);
    void goToParseFailure();
    void showPage();
    void arrange();

    void fillAddMenu();
    void addPluginActions(QMenu& menu, const std::string& parent);
    void carryOut(const EntityChange& change, const QString& label);
    std::string ancestorOfType(std::string_view type) const;
    std::string newSecret(const std::string& name);
    void deleteCurrent();
    void duplicateCurrent();
    void toggleCurrent();

    void refreshProblems();
    void refreshGatewayState();
    void usePort(int port);
    void tell(Tone tone, const QString& text, const QList<QAbstractButton*>& buttons = {});
    void askForImport();
    void askForExport();

    AppContext& m_context;
    EntityPane* m_entities;
    EntityForm* m_form;
    CodePane* m_code;
    ProblemsPane* m_problems;
    GatewayToolbar* m_toolbar;
    MessageBar* m_message;
    UndoBar* m_undo;
    Splitter* m_sideSplitter;
    Splitter* m_contentSplitter;
    Splitter* m_problemSplitter;
    bool m_beside = true;
    bool m_low = false;
    bool m_failureShown = false;
};

/// How the shell knows the panel.
PanelDescriptor gatewayPanel();

} // namespace claimsmith::app

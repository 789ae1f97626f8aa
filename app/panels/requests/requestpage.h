// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"
#include "panels/requests/requestdocument.h"
#include "panels/requests/responsepane.h"

#include <QWidget>

#include <memory>
#include <optional>

class QSplitter;

namespace claimsmith::app {

struct AppContext;
struct RepairPlan;
struct RepairScene;
class RequestEditor;
class UndoBar;
class UrlBar;

/// One open request: URL bar, editor and response, and what connects them: sending, cancelling and repairing.
class RequestPage final : public QWidget
{
    Q_OBJECT

public:
    RequestPage(AppContext& context, const workspace::Id& request, QWidget* parent = nullptr);
    ~RequestPage() override;

    RequestDocument& document() { return m_document; }
    ResponsePane& response() const { return *m_response; }
    RequestEditor& editor() const { return *m_editor; }

    void focusUrl();
    void toggleVia();
    /// Sends, or cancels when it is under way.
    void sendOrCancel();
    void send();
    void sendTimes(int times);
    bool cancel();
    void copyCurl();
    /// The repair that re-signs an expired token, from anywhere: Ctrl Shift E.
    void runPrimaryRepair();
    /// How much room the whole panel has: in low ones the editor folds, in wide ones the response may go beside it.
    void setSpace(const QSize& panel);
    /// Below where it is beside and the other way round; remembered for all requests.
    void toggleResponsePlace();
    void giveRestToResponse();

private:
    void connectParts();
    void refresh();
    void refreshNames();
    void placeResponse();
    void onProgressed(quint64 sending, const http::ClientProgress& progress);
    void onFinished(quint64 sending, const std::shared_ptr<const SendOutcome>& outcome);
    void recordHistory(const SendOutcome& outcome);
    std::optional<QString> previewOf(const gateway::Repair& repair) const;
    void repair(const gateway::Repair& repair);
    void applyPlan(const RepairPlan& plan, const gateway::Repair& repair);
    void follow(FailureText::Remedy remedy);
    RepairScene scene() const;

    AppContext& m_context;
    RequestDocument m_document;
    UrlBar* m_bar;
    QSplitter* m_splitter;
    RequestEditor* m_editor;
    ResponsePane* m_response;
    UndoBar* m_undoBar;
    std::shared_ptr<const SendOutcome> m_outcome;
    quint64 m_sending = 0; ///< 0: nothing is under way
    int m_sendsLeft = 0;
    QSize m_space;
    bool m_autoFolded = false;
};

} // namespace claimsmith::app

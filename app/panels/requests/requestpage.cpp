// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/requestpage.h"

#include "base/random.h"
#include "bridge/appcontext.h"
#include "bridge/documentstep.h"
#include "bridge/gatewaydocument.h"
#include "bridge/gatewaysession.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "http/url.h"
#include "panels/requests/curltext.h"
#include "panels/requests/repairs.h"
#include "panels/requests/requesteditor.h"
#include "panels/requests/requesturl.h"
#include "panels/requests/tracepane.h"
#include "panels/requests/urlbar.h"
#include "platform/historystore.h"
#include "shell/layoutpreferences.h"
#include "text/errortext.h"
#include "text/explanationtext.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/segment.h"

#include <QApplication>
#include <QClipboard>
#include <QVBoxLayout>

namespace claimsmith::app {

namespace {

using Field = RequestDocument::Field;
using workspace::Request;

constexpr int unfoldedHeight = 208; // of the editor, tab bar included
constexpr int lowPanel = 732;       // of the panel: below it the editor folds (a window of 800)
constexpr int besideFrom = 1208;    // width of the panel for Beside (a window of 1280)
constexpr int byWidthFrom = 1280;   // and for By width
constexpr int editorWidth = 480;    // when it is beside
constexpr int editorShare = 208;    // pixels at the start
constexpr int responseShare = 560;

/// Path and query of a URL, for the history: no user information, no origin.
std::string pathOf(const std::string& url)
{
    const auto parsed = http::parseUrl(url);
    return parsed.hasValue() ? parsed->target() : url;
}

} // namespace

RequestPage::RequestPage(AppContext& context, const workspace::Id& request, QWidget* parent)
    : QWidget(parent), m_context(context), m_document(context.workspace, request), m_bar(new UrlBar),
      m_splitter(new Splitter(Qt::Vertical)), m_editor(nullptr), m_response(new ResponsePane(context)),
      m_undoBar(nullptr)
{
    const auto resolver = [this](const QString& text) {
        return m_context.sender.resolve(text.toStdString()).references;
    };
    m_editor = new RequestEditor(context, m_document, resolver);
    m_bar->url().setResolver(resolver);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_editor);
    m_splitter->addWidget(m_response);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({editorShare, responseShare});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_splitter, 1);
    m_undoBar = new UndoBar(m_response);
    connectParts();
    refreshNames();
    refresh();
}

RequestPage::~RequestPage()
{
    cancel();
}

void RequestPage::connectParts()
{
    connect(&m_document, &RequestDocument::changed, this, &RequestPage::refresh);
    connect(m_bar, &UrlBar::methodChosen, this, [this](const QString& method) {
        m_document.change(Field::Method, tr("Change method"),
                          [&](Request& request) { request.method = method.toStdString(); });
    });
    connect(m_bar, &UrlBar::urlEdited, this, [this](const QString& url) {
        m_document.setRequest(Field::Url, withDisplayedUrl(m_document.request(), url.toStdString()), tr("Edit URL"));
    });
    connect(m_bar, &UrlBar::viaChosen, this, [this](workspace::Via via) {
        m_document.change(Field::Whole, via == workspace::Via::Gateway ? tr("Send via gateway") : tr("Send directly"),
                          [via](Request& request) { request.via = via; });
    });
    connect(m_bar, &UrlBar::sendClicked, this, &RequestPage::sendOrCancel);
    connect(m_bar, &UrlBar::sendTimesRequested, this, &RequestPage::sendTimes);
    connect(m_bar, &UrlBar::copyCurlRequested, this, &RequestPage::copyCurl);
    connect(m_editor, &RequestEditor::copyCurlRequested, this, &RequestPage::copyCurl);
    connect(m_editor, &RequestEditor::hostChanged, m_bar, &UrlBar::setHost);
    connect(m_editor, &RequestEditor::foldedChanged, this, [this] {
        m_autoFolded = false;
        giveRestToResponse();
    });
    connect(m_editor, &RequestEditor::layoutToggled, this, &RequestPage::toggleResponsePlace);
    connect(&LayoutPreferences::instance(), &LayoutPreferences::changed, this, [this] { setSpace(m_space); });
    connect(m_response, &ResponsePane::sendRequested, this, &RequestPage::send);
    connect(m_response, &ResponsePane::cancelRequested, this, &RequestPage::cancel);
    connect(m_response, &ResponsePane::repairChosen, this, &RequestPage::repair);
    connect(m_response, &ResponsePane::remedyRequested, this, &RequestPage::follow);
    connect(m_undoBar, &UndoBar::undoRequested, &m_document.undoStack(), &QUndoStack::undo);
    connect(&m_document.undoStack(), &QUndoStack::indexChanged, m_undoBar,
            &QWidget::hide); // it would undo another step
    connect(&m_context.sender, &RequestSender::progressed, this, &RequestPage::onProgressed);
    connect(&m_context.sender, &RequestSender::finished, this, &RequestPage::onFinished);
    connect(&m_context.workspace, &WorkspaceSession::environmentChanged, this, [this] {
        refreshNames();
        refresh();
    });
    connect(&m_context.gateway, &GatewaySession::stateChanged, this, &RequestPage::refresh);
    connect(&m_context.secrets, &SecretService::secretsChanged, this, &RequestPage::refresh);
    connect(&m_context.gatewayDocument, &GatewayDocument::snapshotChanged, this, &RequestPage::refresh);
}

void RequestPage::refresh()
{
    m_bar->setRequest(m_document.request());
    m_bar->url().refresh();
    m_editor->refresh();
    m_response->setVia(m_document.request().via);
}

void RequestPage::refreshNames()
{
    QStringList names;
    if (const auto variables = m_context.sender.variables(); variables.hasValue()) {
        for (const auto& [name, value] : *variables)
            names << QString::fromStdString(name);
    }
    for (const auto& recipe : m_context.workspace.workspace().tokens)
        names << QStringLiteral("token.") + QString::fromStdString(recipe.name);
    m_bar->url().setNames(names);
    m_editor->setNames(names);
}

void RequestPage::focusUrl()
{
    m_bar->url().setFocus(Qt::ShortcutFocusReason);
}

void RequestPage::toggleVia()
{
    m_bar->via().setCurrentIndex(1 - m_bar->via().currentIndex());
}

void RequestPage::sendOrCancel()
{
    if (!cancel())
        send();
}

void RequestPage::send()
{
    if (m_sending != 0)
        return;
    m_document.endStep();
    const Request& request = m_document.request();
    const auto resolved = m_context.sender.prepare(request);
    m_sending = m_context.sender.send(request);
    m_bar->setRunning(true);
    m_response->start(resolved.hasValue() ? QString::fromStdString(resolved->host) : QString());
}

void RequestPage::sendTimes(int times)
{
    m_sendsLeft = times - 1;
    send();
}

bool RequestPage::cancel()
{
    m_sendsLeft = 0;
    if (m_sending == 0)
        return false;
    m_context.sender.cancel(m_sending);
    return true;
}

void RequestPage::copyCurl()
{
    const auto prepared = m_context.sender.prepare(m_document.request());
    if (prepared.hasValue())
        QApplication::clipboard()->setText(curlCommand(*prepared));
}

void RequestPage::onProgressed(quint64 sending, const http::ClientProgress& progress)
{
    if (sending == m_sending)
        m_response->showProgress(progress);
}

void RequestPage::onFinished(quint64 sending, const std::shared_ptr<const SendOutcome>& outcome)
{
    if (sending != m_sending || sending == 0)
        return;
    m_sending = 0;
    m_outcome = outcome;
    m_bar->setRunning(false);
    m_response->showOutcome(outcome, m_document.request(),
                            [this](const gateway::Repair& each) { return previewOf(each); });
    recordHistory(*outcome);
    if (m_sendsLeft > 0) {
        --m_sendsLeft;
        send();
    }
}

void RequestPage::recordHistory(const SendOutcome& outcome)
{
    const Request& request = m_document.request();
    HistoryEntry entry;
    entry.requestId = request.id;
    entry.name = request.name;
    entry.method = request.method;
    entry.url = pathOf(m_context.sender.resolve(displayedUrl(request)).text);
    entry.sentAt = outcome.sentAt;
    if (outcome.response.hasValue()) {
        entry.status = outcome.response->head.status;
        entry.duration = outcome.response->timings.total;
        entry.responseBytes = outcome.response->body.size();
    } else {
        entry.error = outcome.response.error().code.name();
    }
    m_context.history.add(std::move(entry));
}

RepairScene RequestPage::scene() const
{
    const gateway::Explanation* explanation =
        m_outcome && m_outcome->trace ? &m_response->trace().explanation() : nullptr;
    return {m_document.request(),
            m_context.workspace.workspace(),
            m_context.gateway.snapshot().get(),
            explanation,
            m_outcome ? m_outcome->prepared.token : std::string(),
            explanation == nullptr
                ? m_context.clock.unixSeconds()
                : std::chrono::floor<std::chrono::seconds>(m_outcome->trace->time).time_since_epoch().count(),
            [] { return randomUuid(); }};
}

std::optional<QString> RequestPage::previewOf(const gateway::Repair& repair) const
{
    const auto keep = m_context.gateway.snapshot(); // scene() refers to it
    const RepairScene here = scene();
    const auto plan = planRepair(repair, here);
    if (!plan)
        return {};
    return QString::fromStdString(app::previewOf(*plan, here));
}

void RequestPage::repair(const gateway::Repair& repair)
{
    const auto keep = m_context.gateway.snapshot();
    const auto plan = planRepair(repair, scene());
    if (!plan)
        return;
    if (plan->openEntity)
        m_context.navigator.openEntity(plan->openEntity->pointer);
    else if (plan->openToken)
        m_context.navigator.openToken(m_outcome->prepared.token);
    else
        applyPlan(*plan, repair);
}

void RequestPage::applyPlan(const RepairPlan& plan, const gateway::Repair& repair)
{
    const QString text = plainText(repair.label);
    RequestDocument::Edit edit;
    edit.request = plan.request;
    edit.recipe = plan.recipe;
    if (!plan.document.empty()) {
        const auto step = std::make_shared<DocumentStep>(m_context.gatewayDocument, plan.document, text);
        const auto make = [this, step, text] {
            const auto made = step->redo();
            if (!made.hasValue())
                m_response->tell(Tone::Bad, tr("%1: kong.yml does not take it. %2").arg(text, errorText(made.error())));
            return made.hasValue();
        };
        if (!make())
            return;
        edit.redo = [make] { make(); };
        edit.undo = [this, step, text] {
            if (!step->undo())
                m_response->tell(Tone::Warn, tr("%1 was not undone, because the same lines of kong.yml were changed "
                                                "since. Undo those changes in Gateway first.")
                                                 .arg(text));
        };
    }
    if (plan.clockShift) {
        const auto shift = [this](std::chrono::seconds by) {
            m_context.clock.setOffset(m_context.clock.offset() + by);
        };
        edit.redo = [shift, by = *plan.clockShift] { shift(by); };
        edit.undo = [shift, by = *plan.clockShift] { shift(-by); };
    }
    m_document.apply(Field::Whole, text, std::move(edit));
    m_undoBar->offer(text, QLatin1String("wand"));
    send();
}

void RequestPage::runPrimaryRepair()
{
    if (!m_outcome || !m_outcome->trace)
        return;
    for (const auto& each : m_response->trace().explanation().repairs) {
        if (std::holds_alternative<gateway::Resign>(each.action)) {
            repair(each);
            return;
        }
    }
}

void RequestPage::follow(FailureText::Remedy remedy)
{
    switch (remedy) {
    case FailureText::Remedy::StartGateway:
        m_context.gateway.start();
        break;
    case FailureText::Remedy::OpenService:
        if (m_outcome && m_outcome->trace && m_outcome->trace->service)
            m_context.navigator.openEntity(m_outcome->trace->service->pointer);
        break;
    case FailureText::Remedy::EditUrl:
        focusUrl();
        break;
    case FailureText::Remedy::EditBody:
        m_editor->showTab(RequestEditor::BodyTab);
        break;
    case FailureText::Remedy::OpenRecipe:
        m_editor->showTab(RequestEditor::AuthTab);
        break;
    case FailureText::Remedy::UnlockSecrets:
        m_context.navigator.showPanel(QStringLiteral("settings"));
        break;
    case FailureText::Remedy::None:
        break;
    }
}

void RequestPage::setSpace(const QSize& panel)
{
    m_space = panel;
    m_editor->setRoomBeside(panel.width() >= besideFrom);
    placeResponse();
    const bool low = panel.height() < lowPanel && m_splitter->orientation() == Qt::Vertical;
    if (low == m_autoFolded)
        return;
    m_autoFolded = low;
    m_editor->setFolded(low);
    giveRestToResponse();
}

void RequestPage::placeResponse()
{
    using Place = LayoutPreferences::ResponsePlace;
    const Place wanted = LayoutPreferences::instance().responsePlace();
    const int needed = wanted == Place::Beside ? besideFrom : byWidthFrom;
    const bool beside = wanted != Place::Below && m_space.width() >= needed;
    const auto orientation = beside ? Qt::Horizontal : Qt::Vertical;
    if (m_splitter->orientation() == orientation)
        return;
    m_splitter->setOrientation(orientation);
    m_editor->setBeside(beside);
    m_autoFolded = false;
    if (beside)
        m_splitter->setSizes({editorWidth, std::max(editorWidth, width() - editorWidth)});
    else
        giveRestToResponse();
}

void RequestPage::toggleResponsePlace()
{
    using Place = LayoutPreferences::ResponsePlace;
    const bool beside = m_splitter->orientation() == Qt::Horizontal;
    LayoutPreferences::instance().setResponsePlace(beside ? Place::Below : Place::Beside);
}

void RequestPage::giveRestToResponse()
{
    // A splitter keeps its sizes when a part shrinks: a folded editor would leave a hole.
    if (m_splitter->orientation() != Qt::Vertical)
        return;
    const int editor = m_editor->maximumHeight() == QWIDGETSIZE_MAX ? unfoldedHeight : m_editor->maximumHeight();
    m_splitter->setSizes({editor, std::max(0, m_splitter->height() - editor)});
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/requestsender.h"
#include "panels/requests/explanationview.h"
#include "panels/requests/responsefacts.h"

#include <QWidget>

#include <memory>

class QPushButton;
class QStackedWidget;
class QTimer;

namespace claimsmith::app {

struct AppContext;
class DifferenceCounter;
class FailureView;
class Label;
class MessageBar;
class ProgressLine;
class ComparisonPane;
class ResponseBody;
class Segment;
class StatusRow;
class TextTable;
class TimelineView;
class TracePane;
class UnderlineTabs;
class UpstreamPane;

/// What came back: status row, body, headers, cookies, what the upstream received, the gateway's trace and the
/// timeline; or why nothing came, or how far it is.
class ResponsePane final : public QWidget
{
    Q_OBJECT

public:
    enum Tab { BodyTab, HeadersTab, CookiesTab, UpstreamTab, TraceTab, TimelineTab };

    explicit ResponsePane(AppContext& context, QWidget* parent = nullptr);

    /// The way the request goes: without a gateway there is neither Upstream nor Trace.
    void setVia(workspace::Via via);
    void start(const QString& target);
    void showProgress(const http::ClientProgress& progress);
    void showOutcome(std::shared_ptr<const SendOutcome> outcome, const workspace::Request& request,
                     const ExplanationView::Preview& preview);
    void showTab(Tab tab);
    /// Ctrl F: the search of what is shown, if it has one.
    bool find();
    /// A sentence below the answer, until the next sending.
    void tell(Tone tone, const QString& sentence);
    TracePane& trace() const { return *m_trace; }
    bool isRunning() const noexcept { return m_running; }

signals:
    void sendRequested();
    void cancelRequested();
    void remedyRequested(claimsmith::app::FailureText::Remedy remedy);
    void repairChosen(const claimsmith::gateway::Repair& repair);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeProgressPage();
    QWidget* makeAnswerPage();
    void connectViews();
    void showAnswer(const SendOutcome& outcome, const ExplanationView::Preview& preview);
    void showTrace(const SendOutcome& outcome, const ExplanationView::Preview& preview);
    void showExtras();
    void showCookies(const http::HeaderMap& headers);
    void offerComparison();
    void setComparing(bool comparing);
    void enableTabs();
    void tick();
    void copyBody() const;
    void saveBody();
    Bytes body() const;

    AppContext& m_context;
    QStackedWidget* m_pages;
    StatusRow* m_status;
    UnderlineTabs* m_tabs;
    QWidget* m_upstreamExtras;
    QWidget* m_traceExtras;
    QPushButton* m_compare;
    QStackedWidget* m_answer; ///< the tabs, or the comparison over them
    ComparisonPane* m_comparison;
    DifferenceCounter* m_counter;
    Segment* m_changedOnly;
    QStackedWidget* m_views;
    ResponseBody* m_body;
    TextTable* m_headers;
    TextTable* m_cookies;
    QStackedWidget* m_cookiePages;
    UpstreamPane* m_upstream;
    TracePane* m_trace;
    TimelineView* m_timeline;
    MessageBar* m_message;
    FailureView* m_failure;
    Label* m_elapsed;
    Label* m_phase;
    ProgressLine* m_progress;
    QTimer* m_ticker;
    std::shared_ptr<const SendOutcome> m_outcome;
    std::shared_ptr<const SendOutcome> m_good;      ///< the last answer in the 200s
    std::shared_ptr<const SendOutcome> m_reference; ///< that one as it was before m_outcome: what to compare with
    qint64 m_startedAt = 0;                         ///< milliseconds of a steady clock
    QString m_target;
    workspace::Via m_via = workspace::Via::Gateway;
    bool m_running = false;
    bool m_openedTrace = false; ///< it opens by itself once
};

} // namespace claimsmith::app

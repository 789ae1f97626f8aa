// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchangesummary.h"
#include "widgets/panels.h"

class QStackedWidget;

namespace claimsmith::app {

struct AppContext;
class ChipLabel;
class EmptyState;
class ElidedLabel;
class HeaderDiffView;
class Label;
class PillLabel;
class TraceView;
class UnderlineTabs;

/// One exchange of the list: how it ended, its trace with the reason, and what the upstream received. Exchanges without
/// a trace, those of other clients, say so.
class ExchangeDetail final : public Pane
{
    Q_OBJECT

public:
    explicit ExchangeDetail(AppContext& context, QWidget* parent = nullptr);

    void showExchange(const gateway::ExchangeSummary& exchange);

signals:
    void closeRequested();

private:
    QWidget* makeHead();
    QWidget* makeTracePage();
    QWidget* makeUpstreamPage();
    void showPage();
    void explain(int step);
    void open(const std::string& pointer);
    void openAuthor(const gateway::Author& author);

    AppContext& m_context;
    gateway::ExchangeSummary m_exchange;
    Label* m_method;
    ElidedLabel* m_path;
    PillLabel* m_status;
    Label* m_duration;
    ChipLabel* m_route;
    ChipLabel* m_service;
    UnderlineTabs* m_tabs;
    QStackedWidget* m_pages;
    EmptyState* m_untraced;
    TraceView* m_steps;
    Label* m_title;
    Label* m_sentence;
    HeaderDiffView* m_headers;
    EmptyState* m_notSent;
    QStackedWidget* m_upstream = nullptr;
};

} // namespace claimsmith::app

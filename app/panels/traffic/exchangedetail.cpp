// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/traffic/exchangedetail.h"

#include "bridge/appcontext.h"
#include "bridge/gatewaysession.h"
#include "text/explanationtext.h"
#include "text/quantities.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/headerdiffview.h"
#include "widgets/label.h"
#include "widgets/messages.h"
#include "widgets/tabs.h"
#include "widgets/traceview.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {
namespace {

constexpr int headHeight = 40;
constexpr int stepsWidth = 448;
constexpr int leastStepsWidth = 300;
constexpr int gap = 12;

enum Page { UntracedPage, TracePage, UpstreamPage };

QString qstring(const std::string& text)
{
    return QString::fromStdString(text);
}

void showEntity(ChipLabel& chip, const std::optional<gateway::EntityRef>& entity, const std::string& name,
                QLatin1String icon)
{
    chip.setChip({qstring(name), Tone::Outline, icon});
    chip.setVisible(!name.empty());
    chip.setClickable(entity && !entity->pointer.empty());
    chip.setAccessibleName(qstring(name));
}

} // namespace

ExchangeDetail::ExchangeDetail(AppContext& context, QWidget* parent)
    : Pane(Role::BgSurface, {}, parent), m_context(context), m_method(new Label({}, TextStyle::Method)),
      m_path(new ElidedLabel({}, TextStyle::Mono)), m_status(new PillLabel), m_duration(new Label({}, TextStyle::Mono)),
      m_route(new ChipLabel), m_service(new ChipLabel), m_tabs(new UnderlineTabs), m_pages(new QStackedWidget),
      m_untraced(new EmptyState(QLatin1String("traffic"), tr("No trace of this exchange"),
                                tr("Only requests that are sent from here are traced. Send it from Requests to see "
                                   "each step and what the upstream receives."))),
      m_steps(new TraceView), m_title(new Label({}, TextStyle::Section)),
      m_sentence(new Label({}, TextStyle::Small, Role::Text2)), m_headers(new HeaderDiffView),
      m_notSent(new EmptyState(QLatin1String("server"), tr("The upstream received nothing"),
                               tr("The gateway answered this request itself. Trace says why.")))
{
    setObjectName(QStringLiteral("exchangeDetail"));
    m_tabs->setObjectName(QStringLiteral("exchangeTabs"));
    m_tabs->setAccessibleName(tr("Exchange"));
    m_tabs->addTab(tr("Trace"));
    m_tabs->addTab(tr("Upstream"));
    auto* bar = new Pane(Role::BgSurface, Qt::BottomEdge);
    bar->setFixedHeight(metrics::tabBar);
    auto* tabRow = new QHBoxLayout(bar);
    tabRow->setContentsMargins(0, 0, gap, 0);
    tabRow->addWidget(m_tabs);
    tabRow->addStretch(1);
    m_pages->addWidget(m_untraced);
    m_pages->addWidget(makeTracePage());
    m_pages->addWidget(makeUpstreamPage());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(bar);
    layout->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &ExchangeDetail::showPage);
}

QWidget* ExchangeDetail::makeHead()
{
    auto* head = new QWidget;
    head->setFixedHeight(headHeight);
    auto* close = new IconButton(QLatin1String("close"), tr("Close the exchange"));
    m_status->setObjectName(QStringLiteral("exchangeStatus"));
    m_path->setElideMode(Qt::ElideMiddle);
    m_path->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(metrics::pagePadding, 0, metrics::pagePadding - 6, 0);
    row->setSpacing(gap);
    for (auto* widget : std::initializer_list<QWidget*>{m_method, m_path, m_status, m_duration, m_route, m_service})
        row->addWidget(widget);
    row->addStretch(1);
    row->addWidget(close);
    connect(close, &QToolButton::clicked, this, &ExchangeDetail::closeRequested);
    // Exchanges of other clients have no trace, and a screen reader can press what a mouse can't.
    connect(m_route, &QAbstractButton::clicked, this, [this] {
        if (m_exchange.trace && m_exchange.trace->route)
            open(m_exchange.trace->route->pointer);
    });
    connect(m_service, &QAbstractButton::clicked, this, [this] {
        if (m_exchange.trace && m_exchange.trace->service)
            open(m_exchange.trace->service->pointer);
    });
    return head;
}

QWidget* ExchangeDetail::makeTracePage()
{
    m_steps->setLow(true);
    m_steps->setMinimumWidth(leastStepsWidth);
    m_title->setWordWrap(true);
    m_title->setObjectName(QStringLiteral("exchangeReason"));
    m_sentence->setTextFormat(Qt::RichText);
    m_sentence->setWordWrap(true);
    auto* reason = new QWidget;
    auto* texts = new QVBoxLayout(reason);
    texts->setContentsMargins(metrics::pagePadding, gap, metrics::pagePadding, gap);
    texts->setSpacing(4);
    texts->addWidget(m_title);
    texts->addWidget(m_sentence);
    texts->addStretch(1);
    auto* page = new Splitter(Qt::Horizontal);
    page->setThin();
    page->addWidget(m_steps);
    page->addWidget(makeScrollArea(reason));
    page->setSizes({stepsWidth, 2 * stepsWidth});
    page->setStretchFactor(1, 1);
    connect(m_steps, &TraceView::stepSelected, this, &ExchangeDetail::explain);
    connect(m_steps, &TraceView::stepActivated, this, [this](int row) { open(m_steps->steps().step(row).pointer); });
    return page;
}

QWidget* ExchangeDetail::makeUpstreamPage()
{
    m_upstream = new QStackedWidget;
    m_upstream->addWidget(m_headers);
    m_upstream->addWidget(m_notSent);
    connect(m_headers, &HeaderDiffView::authorClicked, this, &ExchangeDetail::openAuthor);
    connect(m_headers, &HeaderDiffView::openTokenRequested, this,
            [this](const QString& token) { m_context.navigator.openToken(token.toStdString()); });
    return m_upstream;
}

void ExchangeDetail::showExchange(const gateway::ExchangeSummary& exchange)
{
    m_exchange = exchange;
    const QString method = qstring(exchange.method);
    m_method->setText(methodWord(method));
    m_method->setRole(methodRole(method));
    m_path->setText(qstring(exchange.path));
    m_status->setPill(
        {exchange.status == 0 ? tr("Client gone") : QString::number(exchange.status), toneOfStatus(exchange.status)});
    m_duration->setText(durationText(exchange.duration));
    const gateway::Trace* trace = exchange.trace.get();
    showEntity(*m_route, trace ? trace->route : std::nullopt, exchange.route, QLatin1String("route"));
    showEntity(*m_service, trace ? trace->service : std::nullopt, exchange.service, QLatin1String("server"));
    m_steps->setTrace(exchange.trace);
    auto differences = trace ? headerDifferences(*trace) : std::vector<HeaderDifference>();
    const int changes = countsOf(differences).total();
    m_tabs->setCounter(1, changes == 0 ? QString() : QString::number(changes));
    m_upstream->setCurrentIndex(differences.empty() ? 1 : 0);
    m_headers->differences().setDifferences(std::move(differences));
    showPage();
}

void ExchangeDetail::showPage()
{
    m_pages->setCurrentIndex(!m_exchange.trace ? UntracedPage : m_tabs->currentIndex() == 0 ? TracePage : UpstreamPage);
}

void ExchangeDetail::explain(int step)
{
    m_title->clear();
    m_sentence->clear();
    const auto snapshot = m_context.gateway.snapshot();
    if (!m_exchange.trace || !snapshot || step < 0)
        return;
    const auto explanation = gateway::explainStep(*m_exchange.trace, static_cast<std::size_t>(step), *snapshot);
    m_title->setText(plainText(explanation.title));
    m_sentence->setText(explanation.sentence.id.empty()
                            ? QString()
                            : richText(explanation.sentence, textFont(TextStyle::Mono).family()));
}

void ExchangeDetail::open(const std::string& pointer)
{
    if (!pointer.empty())
        m_context.navigator.openEntity(pointer);
}

void ExchangeDetail::openAuthor(const gateway::Author& author)
{
    const auto& steps = m_exchange.trace->steps;
    const auto step = std::ranges::find_if(
        steps, [&](const gateway::Step& each) { return each.name == author.name && !each.pointer.empty(); });
    if (step != steps.end())
        open(step->pointer);
    else if (author.kind == gateway::Author::Kind::Service && m_exchange.trace->service)
        open(m_exchange.trace->service->pointer);
}

} // namespace claimsmith::app

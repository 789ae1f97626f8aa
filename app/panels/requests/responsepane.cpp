// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/responsepane.h"

#include "bridge/appcontext.h"
#include "http/setcookie.h"
#include "panels/requests/comparisonpane.h"
#include "panels/requests/failureview.h"
#include "panels/requests/responsebody.h"
#include "panels/requests/statusrow.h"
#include "panels/requests/texttable.h"
#include "panels/requests/timelineview.h"
#include "panels/requests/tokenremarks.h"
#include "panels/requests/tracepane.h"
#include "panels/requests/tracetext.h"
#include "panels/requests/upstreampane.h"
#include "panels/requests/upstreampathrow.h"
#include "text/quantities.h"
#include "theme/claimstyle.h"
#include "theme/metrics.h"
#include "widgets/buttons.h"
#include "widgets/label.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/segment.h"
#include "widgets/tabs.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace claimsmith::app {

namespace {

enum Page { EmptyPage, ProgressPage, FailurePage, AnswerPage };

constexpr int tickInterval = 100; // milliseconds
constexpr int showElapsed = 1000; // from then on time and phase are told
constexpr int lowHeight = 460;    // of this pane: Trace rows get lower
constexpr int narrowWidth = 760;  // the counter of differences goes first

qint64 steadyMilliseconds()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

QString text(std::string_view part)
{
    return QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size()));
}

/// "in 1 h", the date as it came, or that it goes with the session.
QString expiryText(const http::SetCookie& cookie)
{
    if (cookie.maxAge)
        return *cookie.maxAge <= 0 ? ResponsePane::tr("at once") : distanceText(std::chrono::seconds(*cookie.maxAge));
    return cookie.expires.empty() ? ResponsePane::tr("with the session") : text(cookie.expires);
}

QString flagsText(const http::SetCookie& cookie)
{
    QStringList flags;
    if (cookie.secure)
        flags << QStringLiteral("Secure");
    if (cookie.httpOnly)
        flags << QStringLiteral("HttpOnly");
    if (!cookie.sameSite.empty())
        flags << QStringLiteral("SameSite=") + text(cookie.sameSite);
    return flags.join(QLatin1String(", "));
}

} // namespace

ResponsePane::ResponsePane(AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_pages(new QStackedWidget), m_status(new StatusRow),
      m_tabs(new UnderlineTabs), m_upstreamExtras(new QWidget), m_traceExtras(new QWidget),
      m_compare(makeButton({}, ButtonKind::Default, QLatin1String("compare"), ControlSize::Small)),
      m_answer(new QStackedWidget), m_comparison(new ComparisonPane), m_counter(new DifferenceCounter),
      m_changedOnly(new Segment(ControlSize::Small)), m_views(new QStackedWidget), m_body(new ResponseBody),
      m_headers(new TextTable({{tr("Header"), 1}, {tr("Value"), 3}}, QStringLiteral(": "))),
      m_cookies(new TextTable({{tr("Cookie"), 3},
                               {tr("Value"), 4},
                               {tr("Domain"), 3},
                               {tr("Path"), 2},
                               {tr("Expires"), 3},
                               {tr("Flags"), 4}},
                              QStringLiteral("="))),
      m_cookiePages(new QStackedWidget), m_upstream(new UpstreamPane), m_trace(new TracePane),
      m_timeline(new TimelineView), m_message(new MessageBar), m_failure(new FailureView),
      m_elapsed(new Label({}, TextStyle::PageMono)), m_phase(new Label({}, TextStyle::Body, Role::Text2)),
      m_progress(nullptr), m_ticker(new QTimer(this))
{
    auto* empty = new EmptyState(QLatin1String("requests"), tr("Nothing sent yet"),
                                 tr("The answer, its trace and what the upstream received will appear here."));
    auto* send = makeButton(tr("Send"), ButtonKind::Primary);
    setKeycap(send, tr("Ctrl Enter"));
    empty->addButton(send);
    connect(send, &QPushButton::clicked, this, &ResponsePane::sendRequested);

    m_pages->addWidget(empty);
    m_pages->addWidget(makeProgressPage());
    m_pages->addWidget(m_failure);
    m_pages->addWidget(makeAnswerPage());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* ground = new Pane(Role::BgSurface);
    auto* groundLayout = new QVBoxLayout(ground);
    groundLayout->setContentsMargins(0, 0, 0, 0);
    groundLayout->setSpacing(0);
    groundLayout->addWidget(m_pages, 1);
    groundLayout->addWidget(m_message);
    m_message->setObjectName(QStringLiteral("responseMessage"));
    m_message->hide();
    layout->addWidget(ground);
    m_progress = new ProgressLine(this);
    m_ticker->setInterval(tickInterval);
    setMinimumSize(320, 160);
    connectViews();
    showExtras();
}

QWidget* ResponsePane::makeProgressPage()
{
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setSpacing(12);
    auto* cancel = makeButton(tr("Cancel"));
    setKeycap(cancel, tr("Esc"));
    layout->addStretch();
    layout->addWidget(m_elapsed, 0, Qt::AlignHCenter);
    layout->addWidget(m_phase, 0, Qt::AlignHCenter);
    layout->addWidget(cancel, 0, Qt::AlignHCenter);
    layout->addStretch();
    connect(cancel, &QPushButton::clicked, this, &ResponsePane::cancelRequested);
    return page;
}

QWidget* ResponsePane::makeAnswerPage()
{
    m_tabs->setObjectName(QStringLiteral("responseTabs"));
    m_tabs->setAccessibleName(tr("Response"));
    for (const QString& name : {tr("Body"), tr("Headers"), tr("Cookies"), tr("Upstream"), tr("Trace"), tr("Timeline")})
        m_tabs->addTab(name);
    m_changedOnly->setAccessibleName(tr("Headers to show"));
    m_changedOnly->addItem(tr("All"));
    m_changedOnly->addItem(tr("Changed only"));
    m_changedOnly->setCurrentIndex(1);
    m_headers->setObjectName(QStringLiteral("responseHeaders"));
    m_headers->setAccessibleName(tr("Response headers"));
    m_cookies->setObjectName(QStringLiteral("responseCookies"));
    m_cookies->setAccessibleName(tr("Cookies that the answer sets"));
    m_cookiePages->addWidget(m_cookies);
    m_cookiePages->addWidget(new EmptyState(QLatin1String("file"), tr("No cookies"),
                                            tr("What the answer asks to keep by Set-Cookie will appear here.")));
    auto* upstreamExtras = new QHBoxLayout(m_upstreamExtras);
    upstreamExtras->setContentsMargins(0, 0, 0, 0);
    upstreamExtras->addWidget(m_counter);
    upstreamExtras->addWidget(m_changedOnly);
    auto* copy = makeButton(tr("Copy as text"), ButtonKind::Quiet, {}, ControlSize::Small);
    copy->setObjectName(QStringLiteral("copyTrace"));
    auto* traceExtras = new QHBoxLayout(m_traceExtras);
    traceExtras->setContentsMargins(0, 0, 0, 0);
    m_compare->setObjectName(QStringLiteral("compareWithGood"));
    traceExtras->addWidget(m_compare);
    traceExtras->addWidget(copy);
    connect(copy, &QPushButton::clicked, this, [this] {
        if (m_trace->trace() != nullptr)
            QApplication::clipboard()->setText(traceMarkdown(*m_trace->trace(), m_trace->explanation()));
    });

    auto* bar = new Pane(Role::BgSurface, Qt::BottomEdge);
    bar->setFixedHeight(metrics::tabBar);
    auto* head = new QHBoxLayout(bar);
    head->setContentsMargins(0, 0, 12, 0);
    head->setSpacing(8);
    head->addWidget(m_tabs);
    head->addStretch(1);
    head->addWidget(m_upstreamExtras);
    head->addWidget(m_traceExtras);
    for (auto* view :
         std::initializer_list<QWidget*>{m_body, m_headers, m_cookiePages, m_upstream, m_trace, m_timeline})
        m_views->addWidget(view);
    auto* tabbed = new QWidget;
    auto* tabbedLayout = new QVBoxLayout(tabbed);
    tabbedLayout->setContentsMargins(0, 0, 0, 0);
    tabbedLayout->setSpacing(0);
    tabbedLayout->addWidget(bar);
    tabbedLayout->addWidget(m_views, 1);
    m_answer->addWidget(tabbed);
    m_answer->addWidget(m_comparison);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_status);
    layout->addWidget(m_answer, 1);
    return page;
}

void ResponsePane::connectViews()
{
    const auto openEntity = [this](const std::string& pointer) { m_context.navigator.openEntity(pointer); };
    connect(m_tabs, &QTabBar::currentChanged, this, &ResponsePane::showExtras);
    connect(m_changedOnly, &Segment::currentIndexChanged, this,
            [this](int index) { m_upstream->table().differences().setChangedOnly(index == 1); });
    connect(m_status, &StatusRow::entityClicked, this, openEntity);
    connect(m_status, &StatusRow::copyRequested, this, &ResponsePane::copyBody);
    connect(m_status, &StatusRow::saveRequested, this, &ResponsePane::saveBody);
    connect(m_compare, &QPushButton::clicked, this, [this] { setComparing(true); });
    connect(m_status, &StatusRow::compareRequested, this, [this] { setComparing(m_answer->currentIndex() == 0); });
    connect(m_comparison, &ComparisonPane::closeRequested, this, [this] { setComparing(false); });
    connect(m_trace, &TracePane::entityClicked, this, openEntity);
    connect(&m_body->upstreamPath(), &UpstreamPathRow::entityClicked, this, openEntity);
    connect(m_trace, &TracePane::repairChosen, this, &ResponsePane::repairChosen);
    connect(m_failure, &FailureView::retryRequested, this, &ResponsePane::sendRequested);
    connect(m_failure, &FailureView::remedyRequested, this, &ResponsePane::remedyRequested);
    connect(&m_upstream->table(), &HeaderDiffView::openTokenRequested, this,
            [this](const QString& token) { m_context.navigator.openToken(token.toStdString()); });
    connect(&m_upstream->table(), &HeaderDiffView::authorClicked, this, [this](const gateway::Author& author) {
        if (!m_outcome || !m_outcome->trace)
            return;
        for (const auto& step : m_outcome->trace->steps) {
            if (step.name == author.name && !step.pointer.empty()) {
                m_context.navigator.openEntity(step.pointer);
                return;
            }
        }
        if (author.kind == gateway::Author::Kind::Service && m_outcome->trace->service)
            m_context.navigator.openEntity(m_outcome->trace->service->pointer);
    });
    m_upstream->table().setTokenJudge([this](const QString& token) {
        return tokenRemarks(token, m_outcome ? m_outcome->snapshot.get() : nullptr, m_context.clock.unixSeconds());
    });
    connect(m_ticker, &QTimer::timeout, this, &ResponsePane::tick);
}

void ResponsePane::setVia(workspace::Via via)
{
    m_via = via;
    enableTabs();
}

void ResponsePane::enableTabs()
{
    // What is shown decides while it is shown; before, the way the next request goes.
    const bool direct = m_outcome ? m_outcome->trace == nullptr : m_via == workspace::Via::Direct;
    for (const Tab tab : {UpstreamTab, TraceTab}) {
        m_tabs->setTabEnabled(tab, !direct);
        m_tabs->setTabToolTip(tab, direct ? tr("Sent directly, no gateway took part") : QString());
    }
    if (direct && (m_tabs->currentIndex() == UpstreamTab || m_tabs->currentIndex() == TraceTab))
        m_tabs->setCurrentIndex(BodyTab);
}

void ResponsePane::showTab(Tab tab)
{
    if (m_tabs->isTabEnabled(tab))
        m_tabs->setCurrentIndex(tab);
}

bool ResponsePane::find()
{
    if (m_pages->currentIndex() != AnswerPage || m_views->currentWidget() != m_body)
        return false;
    m_body->find();
    return true;
}

void ResponsePane::showCookies(const http::HeaderMap& headers)
{
    std::vector<TextTableRow> rows;
    for (const std::string_view line : headers.values("Set-Cookie")) {
        if (const auto cookie = http::parseSetCookie(line))
            rows.push_back({{text(cookie->name), text(cookie->value), text(cookie->domain), text(cookie->path),
                             expiryText(*cookie), flagsText(*cookie)}});
    }
    m_tabs->setCounter(CookiesTab, rows.empty() ? QString() : QString::number(rows.size()));
    m_cookiePages->setCurrentIndex(rows.empty() ? 1 : 0);
    m_cookies->setRows(std::move(rows));
}

void ResponsePane::offerComparison()
{
    const QString status = m_reference ? QString::number(m_reference->response->head.status) : QString();
    m_compare->setText(tr("Compare with last %1").arg(status));
    m_compare->setVisible(m_reference != nullptr);
    m_status->setComparable(m_reference ? tr("Compare with last %1").arg(status) : QString());
}

void ResponsePane::setComparing(bool comparing)
{
    if (comparing && m_reference)
        m_comparison->compare(*m_reference, *m_outcome);
    m_answer->setCurrentIndex(comparing && m_reference ? 1 : 0);
}

void ResponsePane::showExtras()
{
    const int tab = m_tabs->currentIndex();
    m_views->setCurrentIndex(tab);
    m_upstreamExtras->setVisible(tab == UpstreamTab && m_upstream->counts().total() > 0);
    m_counter->setVisible(width() >= narrowWidth);
    m_traceExtras->setVisible(tab == TraceTab);
}

void ResponsePane::tell(Tone tone, const QString& sentence)
{
    auto* close = new IconButton(QLatin1String("close"), tr("Close"));
    close->setSmall();
    connect(close, &QToolButton::clicked, m_message, &QWidget::hide);
    m_message->setButtons({close});
    m_message->show(tone, sentence);
}

void ResponsePane::start(const QString& target)
{
    m_message->hide();
    m_running = true;
    m_target = target;
    m_startedAt = steadyMilliseconds();
    m_phase->clear();
    m_progress->start();
    m_ticker->start();
    m_status->setDimmed(true);
}

void ResponsePane::tick()
{
    const qint64 elapsed = steadyMilliseconds() - m_startedAt;
    if (elapsed < showElapsed)
        return;
    m_elapsed->setText(durationText(std::chrono::milliseconds(elapsed / tickInterval * tickInterval)));
    if (!m_outcome)
        m_pages->setCurrentIndex(ProgressPage); // an old answer stays to be read
}

void ResponsePane::showProgress(const http::ClientProgress& progress)
{
    using Phase = http::ClientProgress::Phase;
    const QString received = progress.expected
                                 ? tr("%1 of %2").arg(sizeText(progress.received), sizeText(*progress.expected))
                                 : sizeText(progress.received);
    switch (progress.phase) {
    case Phase::Resolving:
        m_phase->setText(tr("Resolving %1").arg(m_target));
        break;
    case Phase::Connecting:
        m_phase->setText(tr("Connecting to %1").arg(m_target));
        break;
    case Phase::Sending:
        m_phase->setText(tr("Sending to %1").arg(m_target));
        break;
    case Phase::Waiting:
        m_phase->setText(tr("Waiting for %1").arg(m_target));
        break;
    case Phase::Receiving:
        m_phase->setText(tr("Receiving, %1").arg(received));
        break;
    }
}

void ResponsePane::showOutcome(std::shared_ptr<const SendOutcome> outcome, const workspace::Request& request,
                               const ExplanationView::Preview& preview)
{
    m_running = false;
    m_ticker->stop();
    m_progress->stop();
    m_outcome = std::move(outcome);
    m_reference = m_good;
    if (!m_outcome->response.hasValue()) {
        m_failure->show(
            failureText(m_outcome->response.error(), request, QString::fromStdString(m_outcome->prepared.host)));
        m_pages->setCurrentIndex(FailurePage);
        return;
    }
    showAnswer(*m_outcome, preview);
    m_pages->setCurrentIndex(AnswerPage);
}

void ResponsePane::showAnswer(const SendOutcome& outcome, const ExplanationView::Preview& preview)
{
    const http::ClientResponse& response = *outcome.response;
    m_status->showFacts(factsOf(response, outcome.sentAt, outcome.trace.get()));
    m_status->setDimmed(false);
    const std::string_view type = response.head.headers.value("Content-Type");
    m_body->setBody(body(), QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size())));
    std::vector<TextTableRow> lines;
    for (const auto& field : response.head.headers)
        lines.push_back({{text(field.name), text(field.value)}});
    m_headers->setRows(std::move(lines));
    showCookies(response.head.headers);
    if (response.head.status >= 200 && response.head.status < 300)
        m_good = m_outcome;
    offerComparison();
    setComparing(false);
    m_tabs->setCounter(HeadersTab, QString::number(response.head.headers.size()));
    m_timeline->setPhases(phasesOf(response));
    enableTabs();
    showTrace(outcome, preview);
    showExtras();
}

void ResponsePane::showTrace(const SendOutcome& outcome, const ExplanationView::Preview& preview)
{
    const gateway::Trace* trace = outcome.trace.get();
    m_upstream->setTrace(trace);
    m_body->upstreamPath().setPath(trace ? upstreamPathOf(*trace) : std::nullopt);
    m_counter->setCounts(m_upstream->counts());
    const int changes = m_upstream->counts().total();
    m_tabs->setCounter(UpstreamTab, changes == 0 ? QString() : QString::number(changes));
    m_trace->setTrace(outcome.trace, outcome.snapshot, preview);
    const bool refused = trace != nullptr && isRefusedByPlugin(*trace);
    const bool failed = trace != nullptr && trace->decisive() != nullptr && trace->response.status >= 400;
    m_tabs->setCounter(TraceTab, failed ? QStringLiteral("1") : QString(), failed ? Tone::Bad : Tone::Neutral);
    if (refused && !m_openedTrace) {
        m_openedTrace = true;
        showTab(TraceTab);
    }
}

Bytes ResponsePane::body() const
{
    if (!m_outcome || !m_outcome->response.hasValue())
        return {};
    const http::BodyStore& store = m_outcome->response->body;
    if (store.isInMemory())
        return Bytes(store.memory());
    auto beginning = store.read(0, http::BodyStore::defaultMemoryLimit);
    return beginning.hasValue() ? std::move(*beginning) : Bytes();
}

void ResponsePane::copyBody() const
{
    const Bytes bytes = body();
    QApplication::clipboard()->setText(QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())));
}

void ResponsePane::saveBody()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save response body"));
    if (path.isEmpty() || !m_outcome || !m_outcome->response.hasValue())
        return;
    const http::BodyStore& store = m_outcome->response->body;
    QSaveFile file(path);
    constexpr std::size_t block = 1U << 20U;
    bool good = file.open(QIODevice::WriteOnly);
    for (std::uint64_t offset = 0; good && offset < store.size(); offset += block) {
        const auto bytes = store.read(offset, block);
        good = bytes.hasValue() && file.write(bytes->data(), static_cast<qint64>(bytes->size())) >= 0;
    }
    if (good && file.commit())
        m_message->hide();
    else
        tell(Tone::Bad, tr("%1 could not be written: %2").arg(path, file.errorString()));
}

void ResponsePane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_trace->setLow(height() < lowHeight);
    showExtras();
}

} // namespace claimsmith::app

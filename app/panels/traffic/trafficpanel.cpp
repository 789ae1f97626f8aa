// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/traffic/trafficpanel.h"

#include "bridge/appcontext.h"
#include "bridge/gatewaysession.h"
#include "panels/traffic/exchangedetail.h"
#include "panels/traffic/trafficdelegate.h"
#include "panels/traffic/trafficmodel.h"
#include "text/quantities.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/label.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/searchfield.h"
#include "widgets/segment.h"

#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <memory>

namespace claimsmith::app {
namespace {

constexpr int footerHeight = 34;
constexpr int pathLeast = 120;
constexpr int detailHeight = 284;

struct Width
{
    TrafficModel::Column column;
    int pixels;
};

constexpr Width widths[] = {
    {TrafficModel::Time, 112},     {TrafficModel::Method, 76}, {TrafficModel::Route, 172},
    {TrafficModel::Consumer, 184}, {TrafficModel::Status, 64}, {TrafficModel::Latency, 208},
    {TrafficModel::Plugins, 212},  {TrafficModel::Size, 92},
};
/// The order in which columns give their room back in a narrow window.
constexpr TrafficModel::Column givesWay[] = {TrafficModel::Size, TrafficModel::Consumer, TrafficModel::Route};

/// "gateway", "upstream" after their bars; "passed", "rejected", … after their marks.
class Legend final : public QWidget
{
public:
    Legend() { setFixedSize(520, footerHeight - 1); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setFont(textFont(TextStyle::Small));
        int x = 0;
        const std::pair<PluginMark, QString> marks[] = {{PluginMark::Passed, TrafficModel::tr("passed")},
                                                        {PluginMark::Rejected, TrafficModel::tr("rejected")},
                                                        {PluginMark::Answered, TrafficModel::tr("answered")},
                                                        {PluginMark::NotRun, TrafficModel::tr("not run")}};
        for (const auto& [isUpstream, word] :
             {std::pair(false, TrafficModel::tr("gateway")), std::pair(true, TrafficModel::tr("upstream"))}) {
            QColor bar = color(Role::Accent);
            bar.setAlphaF(isUpstream ? 0.35F : 1.0F);
            paintBox(painter, QRectF(x, (height() - 8) / 2.0, 16, 8), 2, bar, QColor());
            x = write(painter, x + 22, word);
        }
        x += 4;
        for (const auto& [mark, word] : marks) {
            paintPluginMark(painter, QRect(x, 0, 8, height()), mark);
            x = write(painter, x + 14, word);
        }
    }

private:
    /// Returns where the next mark begins.
    int write(QPainter& painter, int x, const QString& word) const
    {
        painter.setPen(color(Role::Text2));
        painter.drawText(QRect(x, 0, width(), height()), Qt::AlignVCenter | Qt::AlignLeft, word);
        return x + painter.fontMetrics().horizontalAdvance(word) + 12;
    }
};

class TrafficPanel final : public Panel
{
    Q_DECLARE_TR_FUNCTIONS(TrafficPanel)

public:
    TrafficPanel(AppContext& context, std::shared_ptr<TrafficModel> model)
        : m_context(context), m_model(std::move(model)),
          m_filter(new SearchField(tr("Filter by method, route, path, consumer, status or reason"))),
          m_kind(new Segment), m_recording(new PillLabel(Pill{tr("Recording"), Tone::Ok, true})),
          m_pause(new IconButton(QLatin1String("pause"), tr("Pause"))), m_table(new QTableView), m_empty(nullptr),
          m_detail(new ExchangeDetail(context)), m_content(new QStackedWidget),
          m_count(new Label({}, TextStyle::Small, Role::Text2)), m_follow(new Label({}, TextStyle::Small, Role::Text3))
    {
        setFillRole(this, Role::BgSurface);
        auto* layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        layout->addWidget(makeToolbar());
        setUpTable();
        m_empty = new EmptyState(QLatin1String("traffic"), {}, {});
        auto* copy = makeButton(tr("Copy curl"), ButtonKind::Default, QLatin1String("copy"));
        auto* open = makeButton(tr("Open a request"));
        auto* start = makeButton(tr("Start the gateway"), ButtonKind::Primary, QLatin1String("play"));
        connect(start, &QPushButton::clicked, &m_context.gateway, &GatewaySession::start);
        m_empty->addButton(start);
        m_empty->addButton(copy);
        m_empty->addButton(open);
        connect(copy, &QPushButton::clicked, this, [this] {
            QApplication::clipboard()->setText(
                QStringLiteral("curl -i http://%1/").arg(m_context.gateway.proxyAddress()));
        });
        connect(open, &QPushButton::clicked, this,
                [this] { m_context.navigator.showPanel(QStringLiteral("requests")); });
        m_content->addWidget(m_empty);
        m_content->addWidget(m_table);
        layout->addWidget(makeSplitter(), 1);

        const auto offerButtons = [this, start, copy] {
            const bool running = !m_context.gateway.proxyAddress().isEmpty();
            start->setVisible(!running);
            copy->setVisible(running);
        };
        connect(&m_context.gateway, &GatewaySession::stateChanged, this, offerButtons);
        offerButtons();
        connect(m_model.get(), &TrafficModel::countChanged, this, &TrafficPanel::showCounts);
        connect(&m_context.gateway, &GatewaySession::stateChanged, this, &TrafficPanel::showCounts);
        connect(m_filter, &SearchField::textChanged, this, &TrafficPanel::applyFilter);
        connect(m_kind, &Segment::currentIndexChanged, this, &TrafficPanel::applyFilter);
        connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &TrafficPanel::showCounts);
        // Not what is current: the focus alone makes the first row current.
        connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TrafficPanel::showDetail);
        connect(m_detail, &ExchangeDetail::closeRequested, this, &TrafficPanel::closeDetail);
        showCounts();
    }

    void focusMain() override { m_content->currentWidget() == m_table ? m_table->setFocus() : m_filter->setFocus(); }

    void focusFilter() override { m_filter->setFocus(Qt::ShortcutFocusReason); }

    void openLink(const Link& link) override
    {
        m_filter->clear();
        const bool errors = link.kind == Link::Kind::Errors;
        m_kind->setCurrentIndex(static_cast<int>(errors ? TrafficFilter::Kind::Errors : TrafficFilter::Kind::All));
    }

    bool cancel() override { return closeDetail(); }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Resize)
            fitColumns();
        return Panel::eventFilter(watched, event);
    }

private:
    QWidget* makeToolbar()
    {
        auto* bar = new Pane(Role::BgSurface, Qt::BottomEdge);
        bar->setFixedHeight(metrics::toolbar);
        auto* layout = new QHBoxLayout(bar);
        layout->setContentsMargins(metrics::pagePadding, 0, metrics::pagePadding - 6, 1);
        layout->setSpacing(8);
        m_filter->setGlyph(QLatin1String("filter"));
        layout->addWidget(m_filter, 1);
        for (const QString& text : {tr("All"), tr("Errors"), tr("401 and 403")})
            m_kind->addItem(text);
        m_kind->setAccessibleName(tr("Kind of exchanges"));
        layout->addWidget(m_kind);
        layout->addSpacing(8);
        layout->addWidget(m_recording);
        layout->addWidget(m_pause);
        auto* clear = new IconButton(QLatin1String("trash"), tr("Clear the list"));
        layout->addWidget(clear);
        connect(m_pause, &QToolButton::clicked, this, &TrafficPanel::togglePause);
        connect(clear, &QToolButton::clicked, m_model.get(), &TrafficModel::clear);
        return bar;
    }

    QWidget* makeSplitter()
    {
        auto* list = new QWidget;
        auto* layout = new QVBoxLayout(list);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        layout->addWidget(m_content, 1);
        layout->addWidget(makeFooter());
        auto* splitter = new Splitter(Qt::Vertical);
        splitter->addWidget(list);
        splitter->addWidget(m_detail);
        splitter->setStretchFactor(0, 1);
        splitter->setSizes({2 * detailHeight, detailHeight});
        m_detail->hide();
        return splitter;
    }

    void showDetail()
    {
        const QModelIndexList rows = m_table->selectionModel()->selectedRows();
        if (rows.isEmpty())
            return;
        m_detail->showExchange(m_model->exchange(rows.front().row()));
        m_detail->setVisible(true);
        if (auto* splitter = qobject_cast<QSplitter*>(m_detail->parentWidget()))
            splitter->refresh(); // now: the row is to be seen in the room that is left
        m_table->scrollTo(rows.front());
    }

    /// Whether there was one to close.
    bool closeDetail()
    {
        if (m_detail->isHidden())
            return false;
        m_detail->hide();
        m_table->clearSelection();
        m_table->setFocus();
        return true;
    }

    QWidget* makeFooter()
    {
        auto* footer = new Pane(Role::BgPanel, Qt::TopEdge);
        footer->setFixedHeight(footerHeight);
        auto* layout = new QHBoxLayout(footer);
        layout->setContentsMargins(metrics::pagePadding, 1, metrics::pagePadding, 0);
        layout->setSpacing(16);
        layout->addWidget(m_count);
        layout->addWidget(new Legend);
        layout->addStretch(1);
        layout->addWidget(m_follow);
        return footer;
    }

    void setUpTable()
    {
        m_table->setModel(m_model.get());
        m_table->setItemDelegate(new TrafficDelegate(m_table));
        m_table->setAccessibleName(tr("Exchanges"));
        m_table->setShowGrid(false);
        m_table->setWordWrap(false);
        m_table->setFrameShape(QFrame::NoFrame);
        m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
        m_table->setSelectionMode(QAbstractItemView::SingleSelection);
        m_table->setTabKeyNavigation(false);
        m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        m_table->verticalHeader()->hide();
        m_table->verticalHeader()->setMinimumSectionSize(16);
        m_table->verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight());
        m_table->horizontalHeader()->setFixedHeight(metrics::tableHeader);
        m_table->horizontalHeader()->setHighlightSections(false);
        m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
        connect(&Theme::instance(), &Theme::changed, m_table,
                [this] { m_table->verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight()); });
        // Its width is known once it is shown, which is after the first exchange.
        m_table->viewport()->installEventFilter(this);
    }

    /// Path takes what is left; where too little is, columns vanish in the order of `givesWay`.
    void fitColumns()
    {
        int left = m_table->viewport()->width();
        for (const Width& width : widths) {
            m_table->setColumnHidden(width.column, false);
            m_table->setColumnWidth(width.column, width.pixels);
            left -= width.pixels;
        }
        for (const TrafficModel::Column column : givesWay) {
            if (left >= pathLeast)
                break;
            left += m_table->columnWidth(column);
            m_table->setColumnHidden(column, true);
        }
        m_table->setColumnWidth(TrafficModel::Path, qMax(pathLeast, left));
    }

    void togglePause()
    {
        m_paused = !m_paused;
        m_model->setPaused(m_paused);
        m_recording->setPill(m_paused ? Pill{tr("Paused"), Tone::Neutral} : Pill{tr("Recording"), Tone::Ok, true});
        m_pause->setGlyph(m_paused ? QLatin1String("play") : QLatin1String("pause"));
        m_pause->setToolTip(m_paused ? tr("Record") : tr("Pause"));
        m_pause->setAccessibleName(m_pause->toolTip());
    }

    void applyFilter()
    {
        m_model->setFilter({static_cast<TrafficFilter::Kind>(m_kind->currentIndex()), m_filter->text()});
    }

    void showCounts()
    {
        const quint64 exchanges = m_context.gateway.requestCount();
        const quint64 errors = m_context.gateway.errorCount();
        m_count->setText(QStringLiteral("%1, %2").arg(
            exchanges == 1 ? tr("1 exchange") : tr("%1 exchanges").arg(countText(exchanges)),
            errors == 1 ? tr("1 error") : tr("%1 errors").arg(countText(errors))));
        const bool follows = m_table->verticalScrollBar()->value() == 0;
        m_follow->setText(follows ? tr("Newest first, following") : tr("Newest first, scrolled"));
        const bool empty = m_model->rowCount() == 0;
        m_content->setCurrentWidget(empty ? static_cast<QWidget*>(m_empty) : m_table);
        if (!empty)
            return;
        if (m_model->size() > 0)
            m_empty->setTexts(tr("No exchange matches the filter"),
                              tr("It hides %n exchange(s).", nullptr, static_cast<int>(m_model->size())));
        else if (m_context.gateway.proxyAddress().isEmpty())
            m_empty->setTexts(tr("The gateway is stopped"), tr("Once it runs, what passes it is listed here."));
        else
            m_empty->setTexts(
                tr("No traffic yet"),
                tr("Everything that passes %1 is listed here as it happens.").arg(m_context.gateway.proxyAddress()));
    }

    AppContext& m_context;
    std::shared_ptr<TrafficModel> m_model;
    SearchField* m_filter;
    Segment* m_kind;
    PillLabel* m_recording;
    IconButton* m_pause;
    QTableView* m_table;
    EmptyState* m_empty;
    ExchangeDetail* m_detail;
    QStackedWidget* m_content;
    Label* m_count;
    Label* m_follow;
    bool m_paused = false;
};

} // namespace

PanelDescriptor trafficPanel()
{
    auto model = std::make_shared<TrafficModel>();
    PanelDescriptor descriptor;
    descriptor.id = QStringLiteral("traffic");
    descriptor.title = QCoreApplication::translate("TrafficPanel", "Traffic");
    descriptor.icon = QLatin1String("traffic");
    descriptor.opens = {Link::Kind::Traffic, Link::Kind::Errors};
    descriptor.start = [model](AppContext& context) {
        QObject::connect(&context.gateway, &GatewaySession::exchangesPassed, model.get(),
                         [recorder = model.get()](const std::vector<gateway::ExchangeSummary>& exchanges) {
                             recorder->add(exchanges);
                         });
    };
    descriptor.create = [model](AppContext& context, ActionRegistry&) -> Panel* {
        return new TrafficPanel(context, model);
    };
    return descriptor;
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/attack/attackpage.h"

#include "bridge/gatewaydocument.h"
#include "bridge/gatewaysession.h"
#include "document/json.h"
#include "jose/forge/report.h"
#include "panels/tokens/attack/attackdetail.h"
#include "panels/tokens/attack/attackmodel.h"
#include "panels/tokens/tokenbench.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/label.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHeaderView>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QSaveFile>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

namespace claimsmith::app {

/// How much of the matrix is done: a thin bar.
class ProgressTrack final : public QWidget
{
public:
    ProgressTrack() { setFixedSize(240, 8); }

    void setShare(double share)
    {
        m_share = share;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        paintBox(painter, rect(), 4, color(Role::BgChip), {}, -1);
        const QRectF done(0, 0, width() * m_share, height());
        if (done.width() >= 1)
            paintBox(painter, done, 4, color(Role::Accent), {}, -1);
    }

private:
    double m_share = 0;
};

namespace {

constexpr int tokenWidth = 300;
constexpr int detailWidth = 304;
constexpr int summaryHeight = 48;

/// The claim that the route would have to look at to refuse such a token; empty for other gaps.
std::string missingCheck(const AttackRow& row)
{
    for (const char* claim : {"nbf", "exp"}) {
        if (row.variant && row.variant->id.starts_with(claim))
            return claim;
    }
    return {};
}

} // namespace

AttackPage::AttackPage(TokenBench& bench, QWidget* parent)
    : SubPage(tr("Attack lab"), parent), m_bench(bench), m_model(new AttackModel(this)), m_detail(new AttackDetail),
      m_targets(new QComboBox), m_export(makeButton(tr("Export report"), ButtonKind::Quiet, QLatin1String("export"))),
      m_stop(makeButton(tr("Stop"), ButtonKind::Default, QLatin1String("stop"))),
      m_start(makeButton(tr("Run all"), ButtonKind::Primary, QLatin1String("play")))
{
    setObjectName(QStringLiteral("attackPage"));
    m_targets->setObjectName(QStringLiteral("attackTarget"));
    m_targets->setAccessibleName(tr("What the tokens are held against"));
    m_targets->setMinimumContentsLength(14);
    m_export->setObjectName(QStringLiteral("exportAttack"));
    m_stop->setObjectName(QStringLiteral("stopAttack"));
    m_start->setObjectName(QStringLiteral("startAttack"));
    addBeside(m_targets);
    for (QPushButton* button : {m_export, m_stop, m_start})
        addAction(button);
    auto* split = new Splitter(Qt::Horizontal);
    split->setThin();
    split->addWidget(makeTable());
    split->addWidget(m_detail);
    split->setStretchFactor(0, 1);
    split->setSizes({808, detailWidth});
    m_detail->setMinimumWidth(220);
    body()->addWidget(makeSummary());
    body()->addWidget(split, 1);

    connect(m_targets, &QComboBox::activated, this, &AttackPage::chooseTarget);
    connect(m_start, &QPushButton::clicked, this, &AttackPage::startIfConfirmed);
    connect(m_stop, &QPushButton::clicked, &m_run, &AttackRun::stop);
    connect(m_export, &QPushButton::clicked, this, &AttackPage::openExportMenu);
    connect(&m_run, &AttackRun::cellChanged, this, [this](int row, int place) {
        m_model->updateCell(row, place);
        const auto shown = m_model->matrixRow(m_table->currentIndex().row());
        if (shown && static_cast<int>(*shown) == row)
            showDetail();
    });
    connect(&m_run, &AttackRun::progressed, this, &AttackPage::showProgress);
    connect(&m_run, &AttackRun::finished, this, &AttackPage::showProgress);
    connect(m_detail, &AttackDetail::fixRequested, this, &AttackPage::applyFix);
    connect(m_detail, &AttackDetail::pluginRequested, this,
            [this] { m_bench.context().navigator.openEntity(m_bench.guardPointer(m_run.matrix().target.route)); });
    connect(&m_bench, &TokenBench::currentChanged, this, [this] {
        if (isVisible())
            prepare();
    });
}

QWidget* AttackPage::makeSummary()
{
    auto* summary = new Pane(Role::BgSurface, Qt::BottomEdge);
    summary->setFixedHeight(summaryHeight);
    m_track = new ProgressTrack;
    m_count = new Label({}, TextStyle::Small, Role::Text);
    m_count->setObjectName(QStringLiteral("attackCount"));
    m_refused = new PillLabel;
    m_accepted = new PillLabel;
    m_accepted->setObjectName(QStringLiteral("attackAccepted"));
    m_expected = new PillLabel;
    auto* row = new QHBoxLayout(summary);
    row->setContentsMargins(metrics::pagePadding, 0, metrics::pagePadding, 1);
    row->setSpacing(16);
    row->addWidget(m_track);
    row->addWidget(m_count);
    row->addStretch(1);
    for (PillLabel* pill : {m_refused, m_accepted, m_expected})
        row->addWidget(pill);
    return summary;
}

QWidget* AttackPage::makeTable()
{
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("attackMatrix"));
    m_table->setAccessibleName(tr("Forged tokens and what the target did with them"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new AttackDelegate(m_table));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    setFillRole(m_table, Role::BgSurface);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(16);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight());
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setFixedHeight(metrics::tableHeader);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->horizontalHeader()->setHighlightSections(false);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &AttackPage::showDetail);
    return m_table;
}

void AttackPage::showEvent(QShowEvent* event)
{
    SubPage::showEvent(event);
    fillTargets();
    prepare();
}

void AttackPage::focusMain()
{
    m_table->setFocus();
}

void AttackPage::runPrimary()
{
    if (m_start->isEnabled())
        startIfConfirmed();
}

bool AttackPage::cancel()
{
    const bool ran = m_run.isRunning();
    m_run.stop();
    return ran;
}

void AttackPage::fillTargets()
{
    const QString before = m_targets->currentData().toString();
    m_targets->clear();
    for (const GuardedRoute& route : m_bench.routes())
        m_targets->addItem(themedIcon(QLatin1String("route")), tr("route %1").arg(QString::fromStdString(route.name)),
                           QString::fromStdString("route:" + route.id));
    m_targets->addItem(themedIcon(QLatin1String("shield-check")), tr("the chosen key, offline"),
                       QStringLiteral("verifier"));
    if (!m_url.isEmpty())
        m_targets->addItem(themedIcon(QLatin1String("globe")), m_url, QStringLiteral("url"));
    m_targets->addItem(themedIcon(QLatin1String("globe")), tr("another URL…"), QStringLiteral("ask"));
    const int route = m_targets->findData(QString::fromStdString("route:" + m_bench.route()));
    const int known = m_targets->findData(before);
    m_targets->setCurrentIndex(known >= 0 && before != QLatin1String("ask") ? known : std::max(route, 0));
}

void AttackPage::chooseTarget(int index)
{
    if (m_targets->itemData(index).toString() == QLatin1String("ask"))
        return askForUrl();
    prepare();
}

void AttackPage::askForUrl()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("attackUrl"));
    dialog->setWindowTitle(tr("Attack lab"));
    dialog->setLabelText(tr("URL of a server that you may test"));
    dialog->setTextValue(m_url.isEmpty() ? QStringLiteral("http://127.0.0.1:8000/") : m_url);
    connect(dialog, &QInputDialog::textValueSelected, this, &AttackPage::takeUrl);
    connect(dialog, &QInputDialog::rejected, this, [this] { m_targets->setCurrentIndex(0); });
    dialog->open();
}

void AttackPage::takeUrl(const QString& url)
{
    m_url = url.trimmed();
    fillTargets();
    m_targets->setCurrentIndex(m_targets->findData(QStringLiteral("url")));
    prepare();
}

std::optional<AttackTarget> AttackPage::chosenTarget() const
{
    const QString chosen = m_targets->currentData().toString();
    const AppContext& context = m_bench.context();
    if (chosen == QLatin1String("verifier"))
        return verifierTarget(describeKeys(m_bench.current()->state().key, m_bench.chosenKeys()));
    if (chosen == QLatin1String("url"))
        return urlTarget(m_url.toStdString());
    const auto snapshot = context.gateway.snapshot();
    const QString address = context.gateway.proxyAddress();
    if (!snapshot || !chosen.startsWith(QLatin1String("route:")))
        return std::nullopt;
    return routeTarget(*snapshot, chosen.mid(6).toStdString(), address.toStdString());
}

/// Forges the shown token anew for the chosen target.
void AttackPage::prepare()
{
    if (!m_bench.current())
        return;
    TokenDraft draft = m_bench.current()->state().draft;
    draft.setForm({});
    m_token = draft.token();
    const QString name = QString::fromStdString(m_bench.current()->recipe().name);
    setSubject(tr("%1 against").arg(name));
    jose::forge::Knowledge knowledge;
    knowledge.now = m_bench.now();
    for (const jose::Key& key : m_bench.chosenKeys().keys) {
        if (auto half = key.publicPart())
            knowledge.publicKeys.push_back(std::move(*half));
        if (key.canSign())
            knowledge.signer = key;
    }
    AttackMatrix matrix;
    matrix.token = name;
    auto target = chosenTarget();
    auto rows = attackRows(m_token, knowledge);
    if (target)
        matrix.target = std::move(*target);
    if (rows)
        matrix.rows = std::move(rows).value();
    m_model->setMatrix(nullptr); // its lines are those of the matrix before
    m_run.prepare(std::move(matrix), m_bench.chosenKeys().keys);
    m_model->setMatrix(&m_run.matrix());
    m_table->clearSpans();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (!m_model->matrixRow(row) && m_model->columnCount() > 1)
            m_table->setSpan(row, 0, 1, m_model->columnCount());
    }
    m_table->setColumnWidth(0, std::min(tokenWidth, width() / 3));
    for (int column = 1; column < m_model->columnCount(); ++column)
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    m_detail->setBounds(m_run.matrix().target.kind == AttackTarget::Kind::Route ? tr("Runs only against this gateway")
                        : m_run.matrix().target.kind == AttackTarget::Kind::Url ? tr("Runs only against this URL")
                                                                                : tr("Nothing is sent"));
    showDetail();
    showProgress();
}

void AttackPage::startIfConfirmed()
{
    const AttackTarget& target = m_run.matrix().target;
    const QString host = QUrl(QString::fromStdString(target.url)).host();
    const bool needsWord =
        target.kind == AttackTarget::Kind::Url && !isLoopback(target.url) && !m_confirmed.contains(host);
    if (!needsWord)
        return start();
    auto* question = new QMessageBox(this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setObjectName(QStringLiteral("attackQuestion"));
    question->setText(tr("Send %n forged tokens to %1?", nullptr, static_cast<int>(m_run.matrix().total())).arg(host));
    question->setInformativeText(tr("Go on only if its owner allows this test. The server sees every request."));
    auto* yes = question->addButton(tr("I may test %1").arg(host), QMessageBox::AcceptRole);
    question->addButton(QMessageBox::Cancel);
    connect(yes, &QAbstractButton::clicked, this, [this, host] {
        m_confirmed.insert(host);
        start();
    });
    question->open();
}

void AttackPage::start()
{
    if (m_run.done() == m_run.matrix().total())
        m_run.clear();
    m_run.start(m_bench.context().clock);
    m_table->viewport()->update(); // cells of a run before wait again
    showProgress();
}

void AttackPage::showProgress()
{
    using State = AttackCell::State;
    const AttackMatrix& matrix = m_run.matrix();
    const auto total = matrix.total();
    const bool running = m_run.isRunning();
    const bool reachable = matrix.target.kind != AttackTarget::Kind::Route ||
                           m_bench.context().gateway.state() == GatewaySession::State::Running;
    m_track->setShare(total > 0 ? static_cast<double>(m_run.done()) / static_cast<double>(total) : 0);
    const auto left = m_run.timeLeft();
    QString count = tr("%1 of %2 tried").arg(m_run.done()).arg(total);
    if (left)
        count = tr("%1, %2 s left").arg(count).arg(left->count());
    if (!reachable)
        count = tr("The gateway does not run");
    m_count->setText(count);
    m_refused->setPill({tr("%1 refused as they should be").arg(matrix.count(State::Refused)), Tone::Ok, true});
    const auto accepted = matrix.count(State::Accepted);
    const auto failed = matrix.count(State::Failed);
    QString trouble = tr("%1 accepted that should not be").arg(accepted);
    if (failed > 0)
        trouble = tr("%1, %2 errors").arg(trouble).arg(failed);
    const bool any = accepted + failed > 0;
    m_accepted->setPill({trouble, any ? Tone::Bad : Tone::Neutral, any});
    m_expected->setPill({tr("%1 accepted as expected").arg(matrix.count(State::Expected)), Tone::Neutral});
    m_expected->setVisible(width() > 1000);
    m_start->setEnabled(!running && total > 0 && reachable);
    m_stop->setEnabled(running);
    m_export->setEnabled(m_run.done() > 0);
    if (!running)
        showDetail();
}

void AttackPage::showDetail()
{
    QModelIndex current = m_table->currentIndex();
    const AttackRow* row = m_model->rowAt(current);
    // On the token itself: the first place where something is wrong, else the first one.
    if (row && current.column() == 0) {
        QModelIndex chosen = current.siblingAtColumn(1);
        for (int column = m_model->columnCount() - 1; column > 0; --column) {
            const AttackCell* cell = m_model->cellAt(current.siblingAtColumn(column));
            if (cell && cell->isTrouble())
                chosen = current.siblingAtColumn(column);
        }
        current = chosen;
    }
    const bool isRoute = m_run.matrix().target.kind == AttackTarget::Kind::Route;
    const std::string check = row && isRoute ? missingCheck(*row) : std::string();
    m_detail->showCell(row, m_model->cellAt(current),
                       check.empty() ? QString() : tr("claims_to_verify: + %1").arg(QString::fromStdString(check)),
                       isRoute);
}

void AttackPage::openExportMenu()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const jose::forge::AttackReport report = attackReport(m_run.matrix());
    menu->addAction(tr("JSON…"), this, [this, report] {
        save(QStringLiteral("json"), document::toJson(jose::forge::toJson(report), {.indent = 2}) + '\n');
    });
    menu->addAction(tr("JUnit…"), this, [this, report] { save(QStringLiteral("xml"), jose::forge::toJunit(report)); });
    menu->addAction(tr("Markdown…"), this,
                    [this, report] { save(QStringLiteral("md"), jose::forge::toMarkdown(report)); });
    menu->popup(m_export->mapToGlobal(m_export->rect().bottomLeft()));
}

void AttackPage::save(const QString& suffix, const std::string& text)
{
    auto* dialog = new QFileDialog(this, tr("Export report"), QStringLiteral("attack.") + suffix);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    const QByteArray report = QByteArray::fromStdString(text);
    connect(dialog, &QFileDialog::fileSelected, this, [this, report](const QString& path) {
        QSaveFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(report) == report.size() && file.commit();
        m_count->setText(written ? tr("Saved %1").arg(path)
                                 : tr("%1 cannot be written: %2").arg(path, file.errorString()));
    });
    dialog->open();
}

void AttackPage::applyFix()
{
    const AttackRow* row = m_model->rowAt(m_table->currentIndex());
    const std::string pointer = m_bench.guardPointer(m_run.matrix().target.route);
    if (!row || pointer.empty())
        return;
    const std::string check = missingCheck(*row);
    const auto changed =
        m_bench.context().gatewayDocument.change({ConfigEdit::set(pointer + "/config/claims_to_verify/-", check)},
                                                 tr("Verify %1").arg(QString::fromStdString(check)));
    if (!changed)
        return m_count->setText(QString::fromStdString(changed.error().detail));
    m_run.clear();
    GatewayDocument& document = m_bench.context().gatewayDocument;
    if (document.isAnalysed())
        return start();
    connect(&document, &GatewayDocument::applied, this, &AttackPage::start, Qt::SingleShotConnection);
}

} // namespace claimsmith::app

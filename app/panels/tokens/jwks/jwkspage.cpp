// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/jwks/jwkspage.h"

#include "base/base64.h"
#include "bridge/gatewaydocument.h"
#include "panels/tokens/keyform.h"
#include "panels/tokens/keys/publishedjwks.h"
#include "panels/tokens/sidelist.h"
#include "panels/tokens/tokenbench.h"
#include "text/quantities.h"
#include "text/timetext.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"
#include "widgets/messages.h"

#include <QFileDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

constexpr int listWidth = 300;
constexpr std::array<std::string_view, 5> shownHeaders{"Cache-Control", "Expires", "Age", "ETag", "Last-Modified"};

QString shortSource(const QString& source)
{
    QString name = source;
    for (const auto& prefix : {QLatin1String("https://"), QLatin1String("http://")}) {
        if (name.startsWith(prefix))
            name = name.mid(prefix.size());
    }
    return name;
}

QString changeText(const KeySetChange& change)
{
    switch (change.kind) {
    case KeySetChange::Kind::Added:
        return JwksPage::tr("%1 is new since the fetch before").arg(change.name);
    case KeySetChange::Kind::Removed:
        return JwksPage::tr("%1 is gone since the fetch before").arg(change.name);
    case KeySetChange::Kind::Changed:
        break;
    }
    return JwksPage::tr("%1 has another kid, alg or use than before").arg(change.name);
}

bool isFetched(const FetchedSet& set)
{
    return set.fetchedAt > 0;
}

} // namespace

JwksPage::JwksPage(TokenBench& bench, QWidget* parent)
    : SubPage(tr("Key sets"), parent), m_bench(bench), m_url(new QLineEdit),
      m_fetch(makeButton(tr("Fetch"), ButtonKind::Primary, QLatin1String("download"))),
      m_refresh(makeButton(tr("Refresh"), ButtonKind::Default, QLatin1String("refresh"))),
      m_use(makeButton(tr("Verify with these"), ButtonKind::Default, QLatin1String("shield-check"))),
      m_list(new SideList)
{
    setObjectName(QStringLiteral("jwksPage"));
    auto* split = new Splitter(Qt::Horizontal);
    split->setThin();
    split->addWidget(makeList());
    split->addWidget(makeDetails());
    split->setStretchFactor(1, 1);
    split->setSizes({listWidth, 812});
    body()->addWidget(makeBar());
    body()->addWidget(split, 1);
    KeySetStore& store = m_bench.keySets();
    connect(&store, &KeySetStore::changed, this, &JwksPage::refresh);
    connect(&store, &KeySetStore::fetched, this, [this](const QString&, const QString& source) {
        m_message->hide();
        m_fetch->setEnabled(true);
        m_list->setCurrentId(source);
        showSet();
    });
    connect(&store, &KeySetStore::failed, this, [this](const QString& asked, const QString& sentence) {
        m_fetch->setEnabled(true);
        m_message->setVisible(true);
        m_message->show(Tone::Bad, tr("%1 gave no keys: %2").arg(asked, sentence));
    });
    connect(&m_bench, &TokenBench::ticked, this, &JwksPage::refreshAges);
    connect(m_list, &SideList::chosen, this, &JwksPage::showSet);
    connect(m_list, &SideList::removeRequested, this, [this](const QString& id) { m_bench.keySets().remove(id); });
}

QWidget* JwksPage::makeBar()
{
    m_url->setObjectName(QStringLiteral("keySetUrl"));
    m_url->setAccessibleName(tr("URL of a key set or an issuer"));
    m_url->setFont(textFont(TextStyle::Mono));
    m_url->setPlaceholderText(tr("https://issuer, or the URL of a JWK Set"));
    m_fetch->setObjectName(QStringLiteral("fetchKeySet"));
    m_refresh->setObjectName(QStringLiteral("refreshKeySet"));
    m_use->setObjectName(QStringLiteral("useKeySet"));
    auto* open = makeButton(tr("Open file"), ButtonKind::Default, QLatin1String("file"));
    open->setObjectName(QStringLiteral("openKeySet"));
    auto* bar = new Pane(Role::BgSurface, Qt::BottomEdge);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::pagePadding, 10, metrics::pagePadding, 11);
    row->setSpacing(8);
    row->addWidget(m_url, 1);
    row->addWidget(m_fetch);
    row->addWidget(open);
    addAction(m_refresh);
    addAction(m_use);
    connect(m_url, &QLineEdit::returnPressed, this, &JwksPage::fetch);
    connect(m_fetch, &QPushButton::clicked, this, &JwksPage::fetch);
    connect(open, &QPushButton::clicked, this, &JwksPage::openFile);
    connect(m_refresh, &QPushButton::clicked, this, &JwksPage::refreshShown);
    connect(m_use, &QPushButton::clicked, this, &JwksPage::useShown);
    return bar;
}

QWidget* JwksPage::makeList()
{
    m_list->setObjectName(QStringLiteral("keySetList"));
    m_list->setAccessibleName(tr("Key sets"));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto* pane = new Pane(Role::BgPanel);
    pane->setMinimumWidth(200);
    auto* layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(m_list);
    return pane;
}

QWidget* JwksPage::makeDetails()
{
    m_title = new Label({}, TextStyle::Section);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setWordWrap(true);
    m_facts = new Label({}, TextStyle::Mono, Role::Text2);
    m_facts->setObjectName(QStringLiteral("keySetFacts"));
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setWordWrap(true);
    m_lines = new QVBoxLayout;
    m_lines->setSpacing(4);
    m_keys = new QTableWidget;
    m_keys->setObjectName(QStringLiteral("keySetKeys"));
    m_keys->setAccessibleName(tr("Keys of the set"));
    m_keys->setFrameShape(QFrame::NoFrame);
    m_keys->setShowGrid(false);
    m_keys->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_keys->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_keys->setTabKeyNavigation(false);
    setFillRole(m_keys, Role::BgSurface);
    m_keys->verticalHeader()->hide();
    m_keys->verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight());
    m_keys->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_keys->horizontalHeader()->setFixedHeight(metrics::tableHeader);
    m_keys->horizontalHeader()->setHighlightSections(false);
    m_keys->horizontalHeader()->setStretchLastSection(true);
    m_message = new MessageBar;
    m_message->hide();
    auto* head = new QVBoxLayout;
    head->setContentsMargins(metrics::pagePadding, 12, metrics::pagePadding, 0);
    head->setSpacing(8);
    head->addWidget(m_title);
    head->addWidget(m_facts);
    head->addLayout(m_lines);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(8, 0, 8, 8);
    foot->addWidget(m_message);
    auto* details = new Pane(Role::BgSurface);
    auto* column = new QVBoxLayout(details);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addLayout(head);
    column->addWidget(m_keys, 1);
    column->addLayout(foot);
    column->addStretch(); // while there are no keys to show
    return details;
}

void JwksPage::focusMain()
{
    m_url->setFocus();
}

void JwksPage::showEvent(QShowEvent* event)
{
    SubPage::showEvent(event);
    refresh();
}

void JwksPage::fetch()
{
    if (m_url->text().trimmed().isEmpty())
        return;
    m_fetch->setEnabled(false);
    m_bench.keySets().fetch(m_url->text());
}

void JwksPage::openFile()
{
    auto* dialog = new QFileDialog(this, tr("Open key set"), {}, tr("Key sets (*.json *.jwks *.pem);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, &m_bench.keySets(), &KeySetStore::openFile);
    dialog->open();
}

void JwksPage::refreshShown()
{
    const FetchedSet* set = shown();
    if (!set || !isFetched(*set))
        return;
    if (set->source.contains(QLatin1String("://")))
        m_bench.keySets().fetch(set->source);
    else
        m_bench.keySets().openFile(set->source);
}

void JwksPage::useShown()
{
    const FetchedSet* set = shown();
    if (!set || !m_bench.current())
        return;
    KeyChoice choice = m_bench.current()->state().key;
    choice.kind = KeyKind::JwksUrl;
    choice.url = set->source.toStdString();
    TypedKeys typed = m_bench.current()->typedKeys();
    typed.jwks = std::make_shared<const SecretBytes>(SecretBytes(BytesView(set->text)));
    m_bench.setTypedKeys(std::move(typed));
    m_bench.setKey(choice);
    m_bench.setRoute({});
    emit left();
}

/// Fetched ones, then those that the gateway's configuration answers with.
std::vector<FetchedSet> JwksPage::sets() const
{
    std::vector<FetchedSet> all = m_bench.keySets().sets();
    for (const PublishedJwks& each : publishedSets(m_bench.context().gatewayDocument.lastGood())) {
        auto set = readSet(tr("route %1").arg(QString::fromStdString(each.route)), each.body);
        if (set)
            all.push_back(std::move(set).value());
    }
    return all;
}

const FetchedSet* JwksPage::shown() const
{
    const QString id = m_list->currentId();
    const auto found =
        std::find_if(m_sets.begin(), m_sets.end(), [&](const FetchedSet& each) { return each.source == id; });
    return found == m_sets.end() ? nullptr : &*found;
}

void JwksPage::refresh()
{
    if (!isVisible())
        return;
    const QString before = m_list->currentId();
    m_sets = sets();
    refreshAges();
    if (shown() == nullptr && !m_sets.empty())
        m_list->setCurrentId(m_sets.front().source);
    else
        m_list->setCurrentId(before);
    showSet();
}

void JwksPage::refreshAges()
{
    if (!isVisible())
        return;
    std::vector<SideRow> rows;
    for (const FetchedSet& set : m_sets) {
        const bool grave =
            std::any_of(set.problems.begin(), set.problems.end(), [](const auto& p) { return p.isGrave; });
        const QString age = isFetched(set)
                                ? tr("%1 ago").arg(briefAgeText(std::chrono::seconds(m_bench.now() - set.fetchedAt)))
                                : tr("in kong.yml");
        rows.push_back({set.source, shortSource(set.source),
                        tr("%1, %2").arg(tr("%n keys", nullptr, static_cast<int>(set.keys.size())), age),
                        grave                  ? Tone::Bad
                        : set.problems.empty() ? Tone::Ok
                                               : Tone::Warn});
    }
    m_list->setRows(std::move(rows));
    if (const FetchedSet* set = shown())
        fillFacts(*set);
}

void JwksPage::addLine(const QString& words, int role)
{
    auto* label = new Label({}, TextStyle::Small, static_cast<Role>(role));
    label->setWordWrap(true);
    label->setParagraph(words);
    m_lines->addWidget(label);
}

void JwksPage::showSet()
{
    const FetchedSet* set = shown();
    m_refresh->setEnabled(set && isFetched(*set));
    m_use->setEnabled(set && m_bench.current());
    while (QLayoutItem* item = m_lines->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_keys->setVisible(set != nullptr);
    if (!set) {
        m_title->setText(tr("No key set yet"));
        m_facts->setText(tr("Sets that you fetch or open are listed here, and those that kong.yml publishes."));
        return;
    }
    m_title->setText(set->source);
    fillFacts(*set);
    for (const KeySetProblem& problem : set->problems)
        addLine(problem.sentence, static_cast<int>(problem.isGrave ? Role::Bad : Role::Warn));
    for (const KeySetChange& change : set->changes)
        addLine(changeText(change), static_cast<int>(Role::Info));
    if (set->fetches > 1 && set->changes.empty())
        addLine(tr("The same keys as at the fetch before"), static_cast<int>(Role::Text3));
    fillKeys(*set);
}

void JwksPage::fillFacts(const FetchedSet& set)
{
    QStringList lines;
    if (!set.issuer.isEmpty())
        lines += tr("Issuer: %1").arg(set.issuer);
    if (isFetched(set))
        lines += tr("Fetched: %1").arg(instantText(set.fetchedAt, m_bench.now(), m_bench.zone()));
    if (const auto until = freshUntil(set))
        lines += *until > m_bench.now() ? tr("Fresh until %1").arg(instantText(*until, m_bench.now(), m_bench.zone()))
                                        : tr("Stale since %1").arg(instantText(*until, m_bench.now(), m_bench.zone()));
    for (const std::string_view name : shownHeaders) {
        if (const auto value = set.headers.find(name))
            lines += textOf(name) + QStringLiteral(": ") + textOf(*value);
    }
    if (!set.failure.isEmpty())
        lines += tr("Last fetch failed: %1").arg(set.failure);
    m_facts->setText(lines.join(u'\n'));
}

void JwksPage::fillKeys(const FetchedSet& set)
{
    const QStringList columns{tr("kid"), tr("Kind"), tr("alg"), tr("use"), tr("Thumbprint")};
    m_keys->clear();
    m_keys->setColumnCount(static_cast<int>(columns.size()));
    m_keys->setHorizontalHeaderLabels(columns);
    m_keys->setRowCount(static_cast<int>(set.keys.size()));
    int row = 0;
    for (const jose::Key& key : set.keys) {
        const std::array<QString, 5> cells{textOf(key.id()), keyFacts({key}), textOf(key.metadata().algorithm),
                                           textOf(key.metadata().use),
                                           key.secret() ? QString() : textOf(toBase64Url(key.thumbprint()))};
        for (int column = 0; column < static_cast<int>(cells.size()); ++column) {
            auto* item = new QTableWidgetItem(cells[static_cast<std::size_t>(column)]);
            item->setFont(textFont(column == 1 ? TextStyle::Small : TextStyle::Mono));
            item->setToolTip(item->text());
            m_keys->setItem(row, column, item);
        }
        ++row;
    }
    constexpr std::array<int, 4> widths{240, 160, 72, 56};
    for (int column = 0; column < static_cast<int>(widths.size()); ++column)
        m_keys->setColumnWidth(column, widths[static_cast<std::size_t>(column)]);
}

} // namespace claimsmith::app

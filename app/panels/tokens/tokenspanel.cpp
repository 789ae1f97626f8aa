// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenspanel.h"

#include "bridge/appcontext.h"
#include "panels/tokens/attack/attackpage.h"
#include "panels/tokens/compare/comparepage.h"
#include "panels/tokens/explain/explainpage.h"
#include "panels/tokens/generatekeydialog.h"
#include "panels/tokens/jwe/jwepage.h"
#include "panels/tokens/jwks/jwkspage.h"
#include "panels/tokens/keypane.h"
#include "panels/tokens/keys/importkeydialog.h"
#include "panels/tokens/keys/keypage.h"
#include "panels/tokens/lintpane.h"
#include "panels/tokens/panerow.h"
#include "panels/tokens/sidelist.h"
#include "panels/tokens/textpanes.h"
#include "panels/tokens/textrow.h"
#include "panels/tokens/tokenbench.h"
#include "panels/tokens/tokenpane.h"
#include "panels/tokens/tokensside.h"
#include "panels/tokens/tokenstoolbar.h"
#include "panels/tokens/verdictpane.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/searchfield.h"
#include "widgets/tabs.h"
#include "widgets/timeruler.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QPushButton>
#include <QResizeEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace claimsmith::app {

namespace {

constexpr int sideWidth = 256;
constexpr int textRowHeight = 344;
constexpr int keyRowHeight = 332;
constexpr int keyWidth = 375;
constexpr int verdictWidth = 344;
constexpr int lintWidth = 393;
constexpr int verdictTab = 1;
constexpr int lintTab = 2;

// Sizes of the window (ui.md 6.2).
constexpr int foldClaimsBelow = 1280;
constexpr int tabKeysBelow = 880;
constexpr int lowRulerBelow = 760;

} // namespace

TokensPanel::TokensPanel(AppContext& context, QWidget* parent)
    : Panel(parent), m_bench(std::make_unique<TokenBench>(context)), m_side(new TokensSide(*m_bench)),
      m_pages(new QStackedWidget)
{
    m_pages->addWidget(makeWorkbench());
    auto* empty = new EmptyState(QLatin1String("tokens"), tr("No token yet"),
                                 tr("Tokens that you craft or paste appear here, taken apart and checked."));
    auto* create = makeButton(tr("New token"), ButtonKind::Primary);
    auto* paste = makeButton(tr("Paste token"));
    connect(create, &QPushButton::clicked, m_bench.get(), &TokenBench::createToken);
    connect(paste, &QPushButton::clicked, this, &TokensPanel::paste);
    empty->addButton(create);
    empty->addButton(paste);
    auto* emptyPage = new Pane(Role::BgSurface);
    auto* emptyLayout = new QVBoxLayout(emptyPage);
    emptyLayout->addWidget(empty);
    m_pages->addWidget(emptyPage);

    auto* splitter = new Splitter(Qt::Horizontal);
    splitter->setThin();
    splitter->addWidget(m_side);
    splitter->addWidget(m_pages);
    splitter->setStretchFactor(1, 1);
    splitter->setCollapsible(1, false);
    splitter->setSizes({sideWidth, 1112});
    m_side->setMinimumWidth(200);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    wire();
    showCurrent();
}

TokensPanel::~TokensPanel() = default;

QWidget* TokensPanel::makeWorkbench()
{
    auto* page = new QWidget;
    auto* toolBar = new TokensToolBar(*m_bench);
    connect(toolBar, &TokensToolBar::copyRequested, this, &TokensPanel::copy);
    connect(toolBar, &TokensToolBar::useRequested, this, &TokensPanel::use);
    connect(toolBar, &TokensToolBar::attackRequested, this, &TokensPanel::attack);
    connect(toolBar, &TokensToolBar::compareRequested, this, &TokensPanel::compare);
    connect(toolBar, &TokensToolBar::encryptionRequested, this, [this] { encryption(); });
    connect(toolBar, &TokensToolBar::keySetsRequested, this, &TokensPanel::showKeySets);
    connect(toolBar, &TokensToolBar::explainRequested, this, &TokensPanel::explain);

    auto* rulerPane = new Pane(Role::BgSurface, Qt::BottomEdge);
    m_ruler = new TimeRuler;
    m_ruler->setObjectName(QStringLiteral("timeRuler"));
    auto* rulerLayout = new QVBoxLayout(rulerPane);
    rulerLayout->setContentsMargins(0, 0, 0, 1);
    rulerLayout->addWidget(m_ruler);
    makeKeyRow();
    auto* lower = new QWidget;
    auto* lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 0, 0, 0);
    lowerLayout->setSpacing(0);
    lowerLayout->addWidget(rulerPane);
    lowerLayout->addWidget(m_keyRow, 1);

    auto* rows = new Splitter(Qt::Vertical);
    rows->setThin();
    rows->setChildrenCollapsible(false);
    m_textRow = new TextRow(*m_bench);
    rows->addWidget(m_textRow);
    rows->addWidget(lower);
    rows->setStretchFactor(0, 1);
    rows->setStretchFactor(1, 1);
    rows->setSizes({textRowHeight, TimeRuler::fullHeight + keyRowHeight});
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(toolBar);
    layout->addWidget(rows, 1);
    return page;
}

void TokensPanel::makeKeyRow()
{
    auto* keyPane = new TokenPane(tr("Signing key"));
    m_keyPane = new KeyPane(*m_bench);
    keyPane->body()->addWidget(m_keyPane);
    auto* generate = makeButton(tr("Generate key"), ButtonKind::Default, QLatin1String("plus"), ControlSize::Small);
    generate->setObjectName(QStringLiteral("generateKey"));
    keyPane->addAction(generate);
    connect(generate, &QPushButton::clicked, this, &TokensPanel::generateKey);

    auto* verdictPane = new TokenPane(tr("Verdict"));
    auto* verdict = new VerdictPane(*m_bench);
    verdictPane->body()->addWidget(verdict);
    verdictPane->addAction(verdict->chooser());

    m_keyRow = new PaneRow({{keyPane, tr("Signing key"), keyWidth},
                            {verdictPane, tr("Verdict"), verdictWidth},
                            {makeLintPane(), tr("Lint"), lintWidth}});
}

TokenPane* TokensPanel::makeLintPane()
{
    auto* pane = new TokenPane(tr("Lint"));
    auto* lint = new LintPane(*m_bench);
    m_lintCount = lint->shownCount();
    auto* count = new ChipLabel({QString::number(m_lintCount), Tone::Neutral});
    pane->addBeside(count);
    pane->addAction(lint->filterButton());
    pane->body()->addWidget(lint);
    connect(lint, &LintPane::countChanged, this, [this, count](int notes) {
        count->setChip({QString::number(notes), Tone::Neutral});
        m_lintCount = notes;
        showCounters();
    });
    connect(lint, &LintPane::rotateRequested, this, &TokensPanel::openCredential);
    connect(lint, &LintPane::generateRequested, this, &TokensPanel::generateKey);
    return pane;
}

void TokensPanel::wire()
{
    connect(m_bench.get(), &TokenBench::currentChanged, this, &TokensPanel::showCurrent);
    connect(m_bench.get(), &TokenBench::changed, this, &TokensPanel::refreshRuler);
    connect(m_bench.get(), &TokenBench::ticked, this, &TokensPanel::refreshRuler);
    connect(m_ruler, &TimeRuler::moved, m_bench.get(), &TokenBench::moveTime);
    connect(m_ruler, &TimeRuler::moveEnded, m_bench.get(), &TokenBench::endGesture);
    connect(m_textRow, &TextRow::credentialRequested, this, &TokensPanel::openCredential);
    connect(m_textRow, &TextRow::decryptionRequested, this,
            [this](const QString& token) { encryption().showToken(token.toStdString()); });
    connect(m_side, &TokensSide::pasteRequested, this, &TokensPanel::paste);
    connect(m_side, &TokensSide::generateKeyRequested, this, &TokensPanel::generateKey);
    connect(m_side, &TokensSide::importKeyRequested, this, &TokensPanel::importKey);
    connect(m_side, &TokensSide::keyDetailsRequested, this, &TokensPanel::showKey);
}

void TokensPanel::showPage(SubPage* page)
{
    if (m_pages->indexOf(page) < 0) {
        m_pages->addWidget(page);
        connect(page, &SubPage::left, this, &TokensPanel::leavePage);
    }
    m_pages->setCurrentWidget(page);
    page->focusMain();
}

SubPage* TokensPanel::shownPage() const
{
    return qobject_cast<SubPage*>(m_pages->currentWidget());
}

void TokensPanel::leavePage()
{
    m_pages->setCurrentIndex(m_bench->current() ? 0 : 1);
    focusMain();
}

bool TokensPanel::cancel()
{
    SubPage* page = shownPage();
    if (!page)
        return false;
    if (!page->cancel())
        leavePage();
    return true;
}

void TokensPanel::explain()
{
    if (!m_explain)
        m_explain = new ExplainPage(*m_bench);
    showPage(m_explain);
}

void TokensPanel::showKey(const KeyChoice& choice)
{
    if (!m_keyPage)
        m_keyPage = new KeyPage(*m_bench);
    m_keyPage->showKey(choice);
    showPage(m_keyPage);
}

void TokensPanel::showKeySets()
{
    if (!m_keySets)
        m_keySets = new JwksPage(*m_bench);
    showPage(m_keySets);
}

void TokensPanel::attack()
{
    if (!m_attack)
        m_attack = new AttackPage(*m_bench);
    showPage(m_attack);
}

void TokensPanel::compare()
{
    if (!m_compare)
        m_compare = new ComparePage(*m_bench);
    showPage(m_compare);
}

JwePage& TokensPanel::encryption()
{
    if (!m_encryption)
        m_encryption = new JwePage(*m_bench);
    showPage(m_encryption);
    return *m_encryption;
}

void TokensPanel::showCurrent()
{
    if (!shownPage() || !m_bench->current())
        m_pages->setCurrentIndex(m_bench->current() ? 0 : 1);
    refreshRuler();
    emit subjectChanged();
    emit undoStackChanged();
}

void TokensPanel::refreshRuler()
{
    m_ruler->setZone(m_bench->zone());
    m_ruler->setTimes(m_bench->times(), m_bench->now());
    if (!m_bench->current())
        return;
    showCounters();
}

/// What the panes behind tabs have to say, on their tabs.
void TokensPanel::showCounters()
{
    if (!m_keyRow || !m_keyRow->isTabbed())
        return;
    const Pill pill = TokensToolBar::pillOf(*m_bench);
    m_keyRow->tabs()->setCounter(verdictTab, pill.text, pill.tone);
    m_keyRow->tabs()->setCounter(lintTab, QString::number(m_lintCount));
}

void TokensPanel::focusMain()
{
    if (SubPage* page = shownPage())
        return page->focusMain();
    m_textRow->encoded()->edit()->setFocus();
}

QString TokensPanel::subject() const
{
    return m_bench->current() ? QString::fromStdString(m_bench->current()->recipe().name) : QString();
}

void TokensPanel::runPrimary()
{
    if (SubPage* page = shownPage())
        return page->runPrimary();
    m_keyPane->sign();
}

void TokensPanel::focusFilter()
{
    m_side->filter()->setFocus(Qt::ShortcutFocusReason);
    m_side->filter()->selectAll();
}

QUndoStack* TokensPanel::undoStack() const
{
    return m_bench->current() ? m_bench->current()->undoStack() : nullptr;
}

void TokensPanel::openLink(const Link& link)
{
    if (link.kind == Link::Kind::Token)
        m_bench->shelf().paste(link.target);
    else if (link.kind == Link::Kind::Recipe)
        m_bench->shelf().selectByName(link.target);
}

void TokensPanel::runAction(const QString& id)
{
    if (id == QLatin1String("tokens.new"))
        m_bench->createToken();
    else if (id == QLatin1String("tokens.paste"))
        paste();
    else if (id == QLatin1String("tokens.sign"))
        m_keyPane->sign();
    else if (id == QLatin1String("tokens.renew"))
        m_bench->renew();
    else if (id == QLatin1String("tokens.copy"))
        copy();
    else if (id == QLatin1String("tokens.use"))
        use(false);
    else if (id == QLatin1String("tokens.send"))
        use(true);
    else if (id == QLatin1String("tokens.explain"))
        explain();
    else if (id == QLatin1String("tokens.attack"))
        attack();
    else if (id == QLatin1String("tokens.compare"))
        compare();
    else if (id == QLatin1String("tokens.encrypt"))
        encryption();
    else if (id == QLatin1String("tokens.keySets"))
        showKeySets();
    else if (id == QLatin1String("tokens.importKey"))
        importKey();
    else if (id == QLatin1String("tokens.generateKey"))
        generateKey();
}

void TokensPanel::setSideVisible(bool visible)
{
    m_side->setVisible(visible);
}

bool TokensPanel::isSideVisible() const
{
    return !m_side->isHidden();
}

void TokensPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    arrange();
}

void TokensPanel::arrange()
{
    const QSize size = window()->size();
    using Fold = TextRow::Fold;
    const bool narrow = size.width() < foldClaimsBelow;
    m_textRow->setFold(!narrow ? Fold::None : size.height() < lowRulerBelow ? Fold::All : Fold::Claims);
    m_keyRow->setTabbed(size.height() < tabKeysBelow);
    showCounters();
    m_ruler->setLow(size.height() < lowRulerBelow);
}

void TokensPanel::paste()
{
    m_bench->shelf().paste(QGuiApplication::clipboard()->text().toStdString());
    focusMain();
}

void TokensPanel::copy()
{
    if (m_bench->current())
        QGuiApplication::clipboard()->setText(QString::fromStdString(m_bench->current()->state().draft.token()));
}

void TokensPanel::use(bool send)
{
    if (m_bench->current() && m_bench->current()->isSaved())
        m_bench->context().navigator.useRecipeInRequest(m_bench->current()->recipe().name, send);
}

void TokensPanel::openCredential()
{
    const std::string pointer = m_bench->credentialPointer();
    if (!pointer.empty())
        m_bench->context().navigator.openEntity(pointer);
}

void TokensPanel::importKey()
{
    auto* dialog = new ImportKeyDialog(*m_bench, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void TokensPanel::generateKey()
{
    auto* dialog = new GenerateKeyDialog(*m_bench, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &GenerateKeyDialog::importRequested, this, &TokensPanel::importKey);
    dialog->open();
}

} // namespace claimsmith::app

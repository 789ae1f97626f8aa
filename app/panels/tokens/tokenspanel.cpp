// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/tokenspanel.h"

#include "bridge/appcontext.h"
#include "bridge/workspacesession.h"
#include "panels/tokens/claimspane.h"
#include "panels/tokens/generatekeydialog.h"
#include "panels/tokens/keypane.h"
#include "panels/tokens/lintpane.h"
#include "panels/tokens/panerow.h"
#include "panels/tokens/sidelist.h"
#include "panels/tokens/textpanes.h"
#include "panels/tokens/tokenbench.h"
#include "panels/tokens/tokenpane.h"
#include "panels/tokens/tokensside.h"
#include "panels/tokens/tokenstoolbar.h"
#include "panels/tokens/verdictpane.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/claimtable.h"
#include "widgets/codeeditor.h"
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
constexpr int encodedWidth = 344;
constexpr int jsonWidth = 316;
constexpr int claimsWidth = 452;
constexpr int textRowHeight = 344;
constexpr int keyRowHeight = 332;
constexpr int keyWidth = 375;
constexpr int verdictWidth = 344;
constexpr int lintWidth = 393;

// Sizes of the window (ui.md 6.2).
constexpr int foldClaimsBelow = 1280;
constexpr int tabKeysBelow = 880;
constexpr int lowRulerBelow = 760;

void setTint(TokenPane* pane, bool tinted, Role tint)
{
    pane->setHeaderGround(tinted ? tint : Role::BgSurface);
}

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
    rows->addWidget(makeTextRow());
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

QWidget* TokensPanel::makeTextRow()
{
    m_encodedPane = new TokenPane(tr("Encoded"));
    m_encoded = new EncodedPane(*m_bench, *m_encodedPane);
    m_encodedPane->body()->addWidget(m_encoded);
    m_headerPane = new TokenPane(tr("Header"), Role::JwtHeader);
    m_header = new JsonPane(*m_bench, *m_headerPane, TokenDraft::Pane::Header);
    m_headerPane->body()->addWidget(m_header);
    m_payloadPane = new TokenPane(tr("Payload"), Role::JwtPayload);
    m_payload = new JsonPane(*m_bench, *m_payloadPane, TokenDraft::Pane::Payload);
    m_payloadPane->body()->addWidget(m_payload);
    m_claimsPane = new TokenPane(tr("Claims"));
    m_claims = new ClaimsPane(*m_bench);
    m_claimsPane->body()->addWidget(m_claims);
    m_claimsPane->addAction(m_claims->addButton());

    m_claimTabs = new UnderlineTabs;
    m_claimTabs->addTab(tr("Payload"));
    m_claimTabs->addTab(tr("Claims"));
    m_claimTabs->hide();
    m_claimStack = new QStackedWidget;
    m_claimStack->addWidget(m_payloadPane);
    connect(m_claimTabs, &QTabBar::currentChanged, m_claimStack, &QStackedWidget::setCurrentIndex);
    auto* lower = new QWidget;
    auto* lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 0, 0, 0);
    lowerLayout->setSpacing(0);
    lowerLayout->addWidget(m_claimTabs);
    lowerLayout->addWidget(m_claimStack, 1);

    auto* middle = new Splitter(Qt::Vertical);
    middle->setThin();
    middle->setChildrenCollapsible(false);
    middle->addWidget(m_headerPane);
    middle->addWidget(lower);
    middle->setStretchFactor(1, 1);
    middle->setSizes({126, 218});
    m_textRow = new Splitter(Qt::Horizontal);
    m_textRow->setThin();
    m_textRow->setChildrenCollapsible(false);
    m_textRow->addWidget(m_encodedPane);
    m_textRow->addWidget(middle);
    m_textRow->addWidget(m_claimsPane);
    m_textRow->setSizes({encodedWidth, jsonWidth, claimsWidth});
    return m_textRow;
}

void TokensPanel::makeKeyRow()
{
    m_keyRow = new PaneRow;
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

    auto* lintPane = new TokenPane(tr("Lint"));
    auto* lint = new LintPane(*m_bench);
    auto* count = new ChipLabel({QString::number(lint->shownCount()), Tone::Neutral});
    lintPane->addBeside(count);
    lintPane->addAction(lint->filterButton());
    lintPane->body()->addWidget(lint);
    connect(lint, &LintPane::countChanged, this, [this, count](int notes) {
        count->setChip({QString::number(notes), Tone::Neutral});
        m_keyRow->tabs()->setCounter(2, QString::number(notes));
    });
    connect(lint, &LintPane::rotateRequested, this, &TokensPanel::openCredential);
    connect(lint, &LintPane::generateRequested, this, &TokensPanel::generateKey);

    m_keyRow->addPane(keyPane, tr("Signing key"), keyWidth);
    m_keyRow->addPane(verdictPane, tr("Verdict"), verdictWidth);
    m_keyRow->addPane(lintPane, tr("Lint"), lintWidth);
}

void TokensPanel::wire()
{
    connect(m_bench.get(), &TokenBench::currentChanged, this, &TokensPanel::showCurrent);
    connect(m_bench.get(), &TokenBench::changed, this, &TokensPanel::refreshRuler);
    connect(m_bench.get(), &TokenBench::ticked, this, &TokensPanel::refreshRuler);
    connect(m_ruler, &TimeRuler::moved, m_bench.get(), &TokenBench::moveTime);
    connect(m_ruler, &TimeRuler::moveEnded, m_bench.get(), &TokenBench::endGesture);
    connect(m_claims, &ClaimsPane::countChanged, this,
            [this](int count) { m_claimsPane->setCount(QString::number(count)); });
    connect(m_claims, &ClaimsPane::currentClaimChanged, m_payload, &JsonPane::showMember);
    connect(m_claims, &ClaimsPane::credentialRequested, this, &TokensPanel::openCredential);
    connect(m_side, &TokensSide::pasteRequested, this, &TokensPanel::paste);
    connect(m_side, &TokensSide::generateKeyRequested, this, &TokensPanel::generateKey);
    connect(m_side, &TokensSide::importKeyRequested, this, [this] {
        KeyChoice choice = m_bench->current() ? m_bench->current()->state().key : KeyChoice();
        choice.kind = KeyKind::Pem;
        m_bench->setKey(choice);
        m_keyPane->setFocus();
    });
    connect(m_encoded, &EncodedPane::hoveredPartChanged, this, [this](std::optional<TokenPart> part) {
        setTint(m_headerPane, part == TokenPart::Header, Role::JwtHeaderBg);
        setTint(m_payloadPane, part == TokenPart::Payload, Role::JwtPayloadBg);
    });
}

void TokensPanel::showCurrent()
{
    m_pages->setCurrentIndex(m_bench->current() ? 0 : 1);
    m_claimsPane->setCount(QString::number(m_claims->table()->claims().rowCount()));
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
    const Pill pill = TokensToolBar::pillOf(*m_bench);
    m_keyRow->tabs()->setCounter(1, pill.text, pill.tone);
}

void TokensPanel::focusMain()
{
    m_encoded->edit()->setFocus();
}

QString TokensPanel::subject() const
{
    return m_bench->current() ? QString::fromStdString(m_bench->current()->recipe().name) : QString();
}

void TokensPanel::runPrimary()
{
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
        m_bench->paste(link.target);
    else if (link.kind == Link::Kind::Recipe)
        m_bench->selectByName(link.target);
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
    foldClaims(size.width() < foldClaimsBelow);
    m_keyRow->setTabbed(size.height() < tabKeysBelow);
    m_ruler->setLow(size.height() < lowRulerBelow);
}

void TokensPanel::foldClaims(bool folded)
{
    if (folded == m_claimsFolded)
        return;
    m_claimsFolded = folded;
    m_claimTabs->setVisible(folded);
    if (folded)
        m_claimStack->addWidget(m_claimsPane);
    else
        m_textRow->addWidget(m_claimsPane);
    m_claimsPane->setVisible(!folded || m_claimTabs->currentIndex() == 1);
    m_claimStack->setCurrentIndex(folded ? m_claimTabs->currentIndex() : 0);
    if (!folded) {
        m_payloadPane->show();
        m_textRow->setSizes({encodedWidth, jsonWidth, claimsWidth});
    }
}

void TokensPanel::paste()
{
    m_bench->paste(QGuiApplication::clipboard()->text().toStdString());
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

void TokensPanel::generateKey()
{
    auto* dialog = new GenerateKeyDialog(*m_bench, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

PanelDescriptor tokensPanel()
{
    using Scope = ActionSpec::Scope;
    const auto tr = [](const char* text) { return TokensPanel::tr(text); };
    PanelDescriptor panel;
    panel.id = QStringLiteral("tokens");
    panel.title = tr("Tokens");
    panel.icon = QLatin1String("tokens");
    panel.create = [](AppContext& context, ActionRegistry&) { return new TokensPanel(context); };
    panel.actions = {
        {QStringLiteral("tokens.new"),
         tr("New Token"),
         {},
         QLatin1String("plus"),
         ActionSpec::Menu::Tools,
         Scope::Window},
        {QStringLiteral("tokens.paste"),
         tr("Paste Token"),
         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V)},
         QLatin1String("tokens"),
         ActionSpec::Menu::Edit,
         Scope::Window},
        {QStringLiteral("tokens.renew"),
         tr("Re-sign With exp +10 min"),
         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)},
         QLatin1String("refresh"),
         ActionSpec::Menu::Tools},
        {QStringLiteral("tokens.sign"), tr("Sign Token"), {}, QLatin1String("tokens"), ActionSpec::Menu::Tools},
        {QStringLiteral("tokens.copy"),
         tr("Copy Token"),
         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
         QLatin1String("copy"),
         ActionSpec::Menu::Edit},
        {QStringLiteral("tokens.use"),
         tr("Use Token in Request"),
         {},
         QLatin1String("requests"),
         ActionSpec::Menu::Tools},
        {QStringLiteral("tokens.send"),
         tr("Send Token Through Gateway"),
         {},
         QLatin1String("gateway"),
         ActionSpec::Menu::Tools},
        {QStringLiteral("tokens.generateKey"),
         tr("Generate Key…"),
         {},
         QLatin1String("plus"),
         ActionSpec::Menu::Tools,
         Scope::Window},
    };
    panel.opens = {Link::Kind::Token, Link::Kind::Recipe};
    panel.paletteItems = [](AppContext& context) {
        QList<PaletteItem> items;
        for (const workspace::TokenRecipe& recipe : context.workspace.workspace().tokens) {
            PaletteItem item;
            item.kind = PaletteItem::Kind::Token;
            item.title = QString::fromStdString(recipe.name);
            item.detail = QString::fromStdString(recipe.algorithm);
            item.icon = QLatin1String("tokens");
            item.open = [name = recipe.name](Panel& shown) { shown.openLink({Link::Kind::Recipe, name}); };
            items += item;
        }
        return items;
    };
    return panel;
}

} // namespace claimsmith::app

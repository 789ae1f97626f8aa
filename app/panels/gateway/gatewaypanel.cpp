// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/gatewaypanel.h"

#include "base/random.h"
#include "bridge/appcontext.h"
#include "bridge/gatewaydocument.h"
#include "bridge/gatewaysession.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "gateway/entities.h"
#include "gateway/plugins/all.h"
#include "panels/gateway/codepane.h"
#include "panels/gateway/entityform.h"
#include "panels/gateway/entitypane.h"
#include "panels/gateway/entitytree.h"
#include "panels/gateway/gatewaytoolbar.h"
#include "panels/gateway/problemspane.h"
#include "text/problemtext.h"
#include "text/schematext.h"
#include "theme/icons.h"
#include "widgets/buttons.h"
#include "widgets/codeeditor.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/searchfield.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QSaveFile>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {
namespace {

constexpr int sideWidth = 252;
constexpr int formWidth = 572;
constexpr int problemsHeight = 152;
constexpr int besideWidth = 1360 - 72; // of the page: the window's less the rail
constexpr int lowHeight = 760 - 68;    // of the page: the window's less top and status bar
constexpr qint64 largestImport = 64LL << 20;
constexpr std::size_t secretLength = 32;

QString fromStd(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

GatewayPanel::GatewayPanel(AppContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_entities(new EntityPane),
      m_form(new EntityForm(context.gatewayDocument, formSources())), m_code(new CodePane(context.gatewayDocument)),
      m_problems(new ProblemsPane(context.gatewayDocument)),
      m_toolbar(new GatewayToolbar(context.gateway, context.gatewayDocument)), m_message(new MessageBar),
      m_undo(new UndoBar(m_form)), m_sideSplitter(new Splitter(Qt::Horizontal)),
      m_contentSplitter(new Splitter(Qt::Horizontal)), m_problemSplitter(new Splitter(Qt::Vertical))
{
    m_entities->setMinimumWidth(200);
    m_form->setMinimumWidth(420);
    m_code->setMinimumWidth(320);
    m_message->hide();
    m_message->setObjectName(QStringLiteral("gatewayMessage"));

    m_contentSplitter->addWidget(m_form);
    m_contentSplitter->addWidget(m_code);
    m_contentSplitter->setChildrenCollapsible(false);
    m_contentSplitter->setSizes({formWidth, formWidth});
    m_problemSplitter->setThin();
    m_problemSplitter->addWidget(m_contentSplitter);
    m_problemSplitter->addWidget(m_problems);
    m_problemSplitter->setChildrenCollapsible(false);
    m_problemSplitter->setStretchFactor(0, 1);
    m_problemSplitter->setSizes({10 * problemsHeight, problemsHeight});

    auto* center = new QWidget;
    auto* column = new QVBoxLayout(center);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_toolbar);
    column->addWidget(m_message);
    column->addWidget(m_problemSplitter, 1);
    m_sideSplitter->setThin();
    m_sideSplitter->addWidget(m_entities);
    m_sideSplitter->addWidget(center);
    m_sideSplitter->setChildrenCollapsible(false);
    m_sideSplitter->setStretchFactor(1, 1);
    m_sideSplitter->setSizes({sideWidth, 10 * sideWidth});
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_sideSplitter);

    QMenu* more = m_form->moreMenu();
    more->addAction(tr("Duplicate"), this, &GatewayPanel::duplicateCurrent);
    more->addAction(tr("Show in kong.yml"), this,
                    [this] { goTo({}, m_context.gatewayDocument.current().lineOf(m_form->pointer())); });
    more->addSeparator();
    more->addAction(tr("Delete"), this, &GatewayPanel::deleteCurrent);

    GatewayDocument& document = m_context.gatewayDocument;
    connect(m_entities, &EntityPane::currentChanged, this, [this] {
        m_form->showEntity(m_entities->current(), m_entities->currentType());
        m_code->setSelection(m_entities->current());
        if (const std::size_t line = m_context.gatewayDocument.current().lineOf(m_entities->current());
            line > 0 && !m_entities->current().empty())
            m_code->goToLine(line, false);
        emit subjectChanged();
    });
    connect(m_entities, &EntityPane::addMenuAboutToShow, this, &GatewayPanel::fillAddMenu);
    connect(m_entities, &EntityPane::deleteRequested, this, &GatewayPanel::deleteCurrent);
    connect(m_entities, &EntityPane::duplicateRequested, this, &GatewayPanel::duplicateCurrent);
    connect(m_entities, &EntityPane::toggleRequested, this, &GatewayPanel::toggleCurrent);
    connect(m_entities, &EntityPane::renameRequested, this, [this] {
        for (const char* field : {"/name", "/username", "/key", "/instance_name"}) {
            if (m_form->focusField(m_form->pointer() + field))
                return;
        }
    });
    connect(m_form, &EntityForm::entityRequested, this, &GatewayPanel::select);
    connect(m_form, &EntityForm::parseFailureRequested, this, &GatewayPanel::goToParseFailure);
    connect(m_code, &CodePane::entityEntered, this, [this](const std::string& pointer) {
        m_entities->select(pointer);
        m_form->showEntity(pointer);
        m_code->setSelection(pointer);
        emit subjectChanged();
    });
    connect(m_problems, &ProblemsPane::placeRequested, this, &GatewayPanel::goTo);
    connect(m_problems, &ProblemsPane::fixRequested, this, [this](const ConfigEdit& fix, const QString& label) {
        carryOut({{fix}, {}}, label);
    });
    connect(m_problems, &ProblemsPane::foldedChanged, this, [this] {
        m_problemSplitter->setSizes({height(), m_problems->isFolded() ? m_problems->maximumHeight() : problemsHeight});
    });
    connect(m_undo, &UndoBar::undoRequested, &document, &GatewayDocument::undo);
    connect(m_toolbar, &GatewayToolbar::pageChanged, this, &GatewayPanel::showPage);
    connect(m_toolbar, &GatewayToolbar::importRequested, this, &GatewayPanel::askForImport);
    connect(m_toolbar, &GatewayToolbar::exportRequested, this, &GatewayPanel::askForExport);
    connect(&document, &GatewayDocument::changed, this, [this] {
        m_entities->setConfig(m_context.gatewayDocument.lastGood());
        m_entities->setReadOnly(!m_context.gatewayDocument.parses());
    });
    connect(&document, &GatewayDocument::problemsChanged, this, &GatewayPanel::refreshProblems);
    connect(&document, &GatewayDocument::diskTaken, this, [this](bool merged) {
        if (merged)
            tell(Tone::Info, tr("kong.yml changed on disk. Both changes were merged."));
        else
            tell(Tone::Info, tr("kong.yml changed on disk and was read again."));
    });
    connect(&document, &GatewayDocument::diskConflict, this, [this](const std::string& disk) {
        QPushButton* take = makeButton(tr("Use the file"), ButtonKind::Default, {}, ControlSize::Small);
        QPushButton* keep = makeButton(tr("Keep mine"), ButtonKind::Default, {}, ControlSize::Small);
        connect(take, &QAbstractButton::clicked, this, [this, disk] {
            m_context.gatewayDocument.setText(disk, tr("Take kong.yml from disk"));
            m_message->hide();
        });
        connect(keep, &QAbstractButton::clicked, m_message, &QWidget::hide);
        tell(Tone::Warn, tr("kong.yml changed on disk at lines that you changed too."), {take, keep});
    });
    connect(&m_context.gateway, &GatewaySession::stateChanged, this, &GatewayPanel::refreshGatewayState);

    m_entities->setConfig(document.lastGood());
    m_entities->setReadOnly(!document.parses());
    arrange();
    refreshProblems();
    refreshGatewayState();
}

GatewayPanel::~GatewayPanel() = default;

void GatewayPanel::focusMain()
{
    m_entities->tree()->setFocus(Qt::OtherFocusReason);
}

QString GatewayPanel::subject() const
{
    const OutlineEntity* entity = m_context.gatewayDocument.lastGood().outline.findAt(m_form->pointer());
    return entity && !m_form->pointer().empty() ? entityLabel(*entity) : QString();
}

void GatewayPanel::runPrimary()
{
    m_context.gatewayDocument.flushTyping();
    m_context.gatewayDocument.apply();
}

void GatewayPanel::focusFilter()
{
    if (m_code->isAncestorOf(window()->focusWidget()))
        m_code->find();
    else
        m_entities->search()->setFocus(Qt::ShortcutFocusReason);
}

void GatewayPanel::openLink(const Link& link)
{
    if (link.kind != Link::Kind::Entity)
        return;
    const OutlineEntity* entity = m_context.gatewayDocument.lastGood().outline.findAt(link.target);
    if (!entity)
        return;
    select(entity->pointer);
    if (link.target != entity->pointer)
        m_form->focusField(link.target);
}

void GatewayPanel::runAction(const QString& id)
{
    const QString action = id.section(QLatin1Char('.'), 1);
    const ConfigAnalysis& config = m_context.gatewayDocument.lastGood();
    if (action == QLatin1String("nextProblem"))
        m_problems->walk(1);
    else if (action == QLatin1String("previousProblem"))
        m_problems->walk(-1);
    else if (action == QLatin1String("apply"))
        runPrimary();
    else if (action == QLatin1String("import"))
        askForImport();
    else if (action == QLatin1String("export"))
        askForExport();
    else if (action == QLatin1String("addService"))
        carryOut(addService(config), tr("Add service"));
    else if (action == QLatin1String("addConsumer"))
        carryOut(addConsumer(config), tr("Add consumer"));
}

void GatewayPanel::setSideVisible(bool visible)
{
    m_entities->setVisible(visible);
}

bool GatewayPanel::isSideVisible() const
{
    return m_entities->isVisibleTo(this);
}

QUndoStack* GatewayPanel::undoStack() const
{
    return m_context.gatewayDocument.undoStack();
}

void GatewayPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    arrange();
}

void GatewayPanel::arrange()
{
    m_beside = width() >= besideWidth;
    m_toolbar->setSplit(m_beside);
    showPage();
    const bool low = height() < lowHeight;
    if (low != m_low) {
        m_low = low;
        m_problems->setFolded(low);
    }
}

void GatewayPanel::showPage()
{
    m_form->setVisible(m_beside || m_toolbar->page() == 0);
    m_code->setVisible(m_beside || m_toolbar->page() == 1);
}

void GatewayPanel::select(const std::string& pointer)
{
    if (!m_entities->select(pointer))
        return;
    m_form->showEntity(pointer);
    m_code->setSelection(pointer);
    if (const std::size_t line = m_context.gatewayDocument.current().lineOf(pointer))
        m_code->goToLine(line, false);
    emit subjectChanged();
}

void GatewayPanel::goTo(const std::string& pointer, std::size_t line)
{
    const OutlineEntity* entity = m_context.gatewayDocument.current().outline.findAt(pointer);
    if (entity && !pointer.empty())
        select(entity->pointer);
    const bool atField = entity && m_form->focusField(pointer);
    if (!atField && !m_beside)
        m_toolbar->setPage(1);
    if (line > 0)
        m_code->goToLine(line, !atField);
}

void GatewayPanel::goToParseFailure()
{
    if (const auto& failure = m_context.gatewayDocument.current().parseFailure)
        goTo({}, failure->place.line);
}

SchemaFormSources GatewayPanel::formSources()
{
    SchemaFormSources sources;
    sources.names = [this](std::string_view type) {
        QStringList names;
        for (const OutlineEntity& entity : m_context.gatewayDocument.lastGood().outline.entities()) {
            if (entity.type->name == type && !entity.name.empty())
                names.append(fromStd(entity.name));
        }
        return names;
    };
    sources.referenceName = [](const QString& written) {
        const auto name = referencedName(written.toStdString());
        return name ? fromStd(*name) : QString();
    };
    sources.reveal = [this](const QString& written) -> std::optional<SecretBytes> {
        const auto name = referencedName(written.toStdString());
        const auto secret = name ? m_context.secrets.findSecret(*name) : std::nullopt;
        return secret ? std::optional<SecretBytes>(SecretBytes(*secret)) : std::nullopt;
    };
    sources.keep = [this](const std::string& field, SecretBytes secret) {
        return keepSecret(field, std::move(secret));
    };
    return sources;
}

/// Under the name that the field refers to already, else under one made from consumer and field.
std::optional<QString> GatewayPanel::keepSecret(const std::string& field, SecretBytes secret)
{
    const GatewayDocument& document = m_context.gatewayDocument;
    const document::Value* entity = document.value().at(m_form->pointer());
    const std::string* written = entity ? entity->findString(field) : nullptr;
    auto name = written ? referencedName(*written) : std::nullopt;
    if (!name)
        name = suggestedSecretName(document.lastGood(), m_form->pointer(), field);
    m_context.secrets.setSecret(*name, std::move(secret));
    return fromStd(referenceTo(*name));
}

std::string GatewayPanel::newSecret(const std::string& name)
{
    m_context.secrets.setSecret(name, SecretBytes(randomAlphanumeric(secretLength)));
    return referenceTo(name);
}

std::string GatewayPanel::ancestorOfType(std::string_view type) const
{
    const auto path = m_context.gatewayDocument.lastGood().outline.pathTo(m_entities->current());
    const auto found =
        std::ranges::find_if(path, [type](const OutlineEntity* step) { return step->type->name == type; });
    return found == path.end() || m_entities->current().empty() ? std::string() : (*found)->pointer;
}

void GatewayPanel::fillAddMenu()
{
    QMenu& menu = *m_entities->addMenu();
    menu.clear();
    const ConfigAnalysis& config = m_context.gatewayDocument.lastGood();
    const auto label = [&config](const std::string& pointer) { return entityPlace(config.outline, pointer); };
    const std::string service = ancestorOfType("services");
    const std::string route = ancestorOfType("routes");
    const std::string consumer = ancestorOfType("consumers");

    menu.addAction(themedIcon(QLatin1String("server")), tr("Service"), this,
                   [this, &config] { carryOut(addService(config), tr("Add service")); });
    menu.addAction(themedIcon(QLatin1String("route")),
                   service.empty() ? tr("Route without a service") : tr("Route of %1").arg(label(service)), this,
                   [this, &config, service] { carryOut(addRoute(config, service), tr("Add route")); });
    menu.addAction(themedIcon(QLatin1String("user")), tr("Consumer"), this,
                   [this, &config] { carryOut(addConsumer(config), tr("Add consumer")); });
    if (!consumer.empty()) {
        const KeepSecret keep = [this](const std::string& name) { return newSecret(name); };
        menu.addAction(themedIcon(QLatin1String("keychain")), tr("JWT credential of %1").arg(label(consumer)), this,
                       [this, &config, consumer, keep] {
                           carryOut(addJwtCredential(config, consumer, keep), tr("Add JWT credential"));
                       });
        menu.addAction(
            themedIcon(QLatin1String("keychain")), tr("API key of %1").arg(label(consumer)), this,
            [this, &config, consumer, keep] { carryOut(addKeyCredential(config, consumer, keep), tr("Add API key")); });
    }
    menu.addSeparator();
    for (const std::string& scope : {route, service, consumer}) {
        if (!scope.empty())
            addPluginActions(*menu.addMenu(themedIcon(QLatin1String("plugin")), tr("Plugin on %1").arg(label(scope))),
                             scope);
    }
    addPluginActions(*menu.addMenu(themedIcon(QLatin1String("plugin")), tr("Plugin for all requests")), {});
}

void GatewayPanel::addPluginActions(QMenu& menu, const std::string& parent)
{
    const ConfigAnalysis& config = m_context.gatewayDocument.lastGood();
    const auto present = config.outline.childrenOf(parent);
    const OutlineEntity* holder = parent.empty() ? nullptr : config.outline.findAt(parent);
    for (const gateway::PluginDescriptor& plugin : gateway::allPlugins()) {
        const std::string name(plugin.name);
        QAction* action = menu.addAction(fromStd(name), this, [this, &config, parent, name] {
            carryOut(addPlugin(config, parent, name), tr("Add plugin %1").arg(fromStd(name)));
        });
        const bool here = std::ranges::any_of(present, [&](const OutlineEntity* entity) {
            return entity->type->name == "plugins" && entity->name == name;
        });
        const gateway::Field* scope = holder ? gateway::entitySchemaOf(plugin).find(holder->type->singular) : nullptr;
        const bool forbidden = scope && scope->mustBeNull;
        action->setEnabled(!here && !forbidden);
        if (here)
            action->setText(tr("%1, here already").arg(fromStd(name)));
        else if (forbidden)
            action->setText(tr("%1, not possible for a %2").arg(fromStd(name), kindName(holder->type->name)));
    }
}

void GatewayPanel::carryOut(const EntityChange& change, const QString& label)
{
    if (change.edits.empty())
        return;
    if (auto done = m_context.gatewayDocument.change(change.edits, label); !done) {
        tell(Tone::Bad, tr("%1 is not possible here: %2").arg(label, fromStd(done.error().detail)));
        return;
    }
    if (change.pointer.empty())
        return;
    select(change.pointer);
    for (const char* field : {"/name", "/username", "/key"}) {
        if (m_form->focusField(change.pointer + field))
            return;
    }
}

void GatewayPanel::deleteCurrent()
{
    const ConfigAnalysis& config = m_context.gatewayDocument.lastGood();
    const std::string pointer = m_entities->current();
    if (pointer.empty())
        return;
    const auto path = config.outline.pathTo(pointer);
    const QString name = entityPlace(config.outline, pointer);
    const std::string parent = path.size() > 1 ? path[path.size() - 2]->pointer : std::string();
    carryOut(deleteEntity(config, pointer), tr("Delete %1").arg(name));
    if (!parent.empty())
        select(parent);
    else
        m_form->showEntity(m_entities->current(), m_entities->currentType());
    m_undo->offer(tr("Deleted %1").arg(name));
}

void GatewayPanel::duplicateCurrent()
{
    if (const std::string pointer = m_entities->current(); !pointer.empty())
        carryOut(duplicateEntity(m_context.gatewayDocument.lastGood(), pointer), tr("Duplicate"));
}

void GatewayPanel::toggleCurrent()
{
    const ConfigAnalysis& config = m_context.gatewayDocument.lastGood();
    const OutlineEntity* entity = config.outline.findAt(m_entities->current());
    const document::Value* value = entity ? config.document.at(entity->pointer) : nullptr;
    const gateway::Schema* schema = value && !m_entities->current().empty() ? schemaOf(*entity->type, *value) : nullptr;
    if (!schema || !schema->find("enabled"))
        return;
    const bool enable = !entity->enabled;
    carryOut({{ConfigEdit::set(entity->pointer + "/enabled", enable)}, {}}, enable ? tr("Enable") : tr("Disable"));
}

void GatewayPanel::refreshProblems()
{
    m_problems->setVisible(m_problems->problemCount() > 0);
}

void GatewayPanel::refreshGatewayState()
{
    const GatewaySession& gateway = m_context.gateway;
    if (gateway.state() != GatewaySession::State::Failed || !gateway.failure()) {
        if (m_failureShown)
            m_message->hide();
        m_failureShown = false;
        return;
    }
    // The error names the address that could not be had; without a name it is the proxy's.
    QString address = fromStd(gateway.settings().proxyListen);
    for (const auto& [name, value] : gateway.failure()->parameters) {
        if (name == "port")
            address = address.section(QLatin1Char(':'), 0, -2) + QLatin1Char(':') + fromStd(value);
    }
    const GatewayFailureText text = gatewayFailureText(*gateway.failure(), address);
    QPushButton* again = makeButton(tr("Try again"), ButtonKind::Default, {}, ControlSize::Small);
    connect(again, &QAbstractButton::clicked, &m_context.gateway, &GatewaySession::start);
    QList<QAbstractButton*> buttons;
    const int port = address.section(QLatin1Char(':'), -1).toInt();
    if (port > 0 && port <= 65525) {
        QPushButton* other = makeButton(tr("Use port %1").arg(port + 10), ButtonKind::Primary, {}, ControlSize::Small);
        connect(other, &QAbstractButton::clicked, this, [this, port] { usePort(port); });
        buttons.append(other);
    }
    tell(Tone::Bad, QStringLiteral("%1. %2").arg(text.title, text.sentence), buttons << again);
    m_failureShown = true;
}

/// Moves the listener that wants `port` ten ports on, for good.
void GatewayPanel::usePort(int port)
{
    const auto moved = [port](std::string listen) {
        const std::string old = ":" + std::to_string(port);
        if (listen.size() > old.size() && listen.compare(listen.size() - old.size(), old.size(), old) == 0)
            listen.replace(listen.size() - old.size(), old.size(), ":" + std::to_string(port + 10));
        return listen;
    };
    GatewaySettings settings = m_context.gateway.settings();
    settings.proxyListen = moved(settings.proxyListen);
    settings.adminListen = moved(settings.adminListen);
    m_context.gateway.setSettings(settings);
    if (m_context.workspace.isOpen())
        m_context.workspace.edit(WorkspaceSession::Part::Gateway, [&settings](workspace::Workspace& workspace) {
            workspace.gateway.proxyListen = settings.proxyListen;
            workspace.gateway.adminListen = settings.adminListen;
        });
    m_context.gateway.start();
}

void GatewayPanel::tell(Tone tone, const QString& text, const QList<QAbstractButton*>& buttons)
{
    QList<QAbstractButton*> all = buttons;
    if (all.isEmpty()) {
        QPushButton* close = makeButton(tr("Close"), ButtonKind::Quiet, {}, ControlSize::Small);
        connect(close, &QAbstractButton::clicked, m_message, &QWidget::hide);
        all.append(close);
    }
    m_failureShown = false;
    m_message->setButtons(all);
    m_message->show(tone, text);
}

void GatewayPanel::askForImport()
{
    auto* dialog = new QFileDialog(this, tr("Import kong.yml"), {},
                                   tr("decK and Kong files (*.yml *.yaml *.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &GatewayPanel::importFile);
    dialog->open();
}

void GatewayPanel::askForExport()
{
    auto* dialog =
        new QFileDialog(this, tr("Export decK"), QStringLiteral("kong.yml"), tr("decK files (*.yml *.yaml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("yml"));
    connect(dialog, &QFileDialog::fileSelected, this, &GatewayPanel::exportFile);
    dialog->open();
}

void GatewayPanel::importFile(const QString& path)
{
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        tell(Tone::Bad, tr("%1 cannot be read: %2.").arg(name, file.errorString()));
        return;
    }
    if (file.size() > largestImport) {
        tell(Tone::Bad, tr("%1 is larger than 64 MB, which no configuration is.").arg(name));
        return;
    }
    m_context.gatewayDocument.setText(file.readAll().toStdString(), tr("Import %1").arg(name));
    m_undo->offer(tr("Replaced kong.yml by %1").arg(name));
}

void GatewayPanel::exportFile(const QString& path)
{
    m_context.gatewayDocument.flushTyping();
    QSaveFile file(path);
    const QByteArray text = QByteArray::fromStdString(m_context.gatewayDocument.text());
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        tell(Tone::Bad, tr("%1 cannot be written: %2.").arg(path, file.errorString()));
    else
        tell(Tone::Ok, tr("Wrote %1.").arg(path));
}

namespace {

QList<PaletteItem> paletteItems(AppContext& context)
{
    QList<PaletteItem> items;
    const ConfigOutline& outline = context.gatewayDocument.lastGood().outline;
    for (const OutlineEntity& entity : outline.entities()) {
        PaletteItem item;
        item.kind = entity.type->name == "consumers" ? PaletteItem::Kind::Consumer : PaletteItem::Kind::Entity;
        item.title = entityLabel(entity);
        item.detail = entityPlace(outline, entity.pointer);
        item.icon = entityIcon(entity.type->name);
        item.open = [pointer = entity.pointer](Panel& panel) { panel.openLink({Link::Kind::Entity, pointer}); };
        items.append(item);
    }
    return items;
}

} // namespace

PanelDescriptor gatewayPanel()
{
    const auto translated = [](const char* text) { return GatewayPanel::tr(text); };
    using Menu = ActionSpec::Menu;
    PanelDescriptor panel;
    panel.id = QStringLiteral("gateway");
    panel.title = translated("Gateway");
    panel.icon = QLatin1String("gateway");
    panel.create = [](AppContext& context, ActionRegistry&) -> Panel* { return new GatewayPanel(context); };
    panel.actions = {
        {QStringLiteral("gateway.apply"), translated("Apply kong.yml"), {}, QLatin1String("check"), Menu::Gateway},
        {QStringLiteral("gateway.addService"),
         translated("Add service"),
         {},
         QLatin1String("server"),
         Menu::Gateway,
         ActionSpec::Scope::Window},
        {QStringLiteral("gateway.addConsumer"),
         translated("Add consumer"),
         {},
         QLatin1String("user"),
         Menu::Gateway,
         ActionSpec::Scope::Window},
        {QStringLiteral("gateway.import"),
         translated("Import kong.yml…"),
         {},
         QLatin1String("download"),
         Menu::Gateway,
         ActionSpec::Scope::Window},
        {QStringLiteral("gateway.export"),
         translated("Export decK…"),
         {},
         QLatin1String("upload"),
         Menu::Gateway,
         ActionSpec::Scope::Window},
        {QStringLiteral("gateway.nextProblem"), translated("Next problem"), {Qt::Key_F8}, {}, Menu::Gateway},
        {QStringLiteral("gateway.previousProblem"),
         translated("Previous problem"),
         {Qt::SHIFT | Qt::Key_F8},
         {},
         Menu::Gateway},
    };
    panel.opens = {Link::Kind::Entity};
    panel.paletteItems = paletteItems;
    return panel;
}

} // namespace claimsmith::app

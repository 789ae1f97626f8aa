// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/gatewaypanel.h"

#include "bridge/appcontext.h"
#include "bridge/gatewaydocument.h"
#include "panels/gateway/codepane.h"
#include "panels/gateway/configfiles.h"
#include "panels/gateway/entityform.h"
#include "panels/gateway/entitypane.h"
#include "panels/gateway/entitytree.h"
#include "panels/gateway/formsources.h"
#include "panels/gateway/gatewaynotices.h"
#include "panels/gateway/gatewaytoolbar.h"
#include "panels/gateway/problemspane.h"
#include "text/problemtext.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/searchfield.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {
namespace {

constexpr int sideWidth = 264;
constexpr int formWidth = 572;
constexpr int codeWidth = 527;
constexpr int problemsHeight = 152;
constexpr int besideWidth = 1360 - 72; // of the page: the window's less the rail
constexpr int lowHeight = 760 - 68;    // of the page: the window's less top and status bar

/// What an entity is known by, best first.
const std::vector<std::string_view> nameFields{"/name", "/username", "/key", "/instance_name"};

QString fromStd(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

GatewayPanel::GatewayPanel(AppContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_entities(new EntityPane),
      m_form(new EntityForm(context.gatewayDocument, formSources(context, [this] { return m_form->pointer(); }))),
      m_code(new CodePane(context.gatewayDocument)), m_problems(new ProblemsPane(context.gatewayDocument)),
      m_toolbar(new GatewayToolbar(context.gateway, context.gatewayDocument)),
      m_notices(new GatewayNotices(context, this)), m_undo(new UndoBar(m_form)),
      m_addMenu(
          context.gatewayDocument, [&context](const std::string& name) { return keepNewSecret(context, name); },
          [this](const EntityChange& change, const QString& label) { carryOut(change, label); }),
      m_sideSplitter(new Splitter(Qt::Horizontal)), m_contentSplitter(new Splitter(Qt::Horizontal)),
      m_problemSplitter(new Splitter(Qt::Vertical))
{
    layOut();
    fillMoreMenu();
    wireEntities();
    wirePages();
    wireDocument();
    arrange();
}

void GatewayPanel::layOut()
{
    m_entities->setMinimumWidth(200);
    m_form->setMinimumWidth(420);
    m_code->setMinimumWidth(320);
    m_contentSplitter->addWidget(m_form);
    m_contentSplitter->addWidget(m_code);
    m_contentSplitter->setChildrenCollapsible(false);
    m_contentSplitter->setSizes({formWidth, codeWidth});
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
    column->addWidget(m_notices->bar());
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
}

void GatewayPanel::fillMoreMenu()
{
    QMenu* more = m_form->moreMenu();
    more->addAction(tr("Duplicate"), this, &GatewayPanel::duplicateCurrent);
    more->addAction(tr("Show in kong.yml"), this,
                    [this] { goTo({}, m_context.gatewayDocument.current().lineOf(m_form->pointer())); });
    more->addSeparator();
    more->addAction(tr("Delete"), this, &GatewayPanel::deleteCurrent);
}

void GatewayPanel::wireEntities()
{
    connect(m_entities, &EntityPane::currentChanged, this, &GatewayPanel::showCurrent);
    connect(m_entities, &EntityPane::addMenuAboutToShow, this,
            [this] { m_addMenu.fill(*m_entities->addMenu(), m_entities->current()); });
    connect(m_entities, &EntityPane::deleteRequested, this, &GatewayPanel::deleteCurrent);
    connect(m_entities, &EntityPane::duplicateRequested, this, &GatewayPanel::duplicateCurrent);
    connect(m_entities, &EntityPane::toggleRequested, this, &GatewayPanel::toggleCurrent);
    connect(m_entities, &EntityPane::renameRequested, this, [this] { focusFirst(nameFields); });
    connect(m_form, &EntityForm::entityRequested, this, &GatewayPanel::select);
    connect(m_form, &EntityForm::parseFailureRequested, this, &GatewayPanel::goToParseFailure);
    connect(m_code, &CodePane::entityEntered, this, [this](const std::string& pointer) {
        m_entities->select(pointer);
        m_form->showEntity(pointer);
        m_code->setSelection(pointer);
        emit subjectChanged();
    });
}

void GatewayPanel::wirePages()
{
    connect(m_problems, &ProblemsPane::placeRequested, this, &GatewayPanel::goTo);
    connect(m_problems, &ProblemsPane::fixRequested, this, [this](const ConfigEdit& fix, const QString& label) {
        carryOut({{fix}, {}}, label);
    });
    connect(m_problems, &ProblemsPane::foldedChanged, this, [this] {
        m_problemSplitter->setSizes({height(), m_problems->isFolded() ? m_problems->maximumHeight() : problemsHeight});
    });
    connect(m_toolbar, &GatewayToolbar::pageChanged, this, &GatewayPanel::showPage);
    connect(m_toolbar, &GatewayToolbar::importRequested, this, &GatewayPanel::askForImport);
    connect(m_toolbar, &GatewayToolbar::exportRequested, this, &GatewayPanel::askForExport);
}

void GatewayPanel::wireDocument()
{
    GatewayDocument& document = m_context.gatewayDocument;
    const auto showConfig = [this] {
        m_entities->setConfig(m_context.gatewayDocument.lastGood());
        m_entities->setReadOnly(!m_context.gatewayDocument.parses());
        begin();
    };
    const auto showProblems = [this] { m_problems->setVisible(m_problems->problemCount() > 0); };
    connect(m_undo, &UndoBar::undoRequested, &document, &GatewayDocument::undo);
    connect(&document, &GatewayDocument::changed, this, showConfig);
    connect(&document, &GatewayDocument::problemsChanged, this, showProblems);
    showConfig();
    showProblems();
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

/// Something is shown from the start: where the tree is folded away, there is nothing to choose from.
void GatewayPanel::begin()
{
    const auto& entities = m_context.gatewayDocument.lastGood().outline.entities();
    if (m_begun || entities.empty())
        return;
    m_begun = true;
    select(entities.front().pointer);
}

void GatewayPanel::showCurrent()
{
    const std::string pointer = m_entities->current();
    m_form->showEntity(pointer, m_entities->currentType());
    m_code->setSelection(pointer);
    if (const std::size_t line = m_context.gatewayDocument.current().lineOf(pointer); line > 0 && !pointer.empty())
        m_code->goToLine(line, false);
    emit subjectChanged();
}

void GatewayPanel::focusFirst(const std::vector<std::string_view>& fields)
{
    for (const std::string_view field : fields) {
        if (m_form->focusField(m_form->pointer() + std::string(field)))
            return;
    }
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

void GatewayPanel::carryOut(const EntityChange& change, const QString& label)
{
    if (change.edits.empty())
        return;
    if (auto done = m_context.gatewayDocument.change(change.edits, label); !done) {
        m_notices->tell(Tone::Bad, tr("%1 is not possible here: %2").arg(label, fromStd(done.error().detail)));
        return;
    }
    if (change.pointer.empty())
        return;
    select(change.pointer);
    focusFirst(nameFields);
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

void GatewayPanel::askForImport()
{
    askForConfigToRead(this, [this](const QString& path) { importFile(path); });
}

void GatewayPanel::askForExport()
{
    askForConfigToWrite(this, [this](const QString& path) { exportFile(path); });
}

void GatewayPanel::importFile(const QString& path)
{
    const ConfigFile file = readConfigFile(path);
    if (!file.problem.isEmpty()) {
        m_notices->tell(Tone::Bad, file.problem);
        return;
    }
    m_context.gatewayDocument.setText(file.text, tr("Import %1").arg(file.name));
    m_undo->offer(tr("Replaced kong.yml by %1").arg(file.name));
}

void GatewayPanel::exportFile(const QString& path)
{
    m_context.gatewayDocument.flushTyping();
    const QString problem = writeConfigFile(path, m_context.gatewayDocument.text());
    if (problem.isEmpty())
        m_notices->tell(Tone::Ok, tr("Wrote %1.").arg(path));
    else
        m_notices->tell(Tone::Bad, problem);
}

} // namespace claimsmith::app

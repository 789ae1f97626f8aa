// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/entityform.h"

#include "bridge/gatewaydocument.h"
#include "gateway/entities.h"
#include "gateway/plugin.h"
#include "panels/gateway/entitytree.h"
#include "panels/gateway/formsections.h"
#include "panels/gateway/menubutton.h"
#include "text/problemtext.h"
#include "text/schematext.h"
#include "theme/claimstyle.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/label.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/switch.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

constexpr int headerHeight = 73;
constexpr int breadcrumbHeight = 20;

/// An entity above the one that is shown; leads to it.
class Crumb final : public QAbstractButton
{
public:
    explicit Crumb(const QString& text)
    {
        setText(text);
        setFont(textFont(TextStyle::Small));
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::TabFocus);
    }

    QSize sizeHint() const override { return {fontMetrics().horizontalAdvance(text()), breadcrumbHeight}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        QFont face = textFont(TextStyle::Small);
        face.setUnderline(underMouse() || hasFocus());
        painter.setFont(face);
        painter.setPen(color(Role::Text3));
        painter.drawText(rect(), Qt::AlignVCenter, text());
    }

    void enterEvent(QEnterEvent*) override { update(); }

    void leaveEvent(QEvent*) override { update(); }
};

void clear(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

QString phaseText(gateway::Phase phase)
{
    switch (phase) {
    case gateway::Phase::Rewrite:
        return EntityForm::tr("rewrite");
    case gateway::Phase::Access:
        return EntityForm::tr("access");
    case gateway::Phase::HeaderFilter:
    case gateway::Phase::BodyFilter:
        return EntityForm::tr("response");
    case gateway::Phase::Log:
        return EntityForm::tr("log");
    }
    return {};
}

/// "access phase", "access, response phases".
QString phasesText(const std::vector<gateway::Phase>& phases)
{
    QStringList names;
    for (const gateway::Phase phase : phases)
        names << phaseText(phase);
    names.removeDuplicates();
    return EntityForm::tr("%1 phase(s)", nullptr, static_cast<int>(names.size())).arg(names.join(QLatin1String(", ")));
}

const gateway::Field* enabledField(const OutlineEntity& entity, const document::Value& value)
{
    const gateway::Schema* schema = schemaOf(*entity.type, value);
    return schema ? schema->find("enabled") : nullptr;
}

} // namespace

EntityForm::EntityForm(GatewayDocument& document, const SchemaFormSources& sources, QWidget* parent)
    : QWidget(parent), m_document(document), m_pages(new QStackedLayout(this)),
      m_empty(new EmptyState(QLatin1String("gateway"), {}, {})), m_breadcrumb(new QHBoxLayout),
      m_icon(new IconLabel(QLatin1String("plugin"), metrics::iconRail, Role::AccentText)),
      m_title(new Label({}, TextStyle::Section)), m_chips(new QHBoxLayout),
      m_enabledLabel(new Label(tr("Enabled"), TextStyle::Small, Role::Text2)), m_enabled(new Switch(tr("Enabled"))),
      m_more(new IconButton(QLatin1String("more"), tr("More about this entity"))), m_moreMenu(new QMenu(this)),
      m_message(new MessageBar), m_form(new SchemaForm(sources)), m_scroll(makeScrollArea(m_form))
{
    auto* head = new Pane(Role::BgSurface, Qt::BottomEdge);
    head->setFixedHeight(headerHeight);
    m_breadcrumb->setSpacing(6);
    m_chips->setSpacing(6);
    auto* titleRow = new QHBoxLayout;
    titleRow->setSpacing(8);
    titleRow->addWidget(m_icon);
    titleRow->addWidget(m_title);
    titleRow->addLayout(m_chips);
    titleRow->addStretch();
    titleRow->addWidget(m_enabledLabel);
    titleRow->addWidget(m_enabled);
    titleRow->addSpacing(8);
    titleRow->addWidget(m_more);
    auto* headLayout = new QVBoxLayout(head);
    headLayout->setContentsMargins(metrics::pagePadding, 9, 12, 10);
    headLayout->setSpacing(4);
    headLayout->addLayout(m_breadcrumb);
    headLayout->addLayout(titleRow);
    openMenuOnClick(m_more, m_moreMenu);

    m_form->setObjectName(QStringLiteral("entityForm"));
    m_message->hide();
    m_message->setObjectName(QStringLiteral("formMessage"));

    auto* page = new Pane(Role::BgSurface);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(m_scroll, 1);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::pagePadding, 0, metrics::pagePadding, 8);
    bar->addWidget(m_message);
    layout->addLayout(bar);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);

    connect(m_form, &SchemaForm::edited, this, &EntityForm::edit);
    connect(m_form, &SchemaForm::editingFinished, this, [this] { ++m_editing; });
    connect(m_enabled, &QAbstractButton::clicked, this, [this](bool on) { edit("/enabled", document::Value(on)); });
    connect(&m_document, &GatewayDocument::changed, this, &EntityForm::refresh);
    connect(&m_document, &GatewayDocument::baselineChanged, this, &EntityForm::refreshFields);
    refresh();
}

void EntityForm::showEntity(const std::string& pointer, const std::string& headingType)
{
    m_pointer = pointer;
    m_headingType = headingType;
    refresh();
}

void EntityForm::refresh()
{
    const OutlineEntity* entity = m_document.lastGood().outline.findAt(m_pointer);
    const document::Value* value = entity ? m_document.value().at(m_pointer) : nullptr;
    if (!entity || entity->pointer != m_pointer || !value) {
        const QString heading = m_headingType.empty() ? tr("Nothing selected") : kindHeading(m_headingType);
        m_empty->setTexts(heading,
                          tr("Choose an entity at the left to see its fields, or add one with the plus button."));
        m_pages->setCurrentIndex(0);
        m_shownPointer.clear();
        return;
    }
    const void* schema = schemaOf(*entity->type, *value);
    if (m_shownPointer != m_pointer || m_schema != schema) {
        m_schema = schema;
        m_shownPointer = m_pointer;
        rebuild(*entity, *value);
    }
    refreshHeader(*entity, *value);
    refreshBreadcrumb();
    refreshMessage(entity);
    refreshFields();
    m_pages->setCurrentIndex(1);
}

void EntityForm::rebuild(const OutlineEntity& entity, const document::Value& value)
{
    m_form->setSections(formSections(entity, value));
    m_scroll->ensureVisible(0, 0);
    clear(m_chips);
    if (const gateway::PluginDescriptor* plugin = pluginOf(*entity.type, value)) {
        m_chips->addWidget(new ChipLabel({tr("priority %1").arg(plugin->priority), Tone::Neutral}));
        const QString phases = phasesText(plugin->phases);
        auto* chip = new ChipLabel({phases, Tone::Neutral});
        chip->setToolTip(phases); // it gives way in a narrow form
        m_chips->addWidget(chip);
    } else {
        m_chips->addWidget(new ChipLabel({kindName(entity.type->name), Tone::Neutral}));
    }
}

void EntityForm::refreshHeader(const OutlineEntity& entity, const document::Value& value)
{
    m_icon->setIcon(entityIcon(entity.type->name), Role::AccentText);
    m_title->setText(entityLabel(entity));
    const bool switchable = enabledField(entity, value) != nullptr;
    m_enabledLabel->setVisible(switchable);
    m_enabled->setVisible(switchable);
    m_enabled->setChecked(entity.enabled);
    m_enabled->setEnabled(m_document.parses());
}

void EntityForm::refreshBreadcrumb()
{
    clear(m_breadcrumb);
    const auto path = m_document.lastGood().outline.pathTo(m_pointer);
    for (const OutlineEntity* step : path) {
        const bool isLast = step == path.back();
        if (isLast) {
            auto* here = new Label(entityLabel(*step), TextStyle::Small, Role::Text);
            here->setFixedHeight(breadcrumbHeight);
            m_breadcrumb->addWidget(here);
            continue;
        }
        auto* link = new Crumb(entityLabel(*step));
        connect(link, &QAbstractButton::clicked, this,
                [this, pointer = step->pointer] { emit entityRequested(pointer); });
        m_breadcrumb->addWidget(link);
        m_breadcrumb->addWidget(new IconLabel(QLatin1String("chevron-right"), metrics::iconChip, Role::Text3));
    }
    m_breadcrumb->addStretch();
}

void EntityForm::refreshMessage(const OutlineEntity* entity)
{
    if (const auto& failure = m_document.current().parseFailure) {
        m_message->show(Tone::Bad, parseFailureText(*failure));
        QPushButton* go = makeButton(tr("Go to line"), ButtonKind::Default, {}, ControlSize::Small);
        connect(go, &QAbstractButton::clicked, this, &EntityForm::parseFailureRequested);
        m_message->setButtons({go});
        return;
    }
    m_message->setButtons({});
    // What concerns no single field, or a field that the form does not have, is said here.
    QStringList texts;
    for (const ConfigProblem& problem : m_document.problems()) {
        const std::string& place = problem.problem.place.pointer;
        const OutlineEntity* owner = m_document.current().outline.findAt(place);
        if (problem.severity != ConfigProblem::Severity::Error || !owner || owner->pointer != entity->pointer)
            continue;
        const std::string field = place.substr(entity->pointer.size());
        const bool known = m_form->controlOf(field) || m_form->controlOf(field.substr(0, field.rfind('/')));
        if (field.empty() || !known)
            texts.append(problemText(problem.problem));
    }
    if (texts.isEmpty())
        m_message->hide();
    else
        m_message->show(Tone::Bad, texts.join(QStringLiteral(". ")) + QLatin1Char('.'));
}

void EntityForm::refreshFields()
{
    const document::Value* value = m_document.value().at(m_shownPointer);
    if (m_shownPointer.empty() || !value)
        return;
    m_form->setReadOnly(!m_document.parses());
    m_form->setValue(*value);
    m_form->setChanged([this](const std::string& field) { return m_document.isChanged(m_pointer + field); });
    m_form->setProblems(
        [this](const std::string& field, const gateway::Field& rules) { return problemsOf(field, rules); });
}

QList<SchemaFormProblem> EntityForm::problemsOf(const std::string& field, const gateway::Field& rules) const
{
    QList<SchemaFormProblem> problems;
    const std::string place = m_pointer + field;
    for (const ConfigProblem& problem : m_document.problems()) {
        const std::string& pointer = problem.problem.place.pointer;
        if (problem.severity == ConfigProblem::Severity::Error && pointer.rfind(place, 0) == 0)
            problems.append({pointer.substr(m_pointer.size()), fieldProblemText(problem.problem, rules)});
    }
    return problems;
}

void EntityForm::edit(const std::string& field, const std::optional<document::Value>& value)
{
    const std::string pointer = m_pointer + field;
    const document::Value* present = m_document.value().at(pointer);
    if (value ? present && *present == *value : !present)
        return;
    const QString name = QString::fromStdString(document::splitPointer(field).back());
    const QString mergeKey = QStringLiteral("%1 %2").arg(m_editing).arg(QString::fromStdString(pointer));
    const ConfigEdit change = value ? ConfigEdit::set(pointer, *value) : ConfigEdit::remove(pointer);
    if (auto done = m_document.change({change}, tr("Change %1").arg(name), mergeKey); !done)
        m_message->show(Tone::Bad,
                        tr("%1 cannot be changed here: %2").arg(name, QString::fromStdString(done.error().detail)));
}

bool EntityForm::focusField(const std::string& pointer)
{
    if (m_pointer.empty() || pointer.rfind(m_pointer, 0) != 0)
        return false;
    return m_form->focusField(std::string_view(pointer).substr(m_pointer.size()));
}

} // namespace claimsmith::app

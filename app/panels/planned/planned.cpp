// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/planned/planned.h"

#include "bridge/appcontext.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/messages.h"

#include <QCoreApplication>
#include <QPushButton>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

/// What one page says, and the button that leads to what works today.
struct Plan
{
    const char* id;
    const char* title;
    QLatin1String icon;
    const char* headline;
    const char* sentence;
    const char* button = nullptr;
    const char* leadsTo = nullptr;
};

constexpr const char* context = "Planned";

QString translated(const char* text)
{
    return QCoreApplication::translate(context, text);
}

class PlannedPanel final : public Panel
{
public:
    PlannedPanel(const Plan& plan, AppContext& app)
    {
        setFillRole(this, Role::BgSurface);
        auto* layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        auto* empty = new EmptyState(plan.icon, translated(plan.headline), translated(plan.sentence));
        layout->addWidget(empty);
        if (plan.button) {
            m_button = makeButton(translated(plan.button));
            empty->addButton(m_button);
            connect(m_button, &QPushButton::clicked, this,
                    [&app, id = QString::fromLatin1(plan.leadsTo)] { app.navigator.showPanel(id); });
        }
    }

    void focusMain() override
    {
        if (m_button)
            m_button->setFocus();
        else
            setFocus();
    }

private:
    QPushButton* m_button = nullptr;
};

PanelDescriptor describe(const Plan& plan)
{
    PanelDescriptor descriptor;
    descriptor.id = QString::fromLatin1(plan.id);
    descriptor.title = translated(plan.title);
    descriptor.icon = plan.icon;
    descriptor.create = [plan](AppContext& app, ActionRegistry&) -> Panel* { return new PlannedPanel(plan, app); };
    return descriptor;
}

} // namespace

PanelDescriptor plannedIdentityPanel()
{
    return describe(
        {"identity", QT_TRANSLATE_NOOP("Planned", "Identity"), QLatin1String("identity"),
         QT_TRANSLATE_NOOP("Planned", "A built-in OpenID provider comes here"),
         QT_TRANSLATE_NOOP("Planned",
                           "It will sign in users and issue their tokens. Until then, Tokens signs any claims with "
                           "your own keys."),
         QT_TRANSLATE_NOOP("Planned", "Open Tokens"), "tokens"});
}

PanelDescriptor plannedRunnerPanel()
{
    return describe(
        {"runner", QT_TRANSLATE_NOOP("Planned", "Runner"), QLatin1String("runner"),
         QT_TRANSLATE_NOOP("Planned", "Runs of whole collections come here"),
         QT_TRANSLATE_NOOP("Planned",
                           "They will send requests in order and count what fails. Until then, send them one by one."),
         QT_TRANSLATE_NOOP("Planned", "Open Requests"), "requests"});
}

} // namespace claimsmith::app

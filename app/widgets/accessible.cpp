// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accessible.h"

#include "widgets/chiplabel.h"
#include "widgets/label.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAccessibleWidget>

namespace claimsmith::app {
namespace {

/// A page of the rail: a tab in a list of pages, with its state of being current.
class RailTab final : public QAccessibleWidget
{
public:
    explicit RailTab(QWidget* widget) : QAccessibleWidget(widget, QAccessible::PageTab)
    {
        addControllingSignal(QStringLiteral("clicked(bool)"));
    }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        const auto* button = qobject_cast<QAbstractButton*>(widget());
        state.selectable = true;
        state.selected = button && button->isChecked();
        return state;
    }

    QStringList actionNames() const override { return {pressAction()}; }

    void doAction(const QString& name) override
    {
        auto* button = qobject_cast<QAbstractButton*>(widget());
        if (button && name == pressAction())
            button->click();
    }
};

/// What is drawn rather than set as text.
class DrawnText final : public QAccessibleWidget
{
public:
    explicit DrawnText(QWidget* widget) : QAccessibleWidget(widget, QAccessible::StaticText) {}

    QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Name || kind == QAccessible::Value) {
            if (const auto* pill = qobject_cast<const PillLabel*>(widget()))
                return pill->pill().text;
            if (const auto* label = qobject_cast<const ElidedLabel*>(widget()))
                return label->text();
        }
        return QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface* make(const QString& className, QObject* object)
{
    auto* widget = qobject_cast<QWidget*>(object);
    if (!widget)
        return nullptr;
    if (className == QLatin1String("claimsmith::app::RailButton"))
        return new RailTab(widget);
    if (className == QLatin1String("claimsmith::app::PillLabel") ||
        className == QLatin1String("claimsmith::app::ElidedLabel"))
        return new DrawnText(widget);
    return nullptr;
}

} // namespace

void installAccessibleFactory()
{
    QAccessible::installFactory(make);
}

} // namespace claimsmith::app

// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/panel.h"

class QListWidget;
class QSettings;
class QStackedWidget;

namespace claimsmith::app {

/// Settings: categories at the left, one page each. Changes apply at once.
class SettingsPanel final : public Panel
{
    Q_OBJECT

public:
    /// `settings` has to outlive the panel.
    SettingsPanel(QSettings& settings, ActionRegistry& actions);

    void focusMain() override;
    void runAction(const QString& id) override;

private:
    void addCategory(const QString& title, QLatin1String icon, QWidget* page, const QStringList& keywords);
    void filter(const QString& text);

    class SearchField* m_search;
    QListWidget* m_categories;
    QStackedWidget* m_pages;
    QList<QStringList> m_keywords;
};

} // namespace claimsmith::app

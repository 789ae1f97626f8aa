// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/panel.h"

#include <QStackedWidget>

#include <vector>

class QSettings;

namespace claimsmith::app {

/// The pages of the window, each built on its first visit and kept. Remembers side panels and splitters of each.
class PageStack final : public QStackedWidget
{
    Q_OBJECT

public:
    struct Page
    {
        PanelDescriptor descriptor;
        app::Panel* widget = nullptr; // not QFrame's
        bool sideWanted = true;       ///< by the user; narrow windows fold it away regardless
    };

    /// All have to outlive the stack.
    PageStack(AppContext& context, ActionRegistry& actions, QSettings& settings, QWidget* parent = nullptr);

    void add(PanelDescriptor descriptor);
    std::vector<Page>& all() { return m_pages; }
    const std::vector<Page>& all() const { return m_pages; }
    /// Null for an unknown id.
    Page* find(const QString& id);
    /// The first page that opens links of this kind.
    Page* findFor(Link::Kind kind);
    /// Builds the page's widget, unless it is there.
    app::Panel& build(Page& page);

    /// Side panels fold away in narrow windows, and come back where they were wanted.
    void setNarrow(bool narrow);
    void toggleSide(Page& page);
    void saveState() const;

signals:
    /// A page was just built: connect what it tells.
    void built(claimsmith::app::Panel* panel);

private:
    void restoreSplitters(const Page& page) const;

    AppContext& m_context;
    ActionRegistry& m_actions;
    QSettings& m_settings;
    std::vector<Page> m_pages;
    bool m_narrow = false;
};

} // namespace claimsmith::app
